import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { AttributionModel, AttributionPage } from '../../server/src/ranking/attribution/api-types';
import { adminToken } from '../support/admin';
import { ATTRIBUTION_PAGE, ORDER_CREDITS } from '../support/admin/attribution-fixture';
import { LOOKS, looking, NARROW } from '../support/admin/looks';
import { type AdminPanel, axeProblems, BUILD_TIMEOUT, startAdminPanel } from '../support/admin/panel';
import { CUSTOMER } from '../support/admin/value-fixture';
import { computeRanking, seedAdminWorld } from '../support/admin/world';
import { browserTest, hasBrowser } from '../support/browser';

/** Several screens one after the other, on a machine that may be busy. */
const TIMEOUT = 120_000;
const AT = '/plugins/clv/attribution';
/** The orders of this world stay where they are in the calendar. */
const config = {
  ranking: { schedule: false },
  prediction: { schedule: false },
  attribution: { windowDays: 3_650, lookbackDays: 14 },
  privacy: { retentionDays: false },
};

describe.skipIf(!hasBrowser)('the Attribution page', () => {
  let panel: AdminPanel;
  beforeAll(async () => {
    panel = await startAdminPanel(config);
  }, BUILD_TIMEOUT);
  afterAll(() => panel?.stop());

  const eventually = <T>(look: () => Promise<T> | T) => expect.poll(look, { timeout: 20_000 });
  const rows = (page: Page) => page.locator('tbody tr');
  const titles = (page: Page) => page.locator('tbody th').getByRole('link').allTextContents();
  const isAttribution = (url: URL) => url.pathname === '/clv/attribution';

  let token: string;
  async function told(query = ''): Promise<AttributionPage> {
    token ??= await adminToken(panel.strapi, panel.url);
    const answer = await fetch(`${panel.url}/clv/attribution${query}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return (await answer.json()) as AttributionPage;
  }

  browserTest.for(LOOKS)('before the first run in $language, $theme', { timeout: TIMEOUT }, async (look) => {
    const { open, say, isSound } = looking(panel, look);
    const { page, problems } = await open(AT);
    await page.getByText(say({ en: 'Credits are computed', it: 'I crediti si calcolano' })).waitFor();
    await isSound(page, problems, 'attribution-empty');
  });

  describe('after a run', () => {
    beforeAll(async () => {
      await seedAdminWorld(panel.strapi);
      await computeRanking(panel.strapi);
    }, TIMEOUT);

    browserTest('shows the credits of the run, all columns with one sum', { timeout: TIMEOUT }, async () => {
      const { page, problems } = await panel.open({ at: AT });
      await rows(page).first().waitFor();
      const { report, items } = await told('?sort=linear:desc');
      expect(await rows(page).count()).toBe(items.length);
      expect((await titles(page))[0]).toBe(items[0]!.title);

      const cents = (text: string) => Math.round(100 * Number(text.replace(/[^\d.]/g, '')));
      const sums = page.getByRole('region', { name: 'What is divided' }).locator('dd');
      const [content, without, revenue] = (await sums.allTextContents()).map(cents);
      expect(content! + without!).toBe(revenue);
      expect(revenue).toBe(Math.round(100 * report!.totals.revenue));
      const all = await page.locator('tfoot tr').last().locator('td').allTextContents();
      expect(new Set(all.slice(1)).size).toBe(1);
      const main = (await page.locator('main').textContent())!;
      expect(main).toContain('looking back 14 days');
      expect(main).not.toMatch(/NaN|Infinity|undefined/);
      expect(problems).toEqual([]);
    });

    browserTest('goes by any model, and says what it does', { timeout: TIMEOUT }, async () => {
      const { page, problems } = await panel.open({ at: AT });
      await rows(page).first().waitFor();
      const firstBy = async (model: AttributionModel) => (await told(`?sort=${model}:desc`)).items[0]!.title;
      await page.getByRole('radio', { name: 'Time decay' }).check({ force: true });
      await page.getByText('the nearer to the order, the more').waitFor();
      await eventually(async () => (await titles(page))[0]).toBe(await firstBy('time-decay'));
      await page.locator('th[aria-sort=descending]', { hasText: 'Time decay' }).waitFor();

      await page
        .getByRole('columnheader', { name: /Shapley/ })
        .getByRole('button')
        .click();
      await page.getByText('below zero where journeys with it do worse').waitFor();
      expect(await page.getByRole('radio', { name: 'Shapley' }).isChecked()).toBe(true);
      await eventually(async () => (await titles(page))[0]).toBe(await firstBy('shapley'));
      await page
        .getByRole('columnheader', { name: /Shapley/ })
        .getByRole('button')
        .press('Enter');
      await page.locator('th[aria-sort=ascending]', { hasText: 'Shapley' }).waitFor();
      expect(new URL(page.url()).searchParams.get('sort')).toBe('shapley:asc');
      expect(problems).toEqual([]);
    });

    browserTest('searches, filters and hands over a file', { timeout: TIMEOUT }, async () => {
      const { page, problems } = await panel.open({ at: AT });
      await rows(page).first().waitFor();
      const [title] = await titles(page);
      await page.getByRole('searchbox', { name: 'Search titles' }).fill(title!);
      await eventually(() => rows(page).count()).toBe(1);
      await page.getByRole('searchbox', { name: 'Search titles' }).fill('nothing is called so');
      await page.getByRole('button', { name: 'Clear search and filters' }).click();
      await eventually(() => rows(page).count()).toBeGreaterThan(1);
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Export CSV' }).click(),
      ]);
      expect(file.suggestedFilename()).toMatch(/^clv-attribution-\d{4}-\d\d-\d\d\.csv$/);
      const lines = (await readFile((await file.path())!, 'utf8')).trim().split(/\r?\n/);
      expect(lines).toHaveLength((await told()).pagination.total + 1);
      expect(lines[0]).toContain('last_content_revenue,last_content_conversions');
      expect(problems).toEqual([]);
    });

    browserTest('is there only for whoever may read rankings', { timeout: TIMEOUT }, async () => {
      const { page } = await panel.open({ at: '/plugins/clv/value', may: ['plugin::clv.value.read'] });
      await page.locator('main h1').first().waitFor();
      expect(await page.getByRole('link', { name: 'Attribution' }).count()).toBe(0);
      await page.goto(`${panel.url}/admin${AT}`);
      await page
        .getByText(/permission/i)
        .first()
        .waitFor();
    });
  });

  browserTest.for(LOOKS)('full and narrow in $language, $theme', { timeout: TIMEOUT }, async (look) => {
    const { open, say, isSound } = looking(panel, look);
    const { page, problems } = await open('/plugins/clv/settings');
    await page.route(isAttribution, (route) => route.fulfill({ json: ATTRIBUTION_PAGE }));
    await page.goto(`${panel.url}/admin${AT}?sort=shapley:desc`);
    await page.getByText(say({ en: 'Other items together', it: 'Altri contenuti insieme' })).waitFor();
    await isSound(page, problems, 'attribution');
    const wide = page.viewportSize()!;
    await page.setViewportSize({ width: 1024, height: 768 });
    await isSound(page, problems, 'attribution-1024');
    await page.setViewportSize(NARROW.viewport);
    const details = page.getByRole('button', { name: /Kaffeevollautomaten/ });
    await details.click();
    await isSound(page, problems, 'attribution-narrow');
    await page.setViewportSize(wide);
    await page.getByRole('radio', { name: 'Markov' }).check({ force: true });
    await page.getByText(say({ en: 'solved exactly', it: 'soluzione esatta' })).waitFor();
    await isSound(page, problems, 'attribution-markov');
  });

  browserTest.for(LOOKS)(
    'a customer’s page tells who has the credit for an order, in $language, $theme',
    { timeout: TIMEOUT },
    async (look) => {
      const { open, say, isSound } = looking(panel, look);
      const { page, problems } = await open('/plugins/clv/settings');
      const answers = {
        '/clv/value/customers/person-0': CUSTOMER,
        '/clv/attribution/orders/O-9000': ORDER_CREDITS,
      };
      for (const [path, json] of Object.entries(answers))
        await page.route(
          (url) => url.pathname === path,
          (route) => route.fulfill({ json }),
        );
      await page.goto(`${panel.url}/admin/plugins/clv/customers/person-0`);
      const card = page.getByRole('region', {
        name: say({ en: 'Who has the credit for an order', it: 'A chi va il credito di un ordine' }),
      });
      await card.first().getByRole('combobox').click();
      await page.getByRole('option', { name: /O-9000/ }).click();
      const table = card.locator('table');
      await table.waitFor();
      const cents = async (row: string) =>
        (await table.locator(`${row} td`).allTextContents()).map((cell) => Number(cell.replace(/\D/g, '')));
      expect(await table.locator('tbody tr').count()).toBe(4);
      const total = Math.round(100 * ORDER_CREDITS.amount);
      const sums = (await cents('tfoot')).slice(1);
      expect(new Set(sums)).toEqual(new Set([total]));
      const first = sums.map((_, model) => model + 2);
      for (const column of first) {
        const cells = await table.locator(`tbody td:nth-child(${column})`).allTextContents();
        const sum = cells.reduce((all, cell) => all + Number(cell.replace(/\D/g, '')), 0);
        expect(sum).toBe(total);
      }
      await isSound(page, problems, 'customer-order-credit');
      await page.setViewportSize(NARROW.viewport);
      await isSound(page, problems, 'customer-order-credit-narrow');
    },
  );

  browserTest.for(LOOKS)(
    'loading, failing and going again in $language, $theme',
    { timeout: TIMEOUT },
    async (look) => {
      const { open, say, keep } = looking(panel, look);
      const { page } = await open('/plugins/clv/settings');
      let fail = () => {};
      const failed = new Promise<void>((resolve) => {
        fail = resolve;
      });
      await page.route(isAttribution, async (request) => {
        await failed;
        await request.fulfill({
          status: 500,
          json: { error: { status: 500, message: 'Internal Server Error' } },
        });
      });
      await page.goto(`${panel.url}/admin${AT}`);
      await page.locator('main [aria-busy=true][role=status]').waitFor();
      expect(await axeProblems(page)).toEqual([]);
      fail();
      await page.locator('main').getByRole('alert').waitFor();
      await keep(page, 'attribution-error');
      expect(await axeProblems(page)).toEqual([]);
      await page.unroute(isAttribution);
      await page.route(isAttribution, (route) => route.fulfill({ json: ATTRIBUTION_PAGE }));
      await page.getByRole('button', { name: say({ en: 'Try again', it: 'Riprova' }) }).click();
      await page.locator('tfoot').waitFor();
    },
  );
});
