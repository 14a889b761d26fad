import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { ExperimentInput } from '../../server/src/activation/experiments/api-types';
import { examples, fakeExperiments } from '../support/admin/experiments-fixture';
import { LOOKS, looking, NARROW } from '../support/admin/looks';
import { type AdminPanel, axeProblems, BUILD_TIMEOUT, startAdminPanel } from '../support/admin/panel';
import { browserTest, hasBrowser } from '../support/browser';

/** Several screens one after the other, on a machine that may be busy. */
const TIMEOUT = 120_000;
const EXPERIMENTS = '/plugins/clv/experiments';
const config = { ranking: { schedule: false }, prediction: { schedule: false } };
/** 640 pixels are 1280 at a zoom of 200 %. */
const NARROWER = [{ width: 768, height: 900 }, { width: 640, height: 400 }, NARROW.viewport];

if (hasBrowser)
  describe('the Experiments page', () => {
    let panel: AdminPanel;
    beforeAll(async () => {
      panel = await startAdminPanel(config);
    }, BUILD_TIMEOUT);
    afterAll(() => panel?.stop());

    const eventually = <T>(look: () => Promise<T> | T) => expect.poll(look, { timeout: 20_000 });
    const main = (page: Page) => page.locator('main');
    const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

    async function opened(at: string, all = examples(), may?: string[]) {
      const screen = await panel.open({ at: '/settings/clv', may });
      const fake = await fakeExperiments(screen.page, all);
      await screen.page.goto(`${panel.url}/admin${at}`);
      return { screen, page: screen.page, fake };
    }

    browserTest.for(LOOKS)('every screen in $language, $theme', { timeout: TIMEOUT }, async (look) => {
      const { say, isSound, open, keep } = looking(panel, look);
      const { page, problems } = await open('/settings/clv');
      const fake = await fakeExperiments(page, []);

      /** In a wide window, and whether it fits in narrower ones. */
      async function see(at: string, words: string | RegExp, name: string) {
        await page.goto(`${panel.url}/admin${EXPERIMENTS}${at}`);
        await main(page).getByText(words).first().waitFor();
        await main(page).locator('[aria-busy=true]').first().waitFor({ state: 'hidden' });
        await isSound(page, problems, `experiments-${name}`);
        for (const size of NARROWER) {
          await page.setViewportSize(size);
          await keep(page, `experiments-${name}-${size.width}`);
          expect(
            await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
          ).toBeLessThanOrEqual(0);
        }
        await page.setViewportSize({ width: 1280, height: 800 });
      }

      await see('', say({ en: 'A holdout is a small share', it: 'Un gruppo di controllo è' }), 'empty');
      fake.all = examples();
      await see('', 'Win back those who leave', 'list');
      for (const { experiment } of fake.all) await see(`/${experiment.id}`, experiment.name, experiment.id);
      await see('/new', say({ en: 'How many people it takes', it: 'Quante persone servono' }), 'form');
      expect(await main(page).textContent()).not.toMatch(/clv\.experiments\.|NaN|undefined/);
    });

    browserTest('says first what came of it, in a sentence with its interval', async () => {
      const { page } = await opened(`${EXPERIMENTS}/more`);
      const finding = page.getByRole('region', { name: 'What came of it' });
      await finding
        .getByText(/^Recommendations bring €2\.10 more per person than the usual order \(95% interval €0\.40/)
        .waitFor();
      await finding.getByText('You may look any day').waitFor();
      await main(page).getByText('explains 41%').waitFor();
      await main(page).getByText('69% more people').waitFor();

      const helped = button(page, 'What does “Incremental in all” mean?');
      await helped.focus();
      await page.keyboard.press('Enter');
      const help = page.getByRole('dialog', { name: 'What does “Incremental in all” mean?' });
      await help.getByText('what would not have come in without it').waitFor();
      expect(await axeProblems(page, '[role=dialog]')).toEqual([]);
      await page.keyboard.press('Escape');
      await help.waitFor({ state: 'hidden' });
      expect(await helped.evaluate((element) => element === document.activeElement)).toBe(true);
    });

    browserTest('tells nothing of an effect where the arms are not as planned', async () => {
      const { page } = await opened(`${EXPERIMENTS}/mismatch`);
      await main(page).getByRole('alert').getByText('a cache that serves one arm only').waitFor();
      const all = await main(page).textContent();
      expect(all).not.toContain('Incremental');
      expect(all).not.toContain('Revenue per unit');
      expect(all).not.toContain('€');
    });

    browserTest('says until when to wait, and how many are missing', async () => {
      const { page, fake } = await opened(`${EXPERIMENTS}/early`);
      const { startedAt } = fake.all.find(({ experiment }) => experiment.id === 'early')!.experiment;
      const zone = await page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
      const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: zone });
      await main(page)
        .getByText(`Wait until ${day.format(startedAt! + 60 * 86_400_000)}`)
        .first()
        .waitFor();
      await page.goto(`${panel.url}/admin${EXPERIMENTS}/few`);
      await main(page).getByText('Not enough data: 12 of 30 people in the smallest arm.').waitFor();
    });

    browserTest(
      'plans one by the keyboard, with its sample size beside it',
      { timeout: TIMEOUT },
      async () => {
        const { page, fake, screen } = await opened(`${EXPERIMENTS}/new`);
        const size = page.getByRole('region', { name: 'How many people it takes' });
        await size.getByText(/^[\d,]+ people$/).waitFor();
        const before = await size.getByText(/^[\d,]+ people$/).textContent();

        await page.getByLabel('Name of the experiment').focus();
        await page.keyboard.type('Spring');
        await page.getByLabel('Share held out').fill('20');
        await eventually(() => size.getByText(/^[\d,]+ people$/).textContent()).not.toBe(before);
        await page.getByRole('radio', { name: 'Once, at the end' }).check();
        await size.getByRole('button', { name: /^Plan \d+ days$/ }).press('Enter');
        const days = Number(await page.getByLabel('Days until the end').inputValue());

        await button(page, 'Try another order too').press('Enter');
        await page.getByLabel('Name of the arm').last().fill('Holdout!');
        await button(page, 'Save as a draft').press('Enter');
        await page.getByText('1 to 32 of a to z, 0 to 9 and hyphens.').waitFor();
        expect(fake.asked.filter(({ path }) => path === '')).toEqual([]);
        await page.getByLabel('Name of the arm').last().fill('popular');
        await button(page, 'Save as a draft').press('Enter');

        await page.waitForURL((url) => url.pathname.endsWith('/experiments/made'));
        const sent = fake.asked.find(({ path }) => path === '')!.body as ExperimentInput;
        expect(sent).toEqual({
          name: 'Spring',
          surface: 'recommendations',
          design: {
            holdout: 0.2,
            variants: [
              { arm: 'recommended', strategy: 'recommended', weight: 1 },
              { arm: 'popular', strategy: 'popular', weight: 1 },
            ],
            segmentId: null,
            horizon: 'fixed',
            days,
            alpha: 0.05,
          },
        });
        expect(screen.problems).toEqual([]);
      },
    );

    browserTest('starts and stops only after saying what cannot be undone', async () => {
      const { page, fake } = await opened(`${EXPERIMENTS}/draft`);
      await button(page, 'Start').click();
      const question = page.getByRole('alertdialog');
      await question.getByText('can no longer be changed').waitFor();
      await question.getByRole('button', { name: 'Cancel' }).click();
      await question.waitFor({ state: 'hidden' });
      expect(fake.asked).toEqual([]);

      await button(page, 'Start').click();
      await question.getByRole('button', { name: 'Start' }).click();
      await button(page, 'Stop').click();
      await question.getByText('It cannot be started again').waitFor();
      await question.getByRole('button', { name: 'Stop' }).click();
      await main(page)
        .getByText(/^\S Stopped$/)
        .waitFor();
      expect(fake.asked.map(({ path }) => path)).toEqual(['/draft/start', '/draft/stop']);
    });

    browserTest('whoever may only look can change nothing, and a failure can be tried again', async () => {
      const { page, fake } = await opened(EXPERIMENTS, examples(), ['plugin::clv.activation.read']);
      await page.getByText('Win back those who leave').waitFor();
      expect(await page.getByRole('link', { name: 'Plan an experiment' }).count()).toBe(0);
      expect(await button(page, 'Compute now').count()).toBe(0);
      fake.down = 500;
      await page.reload();
      await button(page, 'Try again').waitFor();
      fake.down = null;
      await button(page, 'Try again').click();
      await page.getByText('Win back those who leave').waitFor();
    });

    browserTest(
      'what the server itself keeps can be planned, started, counted and stopped',
      { timeout: TIMEOUT },
      async () => {
        const { page, problems } = await panel.open({ at: EXPERIMENTS });
        // The one that measures recommendations from the first boot.
        const first = main(page).locator('h3 a').first();
        await first.waitFor();
        await page.getByRole('link', { name: 'Plan an experiment' }).click();
        await page.getByLabel('Name of the experiment').fill('Newest for everyone');
        await page.getByRole('region', { name: 'How many people it takes' }).getByRole('status').waitFor();
        await button(page, 'Save as a draft').click();
        await main(page)
          .getByText(/^\S Draft$/)
          .waitFor();
        await page.getByRole('link', { name: 'All experiments' }).click();
        await main(page)
          .getByText(/^\S Running$/)
          .first()
          .waitFor();
        await main(page).locator('li', { hasText: 'Running' }).first().getByRole('link').click();
        await button(page, 'Compute now').click();
        await main(page)
          .getByText(/of 30 people in the smallest arm|Nothing was counted yet/)
          .waitFor();
        await button(page, 'Stop').click();
        await page.getByRole('alertdialog').getByRole('button', { name: 'Stop' }).click();
        await main(page)
          .getByText(/^\S Stopped$/)
          .waitFor();
        expect(problems).toEqual([]);
      },
    );
  });
