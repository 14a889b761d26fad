import type { Knex } from 'knex';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { JobsService } from '../../server/src/jobs/service';
import type { SettingPath, SettingsAnswer } from '../../server/src/settings/api-types';
import type { SettingsService } from '../../server/src/settings/service';
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
const SETTINGS = '/plugins/clv/settings';
const MEDIUM = { viewport: { width: 768, height: 900 } };
const config = {
  consent: { mode: 'assumed' },
  ranking: { schedule: false, slices: [] },
  prediction: { schedule: false },
};

if (hasBrowser)
  describe('the settings page', () => {
    let panel: AdminPanel;
    let knex: Knex;
    beforeAll(async () => {
      panel = await startAdminPanel(config);
      knex = panel.strapi.db.connection as unknown as Knex;
      await insertValueWorld(knex, { persons: 400, subscriptions: false });
      const jobs: JobsService = panel.strapi.plugin('clv').service('jobs');
      const { id } = await jobs.start('value', {}, { startedBy: 'test', activeKey: 'value' });
      await jobs.ended(id);
    }, BUILD_TIMEOUT);
    afterAll(() => panel?.stop());

    const service = (): SettingsService => panel.strapi.plugin('clv').service('settings');
    const row = (page: Page, path: SettingPath) => page.locator(`[data-setting="${path}"]`);
    const status = (page: Page) => page.locator('main section [role=status]').last();
    const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true });
    const eventually = <T>(look: () => Promise<T> | T) => expect.poll(look, { timeout: 20_000 });

    async function opened(options: Partial<Parameters<AdminPanel['open']>[0]> = {}) {
      const screen = await panel.open({ at: SETTINGS, ...options });
      await row(screen.page, 'tiers.names').waitFor();
      return screen;
    }

    browserTest.for(LOOKS)('in $language, $theme', { timeout: TIMEOUT }, async (look) => {
      const { open, say, isSound } = looking(panel, look);
      for (const [screen, at, options] of [
        ['settings', SETTINGS],
        ['settings-medium', SETTINGS, MEDIUM],
        ['settings-narrow', SETTINGS, NARROW],
        ['settings-in-strapi', '/settings/clv'],
      ] as const) {
        const { page, problems } = await open(at, options);
        await row(page, 'tiers.names').waitFor();
        await isSound(page, problems, screen);
        const cut = say({ en: 'Tier 1 ends at % of customers', it: 'La fascia 1 finisce a % dei clienti' });
        await page.getByLabel(cut).fill('25');
        await page.getByLabel(say({ en: 'Time zone', it: 'Fuso orario' })).fill('Asia/Tokyo');
        const details = page.getByRole('button', {
          name: say({ en: 'What would change', it: 'Che cosa cambierebbe' }),
        });
        await details.click();
        await page.getByRole('table').last().waitFor();
        await isSound(page, problems, `${screen}-unsaved`);
        expect(await page.locator('main').textContent()).not.toMatch(/clv\.settings\.|NaN|undefined/);
      }
    });

    browserTest('tiers are changed, with who would move, and computed', { timeout: TIMEOUT }, async () => {
      const { page, problems } = await opened();
      const before = await knex('clv_person_values').where({ tier: 'platinum' }).count({ n: '*' }).first();
      await page.getByLabel('Tier 1 ends at % of customers').fill('20');
      await eventually(() => status(page).textContent()).toMatch(
        /^\d+ of \d+ customers would change tier\.$/,
      );
      const said = (await status(page).textContent())!;
      await page.getByLabel('Tier 1', { exact: true }).fill('Diamond');
      await page.getByRole('button', { name: '2 unsaved changes' }).count();
      await eventually(() => status(page).textContent()).toBe(said);
      await save(page).focus();
      await page.keyboard.press('Enter');
      await page.getByText('The settings are saved').first().waitFor();
      await page.getByText('Screens show this after the next runs').waitFor();
      await eventually(() => row(page, 'tiers.names').textContent()).toContain('Saved here');
      await keepShot(page, 'settings-saved');
      expect(await axeProblems(page)).toEqual([]);
      await page.getByRole('button', { name: 'Compute values now' }).click();
      await page.getByText('Screens show this after the next runs').waitFor({ state: 'hidden' });
      const after = await knex('clv_person_values').where({ tier: 'Diamond' }).count({ n: '*' }).first();
      expect(Number(after!.n)).toBeGreaterThan(Number(before!.n));
      await page.getByRole('cell', { name: 'Names and limits, the best first' }).waitFor();
      // Back to the default go names and limits together.
      await page.getByRole('button', { name: 'Use the default: Names and limits, the best first' }).click();
      await eventually(() => save(page).isEnabled()).toBe(true);
      await save(page).click();
      await eventually(() => row(page, 'tiers.names').textContent()).toContain('Default');
      expect(await page.getByLabel('Tier 1 ends at % of customers').inputValue()).toBe('10');
      expect(problems).toEqual([]);
    });

    browserTest(
      'what config/plugins says is shown, and cannot be changed here',
      { timeout: TIMEOUT },
      async () => {
        const { page } = await opened();
        const mode = row(page, 'consent.mode');
        expect(await mode.textContent()).toContain('Set in config/plugins, which wins');
        expect(await mode.getByRole('combobox').isDisabled()).toBe(true);
        expect(await row(page, 'consent.respectGpc').getByRole('combobox').isDisabled()).toBe(false);
      },
    );

    browserTest(
      'what does not fit is said at its field, and is not saved',
      { timeout: TIMEOUT },
      async () => {
        const { page } = await opened();
        await page.getByLabel('Currency', { exact: true }).fill('euro');
        await eventually(() => row(page, 'value.currency').textContent()).toContain(
          'Must be an ISO 4217 code of three letters',
        );
        expect(await save(page).isDisabled()).toBe(true);
        await page.getByLabel('Currency', { exact: true }).fill('USD');
        await page.getByLabel('Rates of other currencies').fill('USD = 0.9');
        await eventually(() => row(page, 'value.rates').textContent()).toContain(
          'Rates are of other currencies',
        );
        await page.getByLabel('Rates of other currencies').fill('');
        await eventually(() => status(page).textContent()).toContain(
          'without one for EUR the next run stops',
        );
        await keepShot(page, 'settings-no-rate');
        await page.getByRole('button', { name: 'Discard' }).click();
        expect(await page.getByLabel('Currency', { exact: true }).inputValue()).toBe('EUR');
        expect(await save(page).count()).toBe(0);
      },
    );

    browserTest('bands begin with the limits of the latest run', { timeout: TIMEOUT }, async () => {
      const { page } = await opened();
      await row(page, 'tiers.rule').getByRole('combobox').click();
      await page.getByRole('option', { name: 'Bands of value' }).click();
      const { tiers }: SettingsAnswer = await service().read();
      expect(await page.getByLabel('Tier 1 begins at, in EUR').inputValue()).toBe(
        String(Math.round(tiers!.limits[0]!)),
      );
      await eventually(() => status(page).textContent()).toMatch(/customers? would change tier/);
      await page.getByLabel('Tier 2 begins at, in EUR').fill('1000000');
      await eventually(() => row(page, 'tiers.names').textContent()).toContain('Limits must go one way');
    });

    browserTest('two administrators do not overwrite each other', { timeout: TIMEOUT }, async () => {
      const { page } = await opened();
      await page.getByRole('textbox', { name: 'CLV:CAC' }).fill('4');
      await eventually(() => save(page).isEnabled()).toBe(true);
      const { version } = await service().read();
      await service().save(version, { 'targets.retention': 0.8, 'targets.ratio': 5 }, 'admin:1');
      await save(page).click();
      await page.getByText('Somebody else saved meanwhile').waitFor();
      // Theirs is there, and one's own is kept to be looked at.
      await eventually(() => page.getByRole('textbox', { name: 'Yearly retention' }).inputValue()).toBe('80');
      expect(await page.getByRole('textbox', { name: 'CLV:CAC' }).inputValue()).toBe('4');
      // The design system's button is too pale beneath the pointer.
      await page.mouse.move(0, 0);
      await keepShot(page, 'settings-conflict');
      expect(await axeProblems(page)).toEqual([]);
      await save(page).click();
      await page.getByText('The settings are saved').first().waitFor();
      const settings = (await service().read()).settings;
      expect(settings.find(({ path }) => path === 'targets.ratio')!.value).toBe(4);
      expect(settings.find(({ path }) => path === 'targets.retention')!.value).toBe(0.8);
      await page.getByRole('button', { name: 'Use the default: CLV:CAC' }).click();
      await eventually(() => save(page).isEnabled()).toBe(true);
      await save(page).click();
      await eventually(
        async () => (await service().read()).settings.find(({ path }) => path === 'targets.ratio')!.source,
      ).toBe('default');
    });

    browserTest('settings that load, then fail', { timeout: TIMEOUT }, async () => {
      const { page } = await panel.open({ at: '/' });
      const route = `${panel.url}/clv/settings`;
      await page.route(route, (request) =>
        request.fulfill({ status: 500, json: { error: { status: 500, message: 'Internal Server Error' } } }),
      );
      await page.goto(`${panel.url}/admin${SETTINGS}`);
      await page.getByText('The settings could not be loaded').waitFor();
      await keepShot(page, 'settings-error');
      expect(await axeProblems(page)).toEqual([]);
      await page.unroute(route);
      await page.getByRole('button', { name: 'Try again' }).click();
      await row(page, 'tiers.names').waitFor();
    });
  });
