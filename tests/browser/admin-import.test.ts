import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { type AdminPanel, BUILD_TIMEOUT, keepShot, startAdminPanel } from '../support/admin/panel';
import { browserTest, hasBrowser } from '../support/browser';

const HEADER = 'order_id,customer_id,ordered_at,amount,currency,salesperson';
const ORDERS = `${HEADER}
1001,C-1,2026-01-31,129.90,EUR,Ada
1002,C-1,2026-02-03,49.00,EUR,Ada
1003,C-2,2026-02-04,12x,EUR,Bob
`;

describe.skipIf(!hasBrowser)('the Import page', () => {
  let panel: AdminPanel;
  beforeAll(async () => {
    panel = await startAdminPanel();
  }, BUILD_TIMEOUT);
  afterAll(() => panel?.stop());

  const choose = (page: Page, text: string, name = 'orders.csv') =>
    page.setInputFiles('input[type=file]', { name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  const rowsOf = (page: Page, region: string | RegExp) =>
    page.getByRole('region', { name: region }).locator('tbody tr');

  browserTest('shows what a file holds before anything is stored, then what became of its rows', async () => {
    const { page, problems } = await panel.open({ at: '/plugins/clv/import' });
    await page.getByText('Drop a CSV file here').waitFor();
    await keepShot(page, 'import-empty');
    await choose(page, ORDERS);

    await page.getByText('2 of 3 rows can be imported.').waitFor();
    expect(await page.locator('main').textContent()).toContain('Columns ignoredsalesperson');
    const problem = await rowsOf(page, '1 row will be left out').textContent();
    expect(problem).toMatch(/^4amount.*12x/);
    expect(await rowsOf(page, 'The first 3 rows').count()).toBe(3);
    expect(await panel.strapi.db.connection('clv_orders').count({ n: '*' }).first()).toEqual({ n: 0 });
    await keepShot(page, 'import-preview');

    await page.getByRole('button', { name: 'Import 2 rows' }).click();
    await page.getByText('Imported: orders.csv').waitFor();
    const counts = await page.locator('main dl').textContent();
    expect(counts).toBe('New2Updated0Unchanged0Replaced by a later row0Left out1');
    expect(await panel.strapi.db.connection('clv_orders').count({ n: '*' }).first()).toEqual({ n: 2 });
    await keepShot(page, 'import-done');

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download the error report' }).click(),
    ]);
    const report = await readFile(await download.path(), 'utf8');
    expect(report).toContain('1003');
    expect(report.trim().split('\n')).toHaveLength(2);
    await rowsOf(page, 'Recent imports').first().waitFor();
    expect(await rowsOf(page, 'Recent imports').first().textContent()).toMatch(
      /^orders\.csv.*Done2001Download$/,
    );
    expect(problems).toEqual([]);
  });

  browserTest('updates known rows instead of doubling them', async () => {
    const { page } = await panel.open({ at: '/plugins/clv/import' });
    await choose(page, `${HEADER}\n1001,C-1,2026-01-31,139.90,EUR,Ada\n1002,C-1,2026-02-03,49.00,EUR,Ada\n`);
    await page.getByRole('button', { name: 'Import 2 rows' }).click();
    await page.getByText('Imported: orders.csv').waitFor();
    expect(await page.locator('main dl').textContent()).toContain('New0Updated1Unchanged1');
  });

  browserTest('reads the same file as the other kind when the choice was wrong', async () => {
    const { page } = await panel.open({ at: '/plugins/clv/import' });
    await choose(page, 'customer_id,channel\nC-1,newsletter\n', 'customers.csv');
    await page.getByText('Columns are missing').waitFor();
    expect(await page.locator('main').getByRole('alert').textContent()).toContain(
      'order_id, ordered_at, amount, currency',
    );
    expect(await page.getByRole('button', { name: /import/i }).isDisabled()).toBe(true);
    await keepShot(page, 'import-missing');

    await page.getByRole('radio', { name: /^Customers/ }).check();
    await page.getByRole('button', { name: 'Import 1 row' }).click();
    await page.getByText('Imported: customers.csv').waitFor();
  });

  browserTest('gives a template of each kind', async () => {
    const { page } = await panel.open({ at: '/plugins/clv/import' });
    await page.getByRole('radio', { name: /^Customers/ }).check();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download a template' }).click(),
    ]);
    expect(await readFile(await download.path(), 'utf8')).toMatch(/^customer_id,email,/);
  });

  browserTest('says why a file cannot be read', async () => {
    const { page } = await panel.open({ at: '/plugins/clv/import' });
    await choose(page, '', 'empty.csv');
    await page
      .locator('main')
      .getByRole('alert')
      .or(page.getByText('has a header but no rows'))
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Choose another file' }).waitFor();
  });
});
