import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { WidgetData } from '../../server/src/activation/start/api-types';
import { TABLES } from '../../server/src/storage/migrate';
import { LOOKS, looking, NARROW } from '../support/admin/looks';
import {
  type AdminPanel,
  axeProblems,
  BUILD_TIMEOUT,
  keepShot,
  startAdminPanel,
} from '../support/admin/panel';
import { seedAdminWorld } from '../support/admin/world';
import { browserTest, hasBrowser } from '../support/browser';

const TIMEOUT = 120_000;
const config = { ranking: { schedule: false }, prediction: { schedule: false } };
const HOUR = 3_600_000;

const mover = (contentId: number, title: string, position: number, previousPosition: number) => ({
  contentId,
  title,
  kind: 'article',
  position,
  previousPosition,
});

/** More than a small world brings forth: long and right-to-left titles, a missed target, a CRM that waits. */
const NEWS: WidgetData = {
  ranking: {
    at: Date.now() - 3 * HOUR,
    up: [
      mover(1, 'دليل شراء آلات القهوة', 2, 9),
      mover(2, 'Espresso at scale: a very long title '.repeat(4), 4, 8),
    ],
    down: [mover(3, 'The service contract, clause by clause', 12, 3)],
    compared: true,
  },
  value: { at: Date.now() - HOUR, ratio: { value: 2.4, low: 2.1, high: 2.7, n: 420 }, target: 3 },
  sync: { connections: 3, failing: [{ id: 'one', name: 'Donaudampfschifffahrtsgesellschaft' }] },
};

if (hasBrowser)
  describe('the way to the first ranking', () => {
    let panel: AdminPanel;
    beforeAll(async () => {
      panel = await startAdminPanel(config);
    }, BUILD_TIMEOUT);
    afterAll(() => panel?.stop());

    const main = (page: Page) => page.locator('main');
    const widget = (page: Page) => page.locator('section[aria-labelledby="plugin::clv.news"]');
    const current = (page: Page) => main(page).locator('li[aria-current=step] h3');

    /** What a try that failed left behind; content and settings stay. */
    async function forgetAll(): Promise<void> {
      const kept = ['clv_contents', 'clv_settings', 'clv_experiments'];
      for (const table of TABLES.filter((name) => !kept.includes(name))) {
        await panel.strapi.db.connection(table).delete();
      }
    }

    browserTest('the home page says where to begin while there is nothing', async () => {
      const { page } = await panel.open({ at: '/' });
      await widget(page).getByText('No ranking yet').waitFor();
      await widget(page).getByRole('link', { name: 'See what comes next' }).click();
      await page.getByRole('heading', { name: 'From nothing to your first ranking' }).waitFor();
    });

    browserTest('nobody sees the widget who may not see rankings', async () => {
      const { page } = await panel.open({ at: '/', may: ['plugin::upload.read'] });
      await page.getByRole('heading', { name: /Hello/ }).waitFor();
      await page.locator('section[aria-labelledby="plugin::admin.profile-info"]').waitFor();
      expect(await widget(page).count()).toBe(0);
    });

    browserTest('each step opens by itself once the one before is done', { timeout: TIMEOUT }, async () => {
      await forgetAll();
      const { page, problems } = await panel.open({ at: '/plugins/clv' });
      await main(page).getByText('1 of 6 steps done').waitFor();
      expect(await current(page).textContent()).toBe('Track what is read');
      expect(await main(page).locator('pre').textContent()).toContain('tracker.js');

      // Reads, people who are known, customers and orders arrive; the page is not loaded anew.
      await seedAdminWorld(panel.strapi);
      await main(page).getByText('4 of 6 steps done').waitFor({ timeout: 30_000 });
      await main(page)
        .getByText(/^420 orders/)
        .waitFor();
      expect(await current(page).textContent()).toBe('Compute what customers are worth');
      await keepShot(page, 'start-half');

      await main(page).locator('li[aria-current=step]').getByRole('button').click();
      await main(page).getByText('5 of 6 steps done').waitFor({ timeout: 60_000 });
      expect(await current(page).textContent()).toBe('Compute the ranking');
      await main(page).locator('li[aria-current=step]').getByRole('button').click();
      await page.locator('tbody tr').first().waitFor({ timeout: 60_000 });

      await page.getByRole('link', { name: 'First steps' }).click();
      await main(page).getByText('All done: your ranking is there').waitFor();
      await main(page).getByRole('link', { name: 'To the segments' }).waitFor();
      await page.goto(`${panel.url}/admin/`);
      await widget(page).getByText('This is the first ranking').waitFor();
      expect(problems).toEqual([]);
    });

    browserTest.for(LOOKS)(
      'the news and the steps in $language, $theme',
      { timeout: TIMEOUT },
      async (look) => {
        const { say, isSound, keep, open } = looking(panel, look);
        for (const options of [undefined, NARROW]) {
          const { page, problems } = await open('/plugins/clv/start', options);
          const size = options ? 'narrow' : 'wide';
          await page
            .getByRole('heading', {
              name: say({ en: 'From nothing to your first ranking', it: 'Dal nulla alla prima classifica' }),
            })
            .waitFor();
          await isSound(page, problems, `start-${size}`);

          await page.route('**/clv/widget', (route) => route.fulfill({ json: NEWS }));
          await page.goto(`${panel.url}/admin/`);
          await widget(page).getByText('2.4 : 1').or(widget(page).getByText('2,4 : 1')).waitFor();
          await widget(page)
            .getByText(say({ en: '2 of 3 in step', it: '2 di 3 allineati' }))
            .waitFor();
          await keep(page, `widget-${size}`);
          // The frame around it is Strapi's own.
          expect(await axeProblems(page, 'section[aria-labelledby="plugin::clv.news"] dl')).toEqual([]);
          expect(await axeProblems(page, 'section[aria-labelledby="plugin::clv.news"] ul')).toEqual([]);
          expect(problems).toEqual([]);
        }
      },
    );

    browserTest('the widget says when its news cannot be had', async () => {
      const { page } = await panel.open({ at: '/settings/clv' });
      await page.route('**/clv/widget', (route) =>
        route.fulfill({ status: 500, json: { error: { status: 500, message: 'down' } } }),
      );
      await page.goto(`${panel.url}/admin/`);
      await widget(page).getByText('Something went wrong').waitFor();
    });
  });
