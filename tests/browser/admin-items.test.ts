import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { RankingPage } from '../../server/src/ranking/api-types';
import { type AdminPanel, axeProblems, BUILD_TIMEOUT, startAdminPanel } from '../support/admin/panel';
import { type AdminWorld, computeRanking, seedAdminWorld } from '../support/admin/world';
import { browserTest, hasBrowser } from '../support/browser';

const RANKINGS = '/plugins/clv';

describe.skipIf(!hasBrowser)('single items', () => {
  let panel: AdminPanel;
  let world: AdminWorld;
  beforeAll(async () => {
    panel = await startAdminPanel();
    world = await seedAdminWorld(panel.strapi);
    await computeRanking(panel.strapi);
  }, BUILD_TIMEOUT);
  afterAll(() => panel?.stop());

  const eventually = <T>(look: () => Promise<T> | T) => expect.poll(look, { timeout: 20_000 });
  const card = (page: Page, heading: string) =>
    page.locator('section').filter({ has: page.getByRole('heading', { name: heading }) });

  browserTest('a row of the ranking leads to the item’s own page and its figures', async () => {
    const { page, problems } = await panel.open({ at: RANKINGS });
    const title = await world.titleOf('best');
    await page.getByRole('link', { name: title, exact: true }).click();
    await page.getByRole('heading', { name: title, level: 3 }).waitFor();
    expect(page.url()).toContain(`/rankings/item/${world.idOf('best')}`);
    const text = await page.getByRole('main').textContent();
    for (const part of ['Associated', 'Plain', 'Adjusted', 'the typical piece of like reach'])
      expect(text).toContain(part);
    for (const heading of [
      'From plain to fair',
      'How value is distributed',
      'Are readers like the others?',
      'Who reads it',
      'From run to run',
      'Credit by attribution model',
    ])
      expect(await card(page, heading).count()).toBe(1);
    expect(await card(page, 'Who reads it').textContent()).toContain('newsletter');
    expect(problems).toEqual([]);
  });

  browserTest('an item with hardly a reader has a page without figures', async () => {
    const { page, problems } = await panel.open({ at: `/plugins/clv/rankings/item/${world.idOf('few')}` });
    await page.getByText(/Only \d+ people have read it so far/).waitFor();
    expect(await card(page, 'Are readers like the others?').count()).toBe(0);
    expect(await page.getByRole('main').textContent()).not.toMatch(/NaN|Infinity|undefined/);
    expect(problems).toEqual([]);
  });

  browserTest('an item that does not exist says so', async () => {
    const { page } = await panel.open({ at: '/plugins/clv/rankings/item/999999' });
    await page.getByText('There is no such item').waitFor();
  });

  browserTest('a closer look is started by a button, and says what it found', async () => {
    const { page, problems } = await panel.open({ at: `/plugins/clv/rankings/item/${world.idOf('best')}` });
    await page.getByRole('button', { name: 'Look closer' }).click();
    const look = page.getByRole('region', { name: 'A closer look' });
    await look.getByText(/would have to raise both reading and high value \d/).waitFor();
    expect(await look.textContent()).toContain('Doubly robust');
    expect(await look.textContent()).toContain('1 visit');
    await look.getByRole('button', { name: 'Look again' }).waitFor();
    expect(problems).toEqual([]);
  });

  browserTest('a role that may only read cannot start a closer look', async () => {
    const { page } = await panel.open({
      at: `/plugins/clv/rankings/item/${world.idOf('second')}`,
      may: ['plugin::clv.rankings.read'],
    });
    await page.getByRole('heading', { name: 'A closer look' }).waitFor();
    expect(await page.getByRole('button', { name: 'Look closer' }).count()).toBe(0);
  });

  browserTest('items chosen in the ranking are compared, and others added by their title', async () => {
    const { page, problems } = await panel.open({ at: RANKINGS });
    const [best, worst] = [await world.titleOf('best'), await world.titleOf('worst')];
    await page.getByRole('checkbox', { name: `Compare ${best}` }).check();
    await page.getByText('choose another to compare').waitFor();
    await page.getByRole('checkbox', { name: `Compare ${worst}` }).press('Space');
    await page.getByRole('link', { name: 'Compare', exact: true }).click();
    await page.getByText(`“${best}” is above “${worst}”:`).waitFor();
    expect(await page.getByText('take the two estimates for independent').count()).toBe(1);

    const second = await world.titleOf('second');
    await page.getByRole('searchbox', { name: 'Add an item by its title' }).fill(second.slice(0, 14));
    await page.getByRole('button', { name: second }).click();
    await page.getByText(`is above “${second}”:`).first().waitFor();
    await page.getByRole('button', { name: `Take ${worst} away` }).click();
    await eventually(() => page.getByText(worst).count()).toBe(0);
    expect(new URL(page.url()).searchParams.get('items')).toBe(
      `${world.idOf('best')},${world.idOf('second')}`,
    );
    expect(problems).toEqual([]);
  });

  browserTest('the report fills A4 pages with the sheet alone, black on white in the dark too', async () => {
    const { page, problems } = await panel.open({ at: '/plugins/clv/rankings/report', theme: 'dark' });
    await page.getByRole('button', { name: 'Print or save as PDF' }).waitFor();
    await page.getByText('How this was made').waitFor();
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    const pages = pdf.match(/\/Type\s*\/Page\b(?!s)/g)!.length;
    expect(pages).toBeGreaterThanOrEqual(2);
    expect(pages).toBeLessThanOrEqual(4);
    expect(pdf).toMatch(/\/MediaBox\s*\[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]/);

    await page.emulateMedia({ media: 'print' });
    const sheet = page.locator('#clv-report');
    const looks = await sheet.evaluate((element) => {
      const { color, backgroundColor } = getComputedStyle(element);
      return { color, backgroundColor, body: getComputedStyle(document.body).backgroundColor };
    });
    expect(looks).toEqual({
      color: 'rgb(17, 17, 17)',
      backgroundColor: 'rgb(255, 255, 255)',
      body: 'rgb(255, 255, 255)',
    });
    // biome-ignore lint/performance/useDomNodeTextContent: only what is seen gets on paper
    const printed = await page.locator('body').innerText();
    expect(printed).toContain(await world.titleOf('best'));
    expect(printed).toContain('is no proof of cause');
    expect(printed).not.toContain('Print or save as PDF');
    expect(await page.getByRole('navigation').filter({ visible: true }).count()).toBe(0);
    expect(problems).toEqual([]);
  });

  browserTest('groups of items lead to the items in them', async () => {
    const { page, problems } = await panel.open({ at: RANKINGS });
    await page.getByRole('link', { name: 'By group' }).click();
    await page.getByRole('link', { name: 'White paper' }).click();
    await page.locator('tbody tr').first().waitFor();
    expect(new URL(page.url()).searchParams.get('kind')).toBe('white-paper');
    expect(problems).toEqual([]);
  });

  browserTest('exports a workbook', async () => {
    const { page } = await panel.open({ at: `${RANKINGS}?kind=white-paper` });
    await page.locator('tbody tr').first().waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: 'Export Excel' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^clv-ranking-first-order-.*\.xlsx$/);
    expect((await readFile(await file.path())).subarray(0, 2).toString()).toBe('PK');
  });

  describe('what a ranking knows of itself', () => {
    /** The server's answer, changed before the page sees it. */
    async function openWith(change: (page: RankingPage) => void) {
      const { page, problems } = await panel.open({ at: '/plugins/clv/import' });
      await page.route('**/clv/rankings?**', async (route) => {
        const answer = await route.fetch();
        const body = (await answer.json()) as RankingPage;
        change(body);
        await route.fulfill({ response: answer, json: body });
      });
      await page.goto(`${panel.url}/admin${RANKINGS}`);
      await page.locator('tbody tr').first().waitFor();
      return { page, problems };
    }

    browserTest('a ranking that failed its checks says so above its items', async () => {
      const { page } = await openWith(({ snapshot }) => {
        const check = { expected: 2, found: 9, of: 40, note: null };
        snapshot!.report.falsification = {
          checks: [
            { name: 'negative control', passed: false, ...check },
            { name: 'shuffles', passed: true, ...check, found: 1 },
          ],
          passed: false,
        };
      });
      const alert = page.getByRole('main').getByRole('alert');
      expect(await alert.textContent()).toContain('This ranking failed 1 of its 2 checks');
      await alert.getByRole('button', { name: /the checks/ }).click();
      expect(await axeProblems(page)).toEqual([]);
    });

    browserTest('without a typical piece there are adjusted figures and no verdict', async () => {
      const { page, problems } = await openWith(({ snapshot, items }) => {
        Object.assign(snapshot!.report, { typical: null, comparable: 9 });
        for (const item of items) {
          Object.assign(item, { excess: null, excessLow: null, excessHigh: null, qValue: null });
          if (item.verdict !== 'not enough data') item.verdict = 'not distinguishable';
        }
      });
      await page.getByText('No typical piece to compare with').first().waitFor();
      expect(await page.getByRole('columnheader', { name: 'Adjusted difference' }).count()).toBe(1);
      const bar = page.locator('tbody tr').first().getByRole('img');
      expect(await bar.getAttribute('aria-label')).toMatch(/^Adjusted difference: [+−]€/);
      expect(problems).toEqual([]);
    });
  });
});
