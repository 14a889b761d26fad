import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { RankingPage } from '../../server/src/ranking/api-types';
import { adminToken } from '../support/admin';
import { type AdminPanel, BUILD_TIMEOUT, startAdminPanel } from '../support/admin/panel';
import { type AdminWorld, computeRanking, seedAdminWorld } from '../support/admin/world';
import { browserTest, hasBrowser } from '../support/browser';

describe.skipIf(!hasBrowser)('the Rankings page', () => {
  let panel: AdminPanel;
  let world: AdminWorld;
  beforeAll(async () => {
    panel = await startAdminPanel();
    world = await seedAdminWorld(panel.strapi);
    await computeRanking(panel.strapi);
  }, BUILD_TIMEOUT);
  afterAll(() => panel?.stop());

  const eventually = <T>(look: () => Promise<T> | T) => expect.poll(look, { timeout: 15_000 });
  const rows = (page: Page) => page.locator('tbody tr:not(.details)');
  const firstTitle = (page: Page) =>
    rows(page).first().locator('td.content').getByRole('link').first().textContent();
  const ready = (page: Page) => rows(page).first().waitFor();

  let token: string;
  /** What the server says, to compare with what is on the screen. */
  async function ranking(query = ''): Promise<RankingPage> {
    token ??= await adminToken(panel.strapi, panel.url);
    const answer = await fetch(`${panel.url}/clv/rankings?${query}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return (await answer.json()) as RankingPage;
  }

  browserTest('shows what the server computed, the best first, with intervals in words', async () => {
    const { page, problems } = await panel.open({ at: '/plugins/clv' });
    await ready(page);
    const { items, snapshot } = await ranking();
    expect(await rows(page).count()).toBe(Math.min(25, items.length));
    expect(await firstTitle(page)).toBe(items[0]!.title);
    expect([await world.titleOf('best'), await world.titleOf('second')]).toContain(items[0]!.title);

    const best = await rows(page).first().textContent();
    expect(best).toContain('Associated');
    expect(best).toContain(`vs. ${items[0]!.unexposed}`);
    expect(best).toContain(`+${Math.round(100 * Math.expm1(items[0]!.excess!))}%`);
    const bar = rows(page).first().getByRole('img');
    expect(await bar.getAttribute('aria-label')).toMatch(
      /^Over the typical piece: \+\d+%; 95\s% interval .+ wholly above zero$/,
    );
    expect(await page.getByText('That assumes that most pieces are ordinary').count()).toBe(1);

    const few = rows(page).filter({ hasText: await world.titleOf('few') });
    expect(await few.textContent()).toMatch(/Not enough data: \d+ of 30 readers/);
    const support = rows(page).filter({ hasText: await world.titleOf('support') });
    expect(await support.textContent()).toContain('Support-like');
    expect(await page.getByText(`${snapshot!.population} customers`).count()).toBe(1);
    expect(await page.getByText('Simulated demonstration data').count()).toBe(1);
    expect(problems).toEqual([]);
  });

  browserTest('sorts by a column and turns the order, and says so to screen readers', async () => {
    const { page } = await panel.open({ at: '/plugins/clv' });
    await ready(page);
    const header = page.getByRole('columnheader', { name: /Over the typical piece/ });
    await header.getByRole('button').click();
    await page.locator('th[aria-sort=descending]', { hasText: 'Over the typical piece' }).waitFor();
    const down = await ranking('sort=excess:desc');
    await eventually(() => firstTitle(page)).toBe(down.items[0]!.title);

    await header.getByRole('button').press('Enter');
    const up = await ranking('sort=excess:asc');
    await eventually(() => firstTitle(page)).toBe(up.items[0]!.title);
    expect(await header.getAttribute('aria-sort')).toBe('ascending');
    expect(new URL(page.url()).searchParams.get('sort')).toBe('excess:asc');
  });

  browserTest('searches while typing, filters, and keeps both in the address', async () => {
    const { page } = await panel.open({ at: '/plugins/clv' });
    await ready(page);
    const title = await world.titleOf('worst');
    await page.getByRole('searchbox', { name: 'Search titles' }).fill(title.slice(0, 12));
    await eventually(() => rows(page).count()).toBe(1);
    expect(await firstTitle(page)).toBe(title);
    await page.reload();
    await ready(page);
    expect(await rows(page).count()).toBe(1);

    await page.getByRole('searchbox', { name: 'Search titles' }).fill('no such title');
    await page.getByText('No item matches').waitFor();
    await page.getByRole('button', { name: 'Clear search and filters' }).click();
    await page.getByRole('combobox', { name: 'Type' }).click();
    await page.getByRole('option', { name: 'White paper' }).click();
    const papers = await ranking('kind=white-paper');
    await eventually(() => rows(page).count()).toBe(papers.items.length);
    await page.getByRole('combobox', { name: 'Verdict' }).click();
    await page.getByRole('option', { name: 'Not enough data' }).click();
    await eventually(() => new URL(page.url()).search).toContain('verdict=not+enough+data');
  });

  browserTest('changes the landmark with a word of caution, and the channel', async () => {
    const { page } = await panel.open({ at: '/plugins/clv' });
    await ready(page);
    await page.getByRole('radio', { name: 'At any time' }).check();
    await page.getByText('Reading and buying are not kept apart here').waitFor();
    await page.getByRole('radio', { name: 'Before the first order' }).check();
    await page.getByRole('combobox', { name: 'Whose reading' }).click();
    await page.getByRole('option', { name: 'Channel: newsletter' }).click();
    await page.getByText('only Channel: newsletter').waitFor();
    await page.getByText('210 customers').waitFor();
  });

  browserTest('goes through pages', async () => {
    const { page } = await panel.open({ at: '/plugins/clv?pageSize=10' });
    await ready(page);
    const { pagination } = await ranking('pageSize=10');
    await page.getByRole('link', { name: 'Page 2' }).click();
    await page.getByText(`11–${Math.min(20, pagination.total)} of ${pagination.total}`).waitFor();
    expect(await rows(page).first().textContent()).toMatch(/^11\D/);
    await page.getByRole('combobox', { name: 'Rows per page' }).click();
    await page.getByRole('option', { name: '50' }).click();
    await eventually(() => rows(page).count()).toBe(pagination.total);
    // An address from when the ranking was longer.
    await page.goto(`${panel.url}/admin/plugins/clv?page=9&pageSize=10`);
    await eventually(() => rows(page).count()).toBe(pagination.total % 10 || 10);
  });

  browserTest('opens all figures of an item with the keyboard, each with its meaning', async () => {
    const { page } = await panel.open({ at: '/plugins/clv' });
    await ready(page);
    const { items } = await ranking();
    const button = rows(page).first().getByRole('button', { expanded: false });
    await button.focus();
    await page.keyboard.press('Enter');
    const details = page.locator('tr.details');
    await details.waitFor();
    const text = await details.textContent();
    expect(text).toContain('the typical piece of like reach');
    for (const step of ['Plain', 'Adjusted', 'Over the typical piece']) expect(text).toContain(step);
    expect(text).toContain(`${items[0]!.readersAlreadyCustomers} of ${items[0]!.readers}`);
    for (const name of ['Mean value', 'Median value', 'Ratio of means', 'Spearman’s ρ', 'p-value', 'q-value'])
      expect(text).toContain(name);
    await page.keyboard.press('Enter');
    await eventually(() => details.count()).toBe(0);
  });

  browserTest('exports what is filtered as CSV', async () => {
    const { page } = await panel.open({ at: '/plugins/clv?kind=white-paper' });
    await ready(page);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      (async () => {
        await page.getByRole('button', { name: 'Export' }).click();
        await page.getByRole('menuitem', { name: 'Export CSV' }).click();
      })(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^clv-ranking-first-order-.*\.csv$/);
    const lines = (await readFile(await download.path(), 'utf8')).trim().split('\n');
    const { items } = await ranking('kind=white-paper&pageSize=100');
    expect(lines).toHaveLength(1 + items.length);
  });
});
