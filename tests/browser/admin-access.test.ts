import { afterAll, beforeAll, describe, expect } from 'vitest';
import { type AdminPanel, BUILD_TIMEOUT, keepShot, startAdminPanel } from '../support/admin/panel';
import { browserTest, hasBrowser } from '../support/browser';

const clv = (uid: string) => `plugin::clv.${uid}`;

describe.skipIf(!hasBrowser)('what a role may see', () => {
  let panel: AdminPanel;
  beforeAll(async () => {
    panel = await startAdminPanel();
  }, BUILD_TIMEOUT);
  afterAll(() => panel?.stop());

  const menuLink = { name: 'Content value', exact: true };

  browserTest('a role without permissions has no menu link and no page', async () => {
    const may = ['plugin::upload.read'];
    const { page, problems } = await panel.open({ at: '/plugins/clv', may });
    await page
      .getByText('You don’t have the permissions')
      .or(page.getByText("don't have the permissions"))
      .waitFor();
    expect(await page.getByRole('navigation').getByRole('link', menuLink).count()).toBe(0);
    await keepShot(page, 'no-permission');
    for (const at of ['/plugins/clv/import', '/plugins/clv/settings', '/settings/clv']) {
      await page.goto(`${panel.url}/admin${at}`);
      await page.getByText(/don.t have the permissions/).waitFor();
    }
    expect(problems).toEqual([]);
  });

  browserTest('a role that may only read can neither run, import nor configure', async () => {
    const { page, problems } = await panel.open({ at: '/plugins/clv', may: [clv('rankings.read')] });
    await page.getByRole('heading', { name: 'From nothing to your first ranking' }).waitFor();
    expect(await page.getByRole('navigation').getByRole('link', menuLink).count()).toBe(1);
    expect(await page.getByRole('button', { name: 'Recompute now' }).count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Import' }).count()).toBe(0);
    expect(await page.locator('main').getByRole('link', { name: 'Settings' }).count()).toBe(0);
    expect(problems).toEqual([]);
  });

  browserTest('a role that may only import lands on the import', async () => {
    const { page, problems } = await panel.open({ at: '/plugins/clv', may: [clv('data.import')] });
    await page.getByText('What is in the file?').waitFor();
    expect(new URL(page.url()).pathname).toBe('/admin/plugins/clv/import');
    expect(problems).toEqual([]);
  });
});
