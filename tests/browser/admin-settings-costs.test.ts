import type { Knex } from 'knex';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect } from 'vitest';
import type { ValueReport } from '../../server/src/clv/api-types';
import { readSection } from '../../server/src/clv/runs/latest';
import type { CrmService } from '../../server/src/crm/service';
import type { JobsService } from '../../server/src/jobs/service';
import { keyboardOf } from '../support/admin/keyboard';
import { LOOKS, looking, NARROW } from '../support/admin/looks';
import {
  type AdminPanel,
  axeProblems,
  BUILD_TIMEOUT,
  keepShot,
  startAdminPanel,
} from '../support/admin/panel';
import { browserTest, hasBrowser } from '../support/browser';
import { insertValueWorld } from '../support/value-world';

/** Several screens one after the other, on a machine that may be busy. */
const TIMEOUT = 120_000;
const COSTS = '/plugins/clv/settings?show=costs';
const MEDIUM = { viewport: { width: 768, height: 1000 } };
const config = {
  value: { currency: 'EUR', rates: { USD: 0.92 } },
  ranking: { schedule: false, slices: [] },
  prediction: { schedule: false },
};
const HOUR = 3_600_000;
const isFocused = (place: Locator) => place.evaluate((element) => element === document.activeElement);

if (hasBrowser)
  describe('marketing costs among the settings', () => {
    let panel: AdminPanel;
    let knex: Knex;
    let rows: object[];
    let newest: string;
    beforeAll(async () => {
      panel = await startAdminPanel(config);
      knex = panel.strapi.db.connection as unknown as Knex;
      await insertValueWorld(knex, { persons: 300, subscriptions: false });
      const { month } = (await knex('clv_costs').max({ month: 'month' }).first()) as { month: string };
      newest = month;
      await knex('clv_costs').update({ source: 'csv', updated_at: Date.now() - 400 * HOUR });
      await knex('clv_costs').where({ channel: 'partner' }).update({ source: 'api' });
      const crm: CrmService = panel.strapi.plugin('clv').service('crm');
      const own = [
        { month, channel: 'search', amount: '420.05', currency: 'EUR', product_line: 'machines' },
        { month, channel: 'fair', amount: '1800', currency: 'USD', segment: 'hotel', product_line: 'beans' },
      ];
      expect(await crm.upsert('costs', own, 'admin')).toMatchObject({ created: 2, rejected: [] });
      rows = await knex('clv_costs');
      await runValues();
    }, BUILD_TIMEOUT);
    afterAll(() => panel?.stop());
    beforeEach(async () => {
      await knex('clv_costs').delete();
      await knex.batchInsert('clv_costs', rows, 20);
    });

    async function runValues(): Promise<void> {
      const jobs: JobsService = panel.strapi.plugin('clv').service('jobs');
      const { id } = await jobs.start('value', {}, { startedBy: 'test', activeKey: 'value' });
      await jobs.ended(id);
    }

    /** All marketing costs as the latest run counted them, in cents. */
    async function counted(): Promise<number> {
      const run = await knex('clv_value_runs').orderBy('published_at', 'desc').first('id');
      const report = await readSection<ValueReport>(knex, run.id, 'report');
      const spent = report!.ratioOverTime.reduce((sum, { marketing }) => sum + marketing, 0);
      return Math.round(spent * 100);
    }

    const table = (page: Page) => page.getByRole('region', { name: 'Costs', exact: true });
    const row = (page: Page, name: string | RegExp) => table(page).getByRole('row', { name });
    const dialog = (page: Page) => page.getByRole('dialog');
    const field = (page: Page, name: string) => dialog(page).getByLabel(name);
    const adding = (page: Page) => page.getByRole('button', { name: 'Add a cost' });
    const saving = (page: Page) => dialog(page).getByRole('button', { name: /^(Add a cost|Save the cost)$/ });
    /** The dialog is there whole, and no button in it is beneath the pointer: the design system's is too pale then. */
    async function settled(page: Page, role: 'dialog' | 'alertdialog' = 'dialog'): Promise<void> {
      await page.mouse.move(0, 0);
      await page.getByRole(role).evaluate(async (element) => {
        await Promise.all(element.getAnimations({ subtree: true }).map(({ finished }) => finished));
      });
    }
    const eventually = <T>(look: () => Promise<T> | T) => expect.poll(look, { timeout: 20_000 });

    browserTest.for(LOOKS)('in $language, $theme', { timeout: TIMEOUT }, async (look) => {
      const { open, say, isSound } = looking(panel, look);
      const add = { name: say({ en: 'Add a cost', it: 'Aggiungi un costo' }) };
      for (const [screen, options] of [
        ['costs', undefined],
        ['costs-medium', MEDIUM],
        ['costs-narrow', NARROW],
      ] as const) {
        const { page, problems } = await open(COSTS, options);
        await page.getByRole('table').waitFor();
        await isSound(page, problems, screen);
        if (options === MEDIUM) continue;
        await page
          .getByRole('button', { name: say({ en: 'Change: ', it: 'Cambia: ' }) })
          .nth(2)
          .click();
        await settled(page);
        await isSound(page, problems, `${screen}-form`, '[role=dialog]');
        expect(await page.locator('body').textContent()).not.toMatch(/clv\.settings\.|NaN|undefined/);
      }
      await knex('clv_costs').delete();
      for (const [screen, options] of [
        ['costs-empty', undefined],
        ['costs-empty-narrow', NARROW],
      ] as const) {
        const { page, problems } = await open(COSTS, options);
        await page.getByRole('button', add).waitFor();
        await isSound(page, problems, screen);
        await page.getByRole('button', add).click();
        await dialog(page).getByRole('button', add).click();
        await settled(page);
        await isSound(page, problems, `${screen}-form`, '[role=dialog]');
      }
    });

    browserTest(
      'one is added by the keyboard alone, and counts with the next run',
      { timeout: TIMEOUT },
      async () => {
        const { page, problems } = await panel.open({ at: COSTS });
        const before = await counted();
        const keyboard = keyboardOf(page);
        await keyboard.press(adding(page));
        await saving(page).waitFor();
        await keyboard.press(saving(page));
        await dialog(page).getByText('Say what the money was spent on.').waitFor();
        await keyboard.write(field(page, 'Channel'), 'search');
        await keyboard.write(field(page, 'Amount'), '1.234,5');
        await dialog(page).getByText('without thousands separators').waitFor();
        await keyboard.write(field(page, 'Amount'), '1,005');
        await dialog(page).getByText('EUR has 2 decimals.').waitFor();
        await keepShot(page, 'costs-wrong');
        await keyboard.write(field(page, 'Amount'), '1234,5');
        await keyboard.write(field(page, 'Segment'), 'office');
        await page.keyboard.press('Enter');
        await page.getByText('The cost is saved').first().waitFor();
        await dialog(page).waitFor({ state: 'detached' });
        await eventually(() => isFocused(adding(page))).toBe(true);
        expect(await row(page, /search.*office.*EUR.1,234\.50.*Entered here/).count()).toBe(1);
        await keepShot(page, 'costs-saved');
        expect(await axeProblems(page)).toEqual([]);
        await page.getByRole('button', { name: 'Compute values now' }).click();
        await page.getByText('Screens show this after the next runs').waitFor({ state: 'hidden' });
        expect((await counted()) - before).toBe(123_450);
        expect(problems).toEqual([]);
      },
    );

    browserTest(
      'one that was imported is changed, with what the next import does to it',
      { timeout: TIMEOUT },
      async () => {
        const { page } = await panel.open({ at: COSTS });
        await row(page, /newsletter/)
          .first()
          .getByRole('button', { name: /^Change/ })
          .click();
        await dialog(page).getByText('Where it came from: CSV import').waitFor();
        await dialog(page).getByText('it writes over what you save here').waitFor();
        await field(page, 'Channel').fill('partner');
        await saving(page).click();
        await dialog(page).getByText('There is a cost of this month').waitFor();
        await settled(page);
        await keepShot(page, 'costs-taken');
        await field(page, 'Channel').fill('podcast');
        await dialog(page).getByRole('combobox', { name: 'Currency' }).click();
        await page.getByRole('option', { name: 'USD' }).click();
        await field(page, 'Amount').fill('80');
        await saving(page).click();
        await row(page, /podcast.*USD.80\.00.*Entered here/).waitFor();
        await eventually(() => isFocused(adding(page))).toBe(true);
        expect(await knex('clv_costs').where({ month: newest, channel: 'newsletter' })).toEqual([]);
      },
    );

    browserTest('one is deleted after a question', { timeout: TIMEOUT }, async () => {
      const { page, problems } = await panel.open({ at: COSTS });
      const remove = row(page, /fair/).getByRole('button', { name: /^Delete/ });
      const question = page.getByRole('alertdialog');
      await remove.click();
      await question.getByText('no longer count').waitFor();
      await settled(page, 'alertdialog');
      await keepShot(page, 'costs-delete');
      expect(await axeProblems(page, '[role=alertdialog]')).toEqual([]);
      await question.getByRole('button', { name: 'Cancel' }).click();
      await eventually(() => isFocused(remove)).toBe(true);
      await remove.click();
      await question.getByRole('button', { name: 'Delete the cost' }).click();
      await remove.waitFor({ state: 'detached' });
      await page.getByText('Screens show this after the next runs').waitFor();
      await eventually(() => isFocused(adding(page))).toBe(true);
      expect(await knex('clv_costs').where({ channel: 'fair' })).toEqual([]);
      await row(page, /newsletter/)
        .first()
        .getByRole('button', { name: /^Delete/ })
        .click();
      await question.getByText('When it comes again, it is back.').waitFor();
      expect(problems).toEqual([]);
    });

    browserTest('a month, a channel and a page stand in the address', { timeout: TIMEOUT }, async () => {
      const { page } = await panel.open({ at: COSTS });
      await row(page, /search/)
        .first()
        .waitFor();
      await page.getByRole('link', { name: 'Next page' }).click();
      await page.getByText('26–50 of').waitFor();
      expect(new URL(page.url()).search).toBe('?show=costs&page=2');
      await page.getByRole('combobox', { name: 'Channel' }).click();
      await page.getByRole('option', { name: 'fair' }).click();
      await eventually(() => new URL(page.url()).search).toBe('?channel=fair&show=costs');
      await row(page, /1 cost in USD/).waitFor();
      await eventually(() => row(page, /newsletter/).count()).toBe(0);
      await page.goto(`${panel.url}/admin${COSTS}&channel=fair&month=2001-01`);
      await page.getByText('No cost matches the filters.').waitFor();
      await keepShot(page, 'costs-none-such');
      await page.getByRole('button', { name: 'Clear search and filters' }).click();
      await row(page, /newsletter/)
        .first()
        .waitFor();
      await page.getByRole('link', { name: 'Import many at once' }).click();
      await page.getByRole('radio', { name: /^Costs/, checked: true }).waitFor();
    });

    browserTest('a currency that has lost its rate is told', { timeout: TIMEOUT }, async () => {
      await knex('clv_costs').where({ channel: 'fair' }).update({ currency: 'CHF' });
      const { page } = await panel.open({ at: COSTS });
      await page.getByText('There is no rate for CHF').waitFor();
      await keepShot(page, 'costs-no-rate');
      expect(await axeProblems(page)).toEqual([]);
      await row(page, /fair/)
        .getByRole('button', { name: /^Change/ })
        .click();
      await saving(page).click();
      await dialog(page)
        .getByText(/no rate is set; add what 1 CHF is worth/)
        .waitFor();
    });

    browserTest('whoever may not change settings only reads', { timeout: TIMEOUT }, async () => {
      const { page, problems } = await panel.open({ at: COSTS, may: ['plugin::clv.value.read'] });
      await row(page, /fair/).waitFor();
      await page.getByText('Whoever may see and change settings').waitFor();
      await keepShot(page, 'costs-read-only');
      expect(await adding(page).count()).toBe(0);
      expect(await table(page).getByRole('button').count()).toBe(0);
      await page.goto(`${panel.url}/admin/plugins/clv/settings`);
      await row(page, /fair/).waitFor();
      expect(await page.getByRole('navigation', { name: 'Settings' }).count()).toBe(0);
      await knex('clv_costs').delete();
      await page.reload();
      await page.getByText('No costs are known yet').waitFor();
      await keepShot(page, 'costs-read-only-empty');
      expect(await axeProblems(page)).toEqual([]);
      expect(problems).toEqual([]);
    });

    browserTest('whoever may not see values has no view of costs', { timeout: TIMEOUT }, async () => {
      const { page } = await panel.open({ at: COSTS, may: ['plugin::clv.settings.manage'] });
      await page.locator('[data-setting="tiers.names"]').waitFor();
      expect(await page.locator('main').getByRole('link', { name: 'Costs', exact: true }).count()).toBe(0);
    });

    browserTest('costs that load, then fail; a save that fails', { timeout: TIMEOUT }, async () => {
      const { page } = await panel.open({ at: '/' });
      const broken = (url: URL) => url.pathname === '/clv/costs';
      await page.route(broken, (request) =>
        request.fulfill({ status: 500, json: { error: { status: 500, message: 'Internal Server Error' } } }),
      );
      await page.goto(`${panel.url}/admin${COSTS}`);
      await page.getByText('The costs could not be loaded').waitFor();
      await keepShot(page, 'costs-error');
      expect(await axeProblems(page)).toEqual([]);
      await page.unroute(broken);
      await page.getByRole('button', { name: 'Try again' }).click();
      await row(page, /fair/)
        .getByRole('button', { name: /^Change/ })
        .click();
      await page.route(broken, (request) => request.abort());
      await saving(page).click();
      await dialog(page).getByText('The cost is not saved').waitFor();
      await settled(page);
      await keepShot(page, 'costs-not-saved');
      expect(await axeProblems(page, '[role=dialog]')).toEqual([]);
    });
  });
