import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { CustomersPage, ModelPage, ValuePage } from '../../server/src/clv/api-types';
import { adminToken } from '../support/admin';
import { LOOKS, looking, NARROW } from '../support/admin/looks';
import { type AdminPanel, axeProblems, BUILD_TIMEOUT, startAdminPanel } from '../support/admin/panel';
import { CUSTOMER, MODEL_PAGE, VALUE_PAGE } from '../support/admin/value-fixture';
import { computeRanking } from '../support/admin/world';
import { browserTest, hasBrowser } from '../support/browser';
import { customerKey, insertValueWorld } from '../support/value-world';

/** Several screens one after the other, on a machine that may be busy. */
const TIMEOUT = 120_000;
const VALUE = '/plugins/clv/value';
const MODEL = '/plugins/clv/model';
const CUSTOMERS = '/plugins/clv/customers';

describe.skipIf(!hasBrowser)('the screens of the value engine', () => {
  let panel: AdminPanel;
  beforeAll(async () => {
    panel = await startAdminPanel({ prediction: { schedule: false }, ranking: { schedule: false } });
  }, BUILD_TIMEOUT);
  afterAll(() => panel?.stop());

  const tiles = (page: Page) => page.getByRole('heading', { level: 4, name: 'CLV:CAC' }).first();
  /** By the navigation of the plugin, without loading the admin anew. */
  const goTo = (page: Page, name: string) =>
    page.locator('main nav').getByRole('link', { name, exact: true }).click();
  const eventually = <T>(look: () => Promise<T> | T) => expect.poll(look, { timeout: 20_000 });

  let token: string;
  /** What the server says, to compare with what is on the screen. */
  async function told<T>(path: string): Promise<T> {
    token ??= await adminToken(panel.strapi, panel.url);
    const answer = await fetch(`${panel.url}/clv/value${path}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return (await answer.json()) as T;
  }

  browserTest.for(LOOKS)('before the first run in $language, $theme', { timeout: TIMEOUT }, async (look) => {
    const { open, say, isSound } = looking(panel, look);
    const { page, problems } = await open(VALUE);
    await page.getByText(say({ en: 'Find out what your customers', it: 'Scopri quanto valgono' })).waitFor();
    await isSound(page, problems, 'value-empty');
    await goTo(page, say({ en: 'Model', it: 'Modello' }));
    await page.getByText(say({ en: 'There is no model yet', it: 'Non c’è ancora un modello' })).waitFor();
    await isSound(page, problems, 'model-empty');
    await goTo(page, say({ en: 'Customers', it: 'Clienti' }));
    await page.getByText(say({ en: 'Once the models are', it: 'Quando i modelli saranno' })).waitFor();
    await isSound(page, problems, 'customers-empty');
  });

  describe('once there is data', () => {
    beforeAll(async () => {
      await insertValueWorld(panel.strapi.db.connection);
      await computeRanking(panel.strapi);
    }, TIMEOUT);

    browserTest('fits the models by a button, and shows what came of it', { timeout: TIMEOUT }, async () => {
      const { page, problems } = await panel.open({ at: VALUE });
      await page.getByRole('button', { name: 'Fit now' }).first().click();
      await page.getByRole('progressbar', { name: 'Fitting the models' }).waitFor();
      await page.getByText(/Models fitted: \d+ customers/).waitFor({ timeout: 60_000 });
      await tiles(page).waitFor();
      const { run, report } = await told<ValuePage>('');
      const main = (await page.locator('main').textContent())!;
      expect(main).toContain(`${run!.customers} customers`);
      for (const { key, figure } of report!.tiles)
        if (key === 'customers' && 'value' in figure) expect(main).toContain(`Customers${figure.value}`);
      expect(main).not.toMatch(/NaN|Infinity|undefined/);
      expect(problems).toEqual([]);
    });

    browserTest('gives each chart as a table whose rows sum to its total', { timeout: TIMEOUT }, async () => {
      const { page } = await panel.open({ at: VALUE });
      await tiles(page).waitFor();
      const chart = page.getByRole('region', { name: 'CLV:CAC', exact: true }).first();
      await chart.getByRole('button', { name: 'Show as table' }).click();
      const amounts = (row: string) =>
        chart
          .locator(`${row} td:nth-child(4)`)
          .allTextContents()
          .then((cells) => cells.map((cell) => Number(cell.replace(/[^\d.]/g, ''))));
      const rows = await amounts('tbody tr');
      const [total] = await amounts('tfoot tr');
      expect(rows.reduce((sum, amount) => sum + Math.round(amount * 100), 0)).toBe(Math.round(total! * 100));
      await chart.getByRole('radio', { name: 'Tier' }).check({ force: true });
      await eventually(() => chart.locator('tbody tr').first().textContent()).toMatch(
        /Platinum|Gold|Silver|Bronze/,
      );
      await chart.getByRole('button', { name: 'Show as chart' }).click();
      await chart.getByText('target 3 : 1').waitFor();
    });

    browserTest(
      'says what would be if a figure changed, and what an item is not',
      { timeout: TIMEOUT },
      async () => {
        const { page, problems } = await panel.open({ at: VALUE });
        const what = page.getByRole('region', { name: 'What if?' });
        const figures = (name: string) => what.getByRole('group', { name, exact: true }).textContent();
        await eventually(() => figures('CAC')).toContain('Today');
        const before = await figures('CAC');
        await what.getByRole('spinbutton', { name: 'Acquisition cost' }).fill('-20');
        await eventually(() => figures('CAC')).toContain('▼ −20%');
        expect(await figures('CAC')).not.toBe(before);
        await what.getByRole('combobox', { name: 'A content item that more people read' }).click();
        await page.getByRole('option').nth(1).click();
        await what.getByText(/An association, not a proof|could not be computed/).waitFor();
        await what.getByRole('button', { name: 'Back to today' }).click();
        await eventually(() => figures('CAC')).toBe(before);
        expect(problems.filter((problem) => !problem.startsWith('400'))).toEqual([]);
      },
    );

    browserTest('tells which model is in use and which is best', { timeout: TIMEOUT }, async () => {
      const { page, problems } = await panel.open({ at: MODEL });
      const table = page.getByRole('region', { name: /Models and plain rules/ }).last();
      await table.getByText('in use').waitFor();
      const { report } = await told<ModelPage>('/model');
      expect(await table.locator('tbody tr').count()).toBe(report!.holdout.length);
      const inUse = table.locator('tbody tr').filter({ hasText: 'in use' });
      const chosen = report!.holdout.find(({ name }) => name === report!.chosen)!;
      expect(await inUse.textContent()).toContain(Math.round(chosen.predicted).toLocaleString('en'));
      expect(await table.getByRole('img', { name: 'best' }).count()).toBeGreaterThanOrEqual(5);
      expect(problems).toEqual([]);
    });

    browserTest('finds customers, and shows one whose figures add up', { timeout: TIMEOUT }, async () => {
      const { page, problems } = await panel.open({ at: CUSTOMERS });
      const rows = page.locator('tbody tr');
      await rows.first().waitFor();
      const { customers } = await told<CustomersPage>('/customers');
      expect(await rows.first().getByRole('link').textContent()).toBe(customers[0]!.customerIds[0]);
      await page.getByRole('combobox', { name: 'Stage' }).click();
      await page.getByRole('option', { name: 'Lapsed' }).click();
      await eventually(() => rows.first().textContent()).toContain('Lapsed');
      await page
        .getByRole('columnheader', { name: /Orders/ })
        .getByRole('button')
        .click();
      await page.locator('th[aria-sort=descending]', { hasText: 'Orders' }).waitFor();

      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Export CSV' }).click(),
      ]);
      const lines = (await readFile((await file.path())!, 'utf8')).trim().split(/\r?\n/);
      const lapsed = await told<CustomersPage>('/customers?stage=lapsed');
      expect(lines).toHaveLength(lapsed.pagination.total + 1);

      await page.goto(`${panel.url}/admin${CUSTOMERS}?search=${customers[0]!.customerIds[0]}`);
      await eventually(() => rows.count()).toBe(1);
      await rows.first().getByRole('link').click();
      const worth = page.getByRole('region', { name: 'What they are worth' });
      await worth.waitFor();
      const cents = (await worth.locator('td').allTextContents()).map((cell) =>
        Math.round(100 * Number(cell.replace('−', '-').replace(/[^\d.-]/g, ''))),
      );
      const [revenue, cost, service, acquisition, historical, predicted, total] = cents;
      expect(revenue! + cost! + service! + acquisition!).toBe(historical);
      expect(historical! + predicted!).toBe(total);
      await page.getByRole('img', { name: /reads and downloads/ }).waitFor();
      await page.getByRole('link', { name: 'All customers' }).click();
      await rows.first().waitFor();
      expect(problems).toEqual([]);
    });

    browserTest('shows single customers only to whoever may see them', { timeout: TIMEOUT }, async () => {
      const { page } = await panel.open({ at: VALUE, may: ['plugin::clv.value.read'] });
      await tiles(page).waitFor();
      expect(await page.getByRole('link', { name: 'Customers', exact: true }).count()).toBe(0);
      expect(await page.getByRole('button', { name: 'Fit now' }).count()).toBe(0);
      await page.goto(`${panel.url}/admin${CUSTOMERS}`);
      await page
        .getByText(/permission/i)
        .first()
        .waitFor();
    });

    browserTest.for(LOOKS)('full and narrow in $language, $theme', { timeout: TIMEOUT }, async (look) => {
      const { open, say, isSound } = looking(panel, look);
      const { page, problems } = await open(VALUE);
      const wide = page.viewportSize()!;
      async function isSoundAtEachWidth(screen: string) {
        await isSound(page, problems, screen);
        await page.setViewportSize(NARROW.viewport);
        await isSound(page, problems, `${screen}-narrow`);
        await page.setViewportSize(wide);
      }
      await page.getByText(say({ en: 'The lines at the bars', it: 'Le linee sulle barre' })).waitFor();
      await isSoundAtEachWidth('value');
      await goTo(page, say({ en: 'Model', it: 'Modello' }));
      await page.getByText(say({ en: 'The model in use', it: 'Il modello in uso' })).waitFor();
      await isSoundAtEachWidth('model');
      await goTo(page, say({ en: 'Customers', it: 'Clienti' }));
      await page.locator('tbody tr').first().waitFor();
      await isSoundAtEachWidth('customers');
      await page.locator('tbody tr').first().getByRole('link').click();
      await page.getByText(say({ en: 'What may come', it: 'Che cosa può venire' })).waitFor();
      await isSoundAtEachWidth('customer');
    });

    browserTest.for(LOOKS)(
      'every kind of figure in $language, $theme',
      { timeout: TIMEOUT },
      async (look) => {
        const { open, say, isSound } = looking(panel, look);
        const { page, problems } = await open('/plugins/clv/settings');
        for (const [path, json] of [
          ['/clv/value', VALUE_PAGE],
          ['/clv/value/model', MODEL_PAGE],
          ['/clv/value/customers/person-0', CUSTOMER],
        ] as const)
          await page.route(
            (url) => url.pathname === path,
            (route) => route.fulfill({ json }),
          );
        await goTo(page, say({ en: 'Value', it: 'Valore' }));
        await page.getByText(say({ en: 'Framed: stayed', it: 'Con bordo: rimasti' })).waitFor();
        await page.getByText(say({ en: '11 of 30 answers', it: '11 su 30 risposte' })).waitFor();
        await page.getByText(say({ en: 'The lines at the bars', it: 'Le linee sulle barre' })).waitFor();
        await isSound(page, problems, 'value-every-kind');
        await goTo(page, say({ en: 'Model', it: 'Modello' }));
        await page.getByText(say({ en: 'do not pin these', it: 'non bastano a fissare' })).waitFor();
        await isSound(page, problems, 'model-every-kind');
        await page.goto(`${panel.url}/admin${CUSTOMERS}/person-0`);
        await page.getByText(say({ en: 'What moves this prediction', it: 'Che cosa sposta' })).waitFor();
        await isSound(page, problems, 'customer-every-kind');
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
        const route = (url: URL) => url.pathname === '/clv/value';
        await page.route(route, async (request) => {
          await failed;
          await request.fulfill({
            status: 500,
            json: { error: { status: 500, message: 'Internal Server Error' } },
          });
        });
        await page.goto(`${panel.url}/admin${VALUE}`);
        await page.locator('main [aria-busy=true][role=status]').waitFor();
        await keep(page, 'value-loading');
        expect(await axeProblems(page)).toEqual([]);
        fail();
        await page.locator('main').getByRole('alert').waitFor();
        await keep(page, 'value-error');
        expect(await axeProblems(page)).toEqual([]);
        await page.unroute(route);
        await page.getByRole('button', { name: say({ en: 'Try again', it: 'Riprova' }) }).click();
        await page.getByText(say({ en: 'Check the figures', it: 'Verifica le cifre' })).waitFor();
      },
    );
  });

  browserTest('knows a customer id that is not there', { timeout: TIMEOUT }, async () => {
    const { page } = await panel.open({ at: `${CUSTOMERS}/${customerKey(999_999)}` });
    await page.getByText('Nobody is here').waitFor();
  });
});
