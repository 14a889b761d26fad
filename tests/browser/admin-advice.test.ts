import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { AdvicePage, ItemAdviceAnswer } from '../../server/src/ranking/advice/api-types';
import { adminToken } from '../support/admin';
import { ADVICE_PAGE, NOTHING_PAGE } from '../support/admin/advice-fixture';
import { LOOKS, looking, NARROW } from '../support/admin/looks';
import {
  type AdminPanel,
  axeProblems,
  BUILD_TIMEOUT,
  keepShot,
  startAdminPanel,
} from '../support/admin/panel';
import { computeRanking, seedAdminWorld } from '../support/admin/world';
import { browserTest, hasBrowser } from '../support/browser';

/** Several screens one after the other, on a machine that may be busy. */
const TIMEOUT = 120_000;
const ADVICE = '/plugins/clv/advice';
const SETTINGS = '/plugins/clv/settings';

describe.skipIf(!hasBrowser)('the Advice page', () => {
  let panel: AdminPanel;
  beforeAll(async () => {
    panel = await startAdminPanel({ prediction: { schedule: false }, ranking: { schedule: false } });
  }, BUILD_TIMEOUT);
  afterAll(() => panel?.stop());

  const isAdvice = (url: URL) => url.pathname === '/clv/advice';
  const answerWith = (page: Page, json: AdvicePage) =>
    page.route(isAdvice, (route) => route.fulfill({ json }));
  const goTo = (page: Page, name: string) =>
    page.locator('main nav').getByRole('link', { name, exact: true }).click();
  const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

  browserTest.for(LOOKS)('before the first run in $language, $theme', { timeout: TIMEOUT }, async (look) => {
    const { open, say, isSound } = looking(panel, look);
    const { page, problems } = await open(ADVICE);
    await page
      .getByText(say({ en: 'Advice comes out of each run', it: 'I consigli nascono da ogni calcolo' }))
      .waitFor();
    await isSound(page, problems, 'advice-empty');
  });

  browserTest.for(LOOKS)('full and narrow in $language, $theme', { timeout: TIMEOUT }, async (look) => {
    const { open, say, isSound } = looking(panel, look);
    const { page, problems } = await open(SETTINGS);
    await answerWith(page, ADVICE_PAGE);
    await goTo(page, say({ en: 'Advice', it: 'Consigli' }));
    await card(page, say({ en: 'Write more like this', it: 'Scrivine altri così' })).waitFor();
    expect((await page.locator('main').textContent())!).not.toMatch(/NaN|Infinity|undefined/);
    await isSound(page, problems, 'advice');
    for (const [name, viewport] of [
      ['narrow', NARROW.viewport],
      ['tablet', { width: 820, height: 1100 }],
      ['wide', { width: 1280, height: 900 }],
    ] as const) {
      await page.setViewportSize(viewport);
      await isSound(page, problems, `advice-${name}`);
    }
  });

  browserTest('says of each card how sure it is, and on how many', { timeout: TIMEOUT }, async () => {
    const { page, problems } = await panel.open({ at: SETTINGS });
    await answerWith(page, ADVICE_PAGE);
    await goTo(page, 'Advice');
    const more = card(page, 'Write more like this');
    await more.waitFor();
    const first = more.locator('ol > li').first();
    const told = (await first.textContent())!;
    for (const part of [
      'Topic',
      'pricing',
      '+38%',
      '+21% to +57%',
      '6 of 7 pieces compared',
      '1,834 readers',
    ])
      expect(told).toContain(part);
    expect(await first.getByRole('link').allTextContents()).toHaveLength(3);
    const gap = (await card(page, 'Gaps').textContent())!;
    for (const part of [
      'Platinum',
      'safety',
      '×2.91',
      '×1.62 to ×5.23',
      '231 of 412',
      '14.3%',
      '12.1% to 16.5%',
    ])
      expect(gap).toContain(part);
    const fading = (await card(page, 'Fading').textContent())!;
    for (const part of [
      '31.4 → 9.1 new readers a month',
      '×0.36',
      '×0.24 to ×0.55',
      '25 in the last 12 weeks',
    ])
      expect(fading).toContain(part);
    expect(await card(page, 'Rising').textContent()).toContain('12 → 30 new readers a month');
    await page.getByText('The ranking behind this failed its own checks').waitFor();
    expect(problems).toEqual([]);
  });

  browserTest.for(LOOKS)(
    'a run that found nothing says why in $language, $theme',
    { timeout: TIMEOUT },
    async (look) => {
      const { open, say, isSound } = looking(panel, look);
      const { page, problems } = await open(SETTINGS);
      await answerWith(page, NOTHING_PAGE);
      await goTo(page, say({ en: 'Advice', it: 'Consigli' }));
      await page.getByText(say({ en: 'No group stands out', it: 'Nessun gruppo spicca' })).waitFor();
      await page
        .getByText(say({ en: '12 of 30 readers of high value', it: '12 di 30 lettori di alto valore' }))
        .waitFor();
      await isSound(page, problems, 'advice-nothing');
    },
  );

  browserTest.for(LOOKS)('loading and failing in $language, $theme', { timeout: TIMEOUT }, async (look) => {
    const { open, say, keep } = looking(panel, look);
    const { page } = await open(SETTINGS);
    let fail = () => {};
    const failed = new Promise<void>((resolve) => {
      fail = resolve;
    });
    await page.route(isAdvice, async (request) => {
      await failed;
      await request.fulfill({
        status: 500,
        json: { error: { status: 500, message: 'Internal Server Error' } },
      });
    });
    await goTo(page, say({ en: 'Advice', it: 'Consigli' }));
    await page.locator('main [aria-busy=true][role=status]').waitFor();
    await keep(page, 'advice-loading');
    fail();
    await page.locator('main').getByRole('alert').waitFor();
    await keep(page, 'advice-error');
    expect(await axeProblems(page)).toEqual([]);
    await page.unroute(isAdvice);
    await page.getByRole('button', { name: say({ en: 'Try again', it: 'Riprova' }) }).click();
    await page
      .getByText(say({ en: 'Advice comes out of each run', it: 'I consigli nascono da ogni calcolo' }))
      .waitFor();
  });

  browserTest('an item has its sentence on its own page', { timeout: TIMEOUT }, async () => {
    const world = await seedAdminWorld(panel.strapi);
    await computeRanking(panel.strapi);
    const title = await world.titleOf('support');
    const [{ id }] = await panel.strapi.db
      .connection('clv_contents')
      .where({ document_id: world.of('support').documentId, locale: world.of('support').locale })
      .select('id');
    const token = await adminToken(panel.strapi, panel.url);
    const answer = await fetch(`${panel.url}/clv/advice/item?contentId=${id}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { advice } = (await answer.json()) as ItemAdviceAnswer;
    expect(advice!.sentences['first-order']).toMatchObject({ code: 'support' });
    const { page, problems } = await panel.open({ at: `/plugins/clv/rankings/item/${id}` });
    await page.getByRole('heading', { name: title }).first().waitFor();
    const sentence = card(page, 'In one sentence');
    await sentence.getByText(/^Support: \d+% of its readers had already ordered/).waitFor();
    await keepShot(page, 'item-advice');
    expect(await axeProblems(page, 'main')).toEqual([]);
    await goTo(page, 'Advice');
    await card(page, 'Gaps').waitFor();
    expect(problems).toEqual([]);
  });
});
