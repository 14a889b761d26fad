import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { JourneysPage } from '../../server/src/ranking/journeys/api-types';
import { adminToken } from '../support/admin';
import { COMPARISON_ID, itemAnswer, JOURNEYS_PAGE, PRICES_ID } from '../support/admin/journeys-fixture';
import { LOOKS, looking, NARROW } from '../support/admin/looks';
import { type AdminPanel, axeProblems, BUILD_TIMEOUT, startAdminPanel } from '../support/admin/panel';
import { computeRanking, seedAdminWorld } from '../support/admin/world';
import { browserTest, hasBrowser } from '../support/browser';

/** Several screens one after the other, on a machine that may be busy. */
const TIMEOUT = 120_000;
const JOURNEYS = '/plugins/clv/journeys';
const SETTINGS = '/plugins/clv/settings';

describe.skipIf(!hasBrowser)('the Journeys page', () => {
  let panel: AdminPanel;
  beforeAll(async () => {
    panel = await startAdminPanel({ prediction: { schedule: false }, ranking: { schedule: false } });
  }, BUILD_TIMEOUT);
  afterAll(() => panel?.stop());

  const report = JOURNEYS_PAGE.report!;
  const titleOf = (id: number) => JOURNEYS_PAGE.contents.find(({ contentId }) => contentId === id)!.title;
  const goTo = (page: Page, name: string) =>
    page.locator('main nav').getByRole('link', { name, exact: true }).click();
  const eventually = <T>(look: () => Promise<T> | T) => expect.poll(look, { timeout: 20_000 });

  /** Answers with the journeys of some thousand people. */
  async function tellOfMany(page: Page): Promise<void> {
    await page.route(
      (url) => url.pathname === '/clv/journeys',
      (route) => route.fulfill({ json: JOURNEYS_PAGE }),
    );
    await page.route(
      (url) => url.pathname === '/clv/journeys/item',
      (route, request) => {
        const id = Number(new URL(request.url()).searchParams.get('contentId'));
        return route.fulfill({ json: itemAnswer(id) });
      },
    );
  }

  browserTest.for(LOOKS)('before the first run in $language, $theme', { timeout: TIMEOUT }, async (look) => {
    const { open, say, isSound } = looking(panel, look);
    const { page, problems } = await open(JOURNEYS);
    await page
      .getByText(say({ en: 'Journeys are followed by', it: 'I percorsi sono ricostruiti' }))
      .waitFor();
    await isSound(page, problems, 'journeys-empty');
  });

  browserTest.for(LOOKS)('full and narrow in $language, $theme', { timeout: TIMEOUT }, async (look) => {
    const { open, say, isSound } = looking(panel, look);
    const { page, problems } = await open(SETTINGS);
    await tellOfMany(page);
    await goTo(page, say({ en: 'Journeys', it: 'Percorsi' }));
    const wide = page.viewportSize()!;
    const item = page.getByRole('region', {
      name: say({ en: 'What is read next', it: 'Che cosa si legge dopo' }),
    });
    await item.locator('table').waitFor();
    expect((await page.locator('main').textContent())!).not.toMatch(/NaN|Infinity|undefined/);
    await isSound(page, problems, 'journeys');
    for (const [name, viewport] of [
      ['narrow', NARROW.viewport],
      ['tablet', { width: 820, height: 1100 }],
    ] as const) {
      await page.setViewportSize(viewport);
      await isSound(page, problems, `journeys-${name}`);
    }
    await page.setViewportSize(wide);
  });

  browserTest(
    'shows whence people came and where they went, by pointer and by keyboard',
    { timeout: TIMEOUT },
    async () => {
      const { page, problems } = await panel.open({ at: SETTINGS });
      await tellOfMany(page);
      await goTo(page, 'Journeys');
      const flow = page.getByRole('region', { name: 'How journeys go' });
      const entry = report.flow.nodes.find(({ step, key }) => step === 0 && key === PRICES_ID)!;
      const bar = flow
        .getByRole('link', { name: `${titleOf(PRICES_ID)}: ${entry.persons.toLocaleString('en')}` })
        .first();
      await bar.locator('.bar').hover();
      await flow.getByText('Went on to:').waitFor();
      await page.mouse.move(0, 0);
      await flow.getByText('Point at a bar').waitFor();
      await bar.focus();
      await flow.getByText('Went on to:').waitFor();
      await page.keyboard.press('Enter');
      await eventually(() => page.url()).toContain(`item=${PRICES_ID}`);

      // The table tells the same: everyone who left the first step is in its rows.
      await flow.getByRole('button', { name: 'Show as table' }).click();
      const rows = await flow.locator('tbody tr').allTextContents();
      expect(rows).toHaveLength(report.flow.links.length);
      expect(problems).toEqual([]);
    },
  );

  browserTest('lists paths of every length, and of the best tier', { timeout: TIMEOUT }, async () => {
    const { page, problems } = await panel.open({ at: SETTINGS });
    await tellOfMany(page);
    await goTo(page, 'Journeys');
    const paths = page.getByRole('region', { name: 'Most frequent paths' });
    await paths.getByRole('radio', { name: 'Last 2' }).check({ force: true });
    const two = report.paths.find(({ length }) => length === 2)!;
    const first = two.paths[0]!;
    await eventually(() => paths.locator('ol > li').first().textContent()).toContain(
      `${first.customers} customers`,
    );
    for (const id of first.contentIds) await paths.getByText(titleOf(id)).first().waitFor();
    await paths.getByRole('radio', { name: 'Now in Platinum' }).check({ force: true });
    if (!('paths' in report.topTier)) throw new Error('The fixture has a best tier.');
    const best = report.topTier.paths.find(({ length }) => length === 2)!;
    await paths.getByText(`What ${best.customers} customers read last`).waitFor();
    expect(problems).toEqual([]);
  });

  browserTest('finds an item by its title, and tells what was read next', { timeout: TIMEOUT }, async () => {
    const { page, problems } = await panel.open({ at: SETTINGS });
    await tellOfMany(page);
    await goTo(page, 'Journeys');
    const item = page.getByRole('region', { name: 'What is read next' });
    const field = item.getByRole('combobox', { name: 'Content item' });
    await field.click();
    await eventually(() => page.getByRole('option').count()).toBe(report.items.length);
    await field.fill('Comparing the');
    await page.getByRole('option', { name: titleOf(COMPARISON_ID) }).click();
    const row = item.locator('tbody tr').first();
    await eventually(() => row.textContent()).toContain(titleOf(PRICES_ID));
    const next = itemAnswer(COMPARISON_ID).item!.next[0]!;
    expect(next.contentId).toBe(PRICES_ID);
    expect(await row.textContent()).toContain(`▲ ×${'value' in next.lift ? next.lift.value.toFixed(2) : ''}`);
    await eventually(() => page.url()).toContain(`item=${COMPARISON_ID}`);
    await row.getByRole('button').click();
    await eventually(() => field.inputValue()).toBe(titleOf(PRICES_ID));
    expect(problems).toEqual([]);
  });

  browserTest.for(LOOKS)('loading and failing in $language, $theme', { timeout: TIMEOUT }, async (look) => {
    const { open, say, keep } = looking(panel, look);
    const { page } = await open(SETTINGS);
    let fail = () => {};
    const failed = new Promise<void>((resolve) => {
      fail = resolve;
    });
    const route = (url: URL) => url.pathname === '/clv/journeys';
    await page.route(route, async (request) => {
      await failed;
      await request.fulfill({
        status: 500,
        json: { error: { status: 500, message: 'Internal Server Error' } },
      });
    });
    await goTo(page, say({ en: 'Journeys', it: 'Percorsi' }));
    await page.locator('main [aria-busy=true][role=status]').waitFor();
    await keep(page, 'journeys-loading');
    fail();
    await page.locator('main').getByRole('alert').waitFor();
    await keep(page, 'journeys-error');
    expect(await axeProblems(page)).toEqual([]);
    await page.unroute(route);
    await page.getByRole('button', { name: say({ en: 'Try again', it: 'Riprova' }) }).click();
    await page
      .getByText(say({ en: 'Journeys are followed by', it: 'I percorsi sono ricostruiti' }))
      .waitFor();
  });

  browserTest('shows what a run found, and gives it as files', { timeout: TIMEOUT }, async () => {
    await seedAdminWorld(panel.strapi);
    await computeRanking(panel.strapi);
    const token = await adminToken(panel.strapi, panel.url);
    const answer = await fetch(`${panel.url}/clv/journeys`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const told = ((await answer.json()) as JourneysPage).report!;
    const { page, problems } = await panel.open({ at: JOURNEYS });
    await page.getByRole('region', { name: 'How journeys go' }).waitFor();
    expect(await page.locator('main').textContent()).toContain(
      `${told.counts.readers} people by the first items`,
    );
    await page.getByRole('button', { name: 'Export CSV' }).click();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'First items' }).click(),
    ]);
    const lines = (await readFile((await file.path())!, 'utf8')).trim().split(/\r?\n/);
    expect(lines).toHaveLength(told.entries.length + 1);
    expect(problems).toEqual([]);
  });
});
