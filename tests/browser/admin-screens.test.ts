import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { LOOKS, looking, NARROW, type Words } from '../support/admin/looks';
import { type AdminPanel, axeProblems, BUILD_TIMEOUT, startAdminPanel } from '../support/admin/panel';
import { type AdminWorld, computeRanking, seedAdminWorld } from '../support/admin/world';
import { browserTest, hasBrowser } from '../support/browser';

/** Several screens one after the other, on a machine that may be busy. */
const TIMEOUT = 120_000;

const ORDERS = `order_id,customer_id,ordered_at,amount,currency
1,C-1,2026-01-31,12.00,EUR
2,C-2,never,1,EUR
`;
const RHO: Words = { en: 'Spearman’s ρ', it: 'ρ di Spearman' };

describe.skipIf(!hasBrowser)('every screen is whole in every look', () => {
  let panel: AdminPanel;
  let world: AdminWorld;
  beforeAll(async () => {
    panel = await startAdminPanel();
    world = await seedAdminWorld(panel.strapi);
  }, BUILD_TIMEOUT);
  afterAll(() => panel?.stop());

  browserTest.for(LOOKS)('the way to a ranking in $language, $theme', { timeout: TIMEOUT }, async (look) => {
    const { open, say, isSound } = looking(panel, look);
    for (const [screen, options] of [['setup'], ['setup-narrow', NARROW]] as const) {
      const { page, problems } = await open('/plugins/clv', options);
      const name = say({ en: 'From nothing to your first ranking', it: 'Dal nulla alla prima classifica' });
      await page.getByRole('heading', { name }).waitFor();
      await isSound(page, problems, screen);
    }
  });

  describe('once there is one', () => {
    beforeAll(() => computeRanking(panel.strapi));
    const firstRow = (page: Page) => page.locator('tbody tr').first().waitFor();

    browserTest.for(LOOKS)('the ranking in $language, $theme', { timeout: TIMEOUT }, async (look) => {
      const { open, say, isSound, language } = looking(panel, look);
      const { page, problems } = await open('/plugins/clv');
      await firstRow(page);
      await isSound(page, problems, 'rankings');
      expect(await page.locator('html').getAttribute('lang')).toBe(language);
      await page.locator('tbody button[aria-expanded]').first().click();
      await page.getByText(say(RHO)).waitFor();
      await isSound(page, problems, 'rankings-open');
      await page.getByRole('radio', { name: say({ en: 'At any time', it: 'In qualsiasi momento' }) }).check();
      await page.getByText(say({ en: 'Reading and buying are not', it: 'Qui lettura e acquisto' })).waitFor();
      await isSound(page, problems, 'rankings-all');
    });

    browserTest.for(LOOKS)('a narrow ranking in $language, $theme', { timeout: TIMEOUT }, async (look) => {
      const { open, say, isSound } = looking(panel, look);
      const { page, problems } = await open('/plugins/clv', NARROW);
      await page.locator('main li button[aria-expanded]').first().click();
      await page.getByText(say(RHO)).waitFor();
      await isSound(page, problems, 'rankings-narrow');
    });

    browserTest.for(LOOKS)(
      'a ranking that loads, then fails in $language, $theme',
      { timeout: TIMEOUT },
      async (look) => {
        const { open, say, keep } = looking(panel, look);
        const { page } = await open('/settings/clv');
        let fail = () => {};
        const failed = new Promise<void>((resolve) => {
          fail = resolve;
        });
        await page.route('**/clv/rankings?**', async (route) => {
          await failed;
          await route.fulfill({
            status: 500,
            json: { error: { status: 500, message: 'Internal Server Error' } },
          });
        });
        await page.goto(`${panel.url}/admin/plugins/clv`);
        await page.locator('main [aria-busy=true][role=status]').waitFor();
        await keep(page, 'rankings-loading');
        expect(await axeProblems(page)).toEqual([]);

        fail();
        await page.locator('main').getByRole('alert').waitFor();
        await keep(page, 'rankings-error');
        expect(await axeProblems(page)).toEqual([]);
        await page.unroute('**/clv/rankings?**');
        await page.getByRole('button', { name: say({ en: 'Try again', it: 'Riprova' }) }).click();
        await firstRow(page);
      },
    );

    browserTest.for(LOOKS)('single items in $language, $theme', { timeout: TIMEOUT }, async (look) => {
      const { open, say, isSound } = looking(panel, look);
      const [best, worst, support] = [world.idOf('best'), world.idOf('worst'), world.idOf('support')];
      const compared = `/plugins/clv/rankings/compare?items=${best},${worst},${support},${world.idOf('few')}`;
      const pages: [string, string, Words][] = [
        [
          'item',
          `/plugins/clv/rankings/item/${best}`,
          { en: 'From plain to fair', it: 'Dal semplice all’equo' },
        ],
        ['compare', compared, { en: 'Pair by pair', it: 'A coppie' }],
        ['groups', '/plugins/clv/rankings/groups', { en: 'White paper', it: 'White paper' }],
        ['report', '/plugins/clv/rankings/report', { en: 'How this was made', it: 'Come è stato fatto' }],
      ];
      for (const [screen, at, words] of pages) {
        for (const [name, options] of [[screen], [`${screen}-narrow`, NARROW]] as const) {
          const { page, problems } = await open(at, options);
          await page.getByText(say(words)).first().waitFor();
          await isSound(page, problems, name);
        }
      }
    });

    browserTest.for(LOOKS)('an import in $language, $theme', { timeout: TIMEOUT }, async (look) => {
      const { open, say, isSound } = looking(panel, look);
      for (const [screen, options] of [['import'], ['import-narrow', NARROW]] as const) {
        const { page, problems } = await open('/plugins/clv/import', options);
        const file = { name: 'orders.csv', mimeType: 'text/csv', buffer: Buffer.from(ORDERS) };
        await page.setInputFiles('input[type=file]', file);
        await page.getByRole('button', { name: say({ en: 'Import 1 row', it: 'Importa 1 riga' }) }).waitFor();
        await isSound(page, problems, screen);
      }
    });

    browserTest.for(LOOKS)('tracking in $language, $theme', { timeout: TIMEOUT }, async (look) => {
      const { open, say, isSound } = looking(panel, look);
      for (const [screen, at, options] of [
        ['tracking', '/plugins/clv/settings?show=tracking'],
        ['tracking-narrow', '/plugins/clv/settings?show=tracking', NARROW],
        ['tracking-in-settings', '/settings/clv?show=tracking'],
      ] as const) {
        const { page, problems } = await open(at, options);
        await page.getByText('api::white-paper.white-paper').waitFor();
        await page.getByText(say({ en: 'Seen twice', it: 'Viste due volte' })).waitFor();
        await isSound(page, problems, screen);
      }
    });

    browserTest.for(LOOKS)('the panel in $language, $theme', { timeout: TIMEOUT }, async (look) => {
      const { open, say, isSound } = looking(panel, look);
      const { documentId } = world.of('best');
      const { page, problems } = await open(
        `/content-manager/collection-types/api::article.article/${documentId}`,
      );
      const name = say({ en: 'All about this item', it: 'Tutto su questo contenuto' });
      await page.getByRole('link', { name }).waitFor();
      await isSound(page, problems, 'panel', 'aside:has(a[href*="plugins/clv"])');
    });
  });
});
