import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { LOOKS, looking, NARROW } from '../support/admin/looks';
import {
  type AdminPanel,
  axeProblems,
  BUILD_TIMEOUT,
  keepShot,
  startAdminPanel,
} from '../support/admin/panel';
import { fakeSegments, LONG_NAME, someSegments } from '../support/admin/segments-fixture';
import { browserTest, hasBrowser } from '../support/browser';

/** Several screens one after the other, on a machine that may be busy. */
const TIMEOUT = 120_000;
const SEGMENTS = '/plugins/clv/segments';
const config = { ranking: { schedule: false }, prediction: { schedule: false } };
const MEDIUM = { viewport: { width: 768, height: 900 } };
/** A window of 1280 × 900 whose text is twice as large. */
const ZOOMED = { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 };

if (hasBrowser) {
  describe('the Segments pages', () => {
    let panel: AdminPanel;
    beforeAll(async () => {
      panel = await startAdminPanel(config);
    }, BUILD_TIMEOUT);
    afterAll(() => panel?.stop());

    const eventually = <T>(look: () => Promise<T> | T) => expect.poll(look, { timeout: 20_000 });
    const main = (page: Page) => page.locator('main');
    const button = (page: Page, name: string | RegExp) => main(page).getByRole('button', { name });
    const count = (page: Page) => page.locator('aside').getByRole('status');
    const focused = (page: Page) =>
      page.evaluate(
        () => document.activeElement?.closest('label')?.textContent ?? document.activeElement?.textContent,
      );

    async function opened(
      at: string,
      look: Partial<Parameters<AdminPanel['open']>[0]> = {},
      first = someSegments(),
    ) {
      const screen = await panel.open({ at: '/', ...look });
      const fake = await fakeSegments(screen.page, first);
      await screen.page.goto(`${panel.url}/admin${at}`);
      return { screen, page: screen.page, fake };
    }

    browserTest.for(LOOKS)('every screen in $language, $theme', { timeout: TIMEOUT }, async (look) => {
      const { say, isSound, open } = looking(panel, look);
      const { page, problems } = await open('/');
      const fake = await fakeSegments(page, []);
      const go = (at: string) => page.goto(`${panel.url}/admin${at}`);
      const shown = (words: Record<'en' | 'it', string>) => page.getByText(say(words)).first().waitFor();

      let release = () => {};
      fake.hold = new Promise((resolve) => {
        release = resolve;
      });
      await go(SEGMENTS);
      await main(page).locator('[aria-busy=true]').waitFor();
      await isSound(page, problems, 'segments-loading');
      fake.hold = null;
      release();
      await shown({ en: 'Say whom you mean once', it: 'Definisci una volta' });
      await isSound(page, problems, 'segments-empty');

      await page
        .getByRole('link', { name: say({ en: 'Best customers at risk', it: 'Migliori clienti a rischio' }) })
        .click();
      await count(page).getByText('412').waitFor();
      await isSound(page, problems, 'segments-starter');
      await button(page, say({ en: 'Add a condition', it: 'Aggiungi una condizione' })).click();
      await page.getByRole('menu').waitFor();
      await isSound(page, problems, 'segments-fields', 'main');
      await page.keyboard.press('Escape');

      fake.segments = someSegments();
      await go(SEGMENTS);
      await page.getByRole('link', { name: 'Met at the fair' }).waitFor();
      await isSound(page, problems, 'segments-list');
      await page.getByRole('link', { name: 'Best customers at risk' }).click();
      await page.getByRole('link', { name: 'C-1000' }).waitFor();
      await page.getByText('دليل صيانة المضخات').first().waitFor();
      await isSound(page, problems, 'segments-page');
      await page.getByRole('link', { name: say({ en: 'Edit', it: 'Modifica' }), exact: true }).click();
      await count(page).getByText('412').waitFor();
      const picker = page.getByRole('combobox', {
        name: say({ en: 'Any of these items', it: 'Uno di questi contenuti' }),
      });
      await picker.click();
      await page.getByRole('option', { name: /Sizing a pump/ }).waitFor();
      await isSound(page, problems, 'segments-edit');

      fake.valued = false;
      await go(SEGMENTS);
      await shown({
        en: 'Before the first value run nobody',
        it: 'Prima del primo calcolo del valore nessuno',
      });
      await isSound(page, problems, 'segments-not-valued');
      expect(await main(page).textContent()).not.toMatch(/clv\.segments\.|NaN|undefined/);
      expect(fake.wrong).toEqual([]);

      fake.down = 500;
      await page.reload();
      await shown({
        en: 'The segments could not be loaded',
        it: 'Non è stato possibile caricare i segmenti',
      });
      await keepShot(page, `segments-error-${look.language}-${look.theme}`);
      expect(await axeProblems(page)).toEqual([]);
      fake.down = null;
      await button(page, say({ en: 'Try again', it: 'Riprova' })).click();
      await page.getByRole('link', { name: 'Met at the fair' }).waitFor();
    });

    browserTest('makes a segment by the keyboard alone', { timeout: TIMEOUT }, async () => {
      const { page, fake, screen } = await opened(`${SEGMENTS}/new`);
      await button(page, 'Add a condition').focus();
      await page.keyboard.press('Enter');
      await page.getByRole('menuitem', { name: 'Tier', exact: true }).press('Enter');
      // The focus is on the first choice of what was added.
      await eventually(() => focused(page)).toBe('Platinum');
      await page.keyboard.press('Space');
      await count(page).getByText('412').waitFor();
      expect((await count(page).textContent())!.replace(/\s+/g, ' ')).toMatch(
        /412 people.*2\.8% of 14,900 people.*€2,214.*€785/,
      );

      await button(page, 'Add a group').press('Enter');
      const group = page.getByRole('group', { name: 'Group of conditions' });
      await eventually(() => page.evaluate(() => document.activeElement?.id ?? '')).toMatch(
        /^add-condition-\d/,
      );
      await page.keyboard.press('Enter');
      await page.getByRole('menuitem', { name: 'Last order', exact: true }).press('Enter');
      await eventually(() => focused(page)).toMatch(/^at least/);
      await page.keyboard.type('90');
      await group.getByRole('button', { name: 'Add a condition' }).press('Enter');
      await page.getByRole('menuitem', { name: 'Content', exact: true }).press('Enter');
      const items = group.getByRole('combobox', { name: 'Any of these items' });
      await items.focus();
      await page.keyboard.type('sizing');
      await page.getByRole('option', { name: /Sizing a pump/ }).waitFor();
      await eventually(() => page.getByRole('option').count()).toBe(1);
      await page.keyboard.press('Enter');
      await page.getByRole('textbox', { name: 'Name', exact: false }).first().fill('Quiet or reading');
      await page.getByText('People whose tier is Platinum, and (whose last order').waitFor();
      await page.keyboard.press('Enter');
      await page.waitForURL(/segments\/made$/);
      expect(fake.asked.find(({ path }) => path === '')!.body).toEqual({
        name: 'Quiet or reading',
        description: '',
        membership: 'live',
        public: false,
        toCrm: false,
        rules: {
          match: 'all',
          rules: [
            { field: 'tier', is: ['platinum'] },
            {
              match: 'any',
              rules: [
                { field: 'lastOrder', atLeastDays: 90 },
                { field: 'content', did: true, contents: ['api::white-paper.white-paper/bb/en'] },
              ],
            },
          ],
        },
      });
      expect(fake.wrong).toEqual([]);
      expect(screen.problems).toEqual([]);
    });

    browserTest('says what is missing or wrong beside it, and goes there', { timeout: TIMEOUT }, async () => {
      const { page, fake } = await opened(`${SEGMENTS}/new?starter=promising`);
      const share = page.getByRole('group', { name: 'Likely to buy' });
      await share.getByLabel('at least').fill('130');
      await share.getByText('Write a number from 0 to 100.').waitFor();
      await page.getByText('Conditions that are not complete do not count yet.').waitFor();
      await button(page, 'Save segment').click();
      await eventually(() => focused(page)).toMatch(/^at least/);
      await share.getByLabel('at least').fill('40');
      await share.getByLabel('at most').fill('20,5');
      await share.getByText('This must not be less than').waitFor();
      await share.getByLabel('at most').fill('80,5');
      await button(page, 'Add a condition').click();
      await page.getByRole('menuitem', { name: 'Company' }).click();
      const company = page.getByRole('combobox', { name: /^Company/ });
      await button(page, 'Save segment').click();
      await page.getByText('Choose at least one.').waitFor();
      await eventually(() => company.evaluate((element) => element === document.activeElement)).toBe(true);
      await keepShot(page, 'segments-wrong');
      expect(await axeProblems(page)).toEqual([]);
      await company.fill('company 27');
      await page.getByRole('option').click();
      await button(page, 'Remove: Last read').click();
      await page.getByText('Removed: Last read').waitFor();
      await page.getByRole('textbox', { name: 'Short name' }).fill('No Spaces');
      await page.getByText('At most 64 of').waitFor();
      await page.getByRole('textbox', { name: 'Short name' }).fill('promising');
      await button(page, 'Save segment').click();
      await page.waitForURL(/segments\/made$/);
      const { body } = fake.asked.find(({ path }) => path === '')!;
      expect(body).toMatchObject({ slug: 'promising', name: 'Promising readers' });
      expect((body as { rules: unknown }).rules).toEqual({
        match: 'all',
        rules: [
          { field: 'kind', is: ['prospect'] },
          { field: 'buyProbability', min: 0.4, max: 0.805 },
          { field: 'company', is: ['Company 27 & Söhne GmbH'] },
        ],
      });
    });

    browserTest('counts once when the typing pauses', { timeout: TIMEOUT }, async () => {
      const { page, fake } = await opened(`${SEGMENTS}/new?starter=new-in-top`);
      await page.clock.install();
      await page.reload();
      await count(page).getByText('412').waitFor();
      const asked = () => fake.asked.filter(({ path }) => path === '/count');
      const days = page.getByRole('group', { name: 'First order' }).getByLabel('at most');
      await page.clock.pauseAt(Date.now() + 600_000);
      const before = asked().length;
      for (const typed of ['1', '12', '123']) await days.fill(typed);
      await page.clock.runFor(300);
      await days.fill('1234');
      await page.clock.runFor(300);
      expect(asked().length).toBe(before);
      await page.clock.runFor(2_000);
      await eventually(() => asked().length).toBe(before + 1);
      expect(asked().at(-1)!.body).toMatchObject({
        rules: { rules: [{ field: 'tier' }, { field: 'firstOrder', atMostDays: 1_234 }] },
      });
      await page.clock.resume();
      fake.valued = false;
      await days.fill('30');
      await count(page).getByText('Before the first value run nobody is in any segment').waitFor();
    });

    browserTest(
      'gives a count up when the rules are other ones meanwhile',
      { timeout: TIMEOUT },
      async () => {
        const { page, fake } = await opened(`${SEGMENTS}/new?starter=new-in-top`);
        await count(page).getByText('412').waitFor();
        const asked = () => fake.asked.filter(({ path }) => path === '/count').length;
        const days = page.getByRole('group', { name: 'First order' }).getByLabel('at most');
        const before = asked();
        let release = () => {};
        fake.hold = new Promise((resolve) => {
          release = resolve;
        });
        const givenUp = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/count'));
        await days.fill('20');
        await eventually(asked).toBe(before + 1);
        await days.fill('30');
        expect((await givenUp).postDataJSON()).toMatchObject({
          rules: { rules: [{ field: 'tier' }, { field: 'firstOrder', atMostDays: 20 }] },
        });
        fake.hold = null;
        release();
        await eventually(() => page.locator('aside [aria-busy=true]').count()).toBe(0);
        await days.fill('20');
        await eventually(asked).toBe(before + 3);
        await count(page).getByText('412').waitFor();
      },
    );

    browserTest(
      'exports, renews, and does not delete what something goes by',
      { timeout: TIMEOUT },
      async () => {
        const { page, fake } = await opened(`${SEGMENTS}/fair-2026`);
        const [file] = await Promise.all([page.waitForEvent('download'), button(page, 'Export CSV').click()]);
        expect(file.suggestedFilename()).toBe('clv-segment-fair-2026.csv');
        expect(await readFile(await file.path(), 'utf8')).toContain('C-1000');
        await button(page, 'Renew members').click();
        await page.getByText('Renewed: Met at the fair').waitFor();
        fake.usedBy = [{ kind: 'trigger', id: 'leaving', name: 'Win back' }];
        await page.reload();
        await page.getByRole('link', { name: 'Win back' }).waitFor();
        await button(page, 'Delete segment').click();
        await page.getByRole('alertdialog').getByRole('button', { name: 'Delete segment' }).click();
        await page.getByText('goes by it; change that first').waitFor();
        await keepShot(page, 'segments-in-use');
        expect(await axeProblems(page)).toEqual([]);
        fake.usedBy = [];
        await button(page, 'Delete segment').click();
        await page.getByRole('alertdialog').getByRole('button', { name: 'Delete segment' }).click();
        await page.waitForURL(/\/segments$/);
        await eventually(() => page.getByRole('link', { name: 'Met at the fair' }).count()).toBe(0);
        expect(fake.wrong).toEqual([]);
      },
    );

    browserTest('shows whoever may only look neither persons nor buttons', { timeout: TIMEOUT }, async () => {
      const may = ['plugin::clv.activation.read'];
      const { page, screen } = await opened(`${SEGMENTS}/fair-2026`, { may });
      await page.getByText('Single members are shown to').waitFor();
      await keepShot(page, 'segments-read-only');
      expect(await axeProblems(page)).toEqual([]);
      expect(await button(page, /Export|Renew|Delete/).count()).toBe(0);
      expect(await page.getByRole('link', { name: 'Edit' }).count()).toBe(0);
      await page.goto(`${panel.url}/admin${SEGMENTS}`);
      await page.getByRole('link', { name: 'Met at the fair' }).waitFor();
      expect(await page.getByRole('link', { name: 'New segment' }).count()).toBe(0);
      for (const at of ['new', 'fair-2026/edit']) {
        await page.goto(`${panel.url}/admin${SEGMENTS}/${at}`);
        await page.getByText(/don.t have the permissions/).waitFor();
      }
      expect(screen.problems).toEqual([]);
    });

    browserTest('makes, exports and deletes a segment on a real server', { timeout: TIMEOUT }, async () => {
      const { page, problems } = await panel.open({ at: SEGMENTS });
      await page.getByRole('link', { name: 'Best customers at risk' }).click();
      // Nobody has a value yet on this server.
      await count(page).getByText('Before the first value run nobody is in any segment').waitFor();
      await button(page, 'Save segment').click();
      await page.getByText('People whose tier is Platinum, and whose stage is').waitFor();
      expect(new URL(page.url()).pathname).toMatch(/segments\/[\w-]{20,}$/);
      await page.getByText('Nobody is in it now.').waitFor();
      const [file] = await Promise.all([page.waitForEvent('download'), button(page, 'Export CSV').click()]);
      expect(file.suggestedFilename()).toMatch(/^clv-segment-best-customers-at-risk-/);
      expect(await readFile(await file.path(), 'utf8')).toMatch(/customer_ids/);
      await page.getByRole('link', { name: 'Edit', exact: true }).click();
      await page.getByRole('radio', { name: /^Static/ }).check();
      await button(page, 'Save segment').click();
      await button(page, 'Renew members').click();
      await page.getByText('Renewed: Best customers at risk').waitFor();
      await button(page, 'Delete segment').click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Delete segment' }).click();
      await page.getByText('Say whom you mean once').waitFor();
      expect(problems).toEqual([]);
    });

    browserTest.for([
      ['narrow', NARROW],
      ['medium', MEDIUM],
      ['zoomed', ZOOMED],
    ] as const)('fits a %s window', { timeout: TIMEOUT }, async ([size, options]) => {
      const { page, screen } = await opened(SEGMENTS, { options });
      const fits = async (name: string) => {
        await keepShot(page, `segments-${size}-${name}`);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(over, name).toBeLessThanOrEqual(0);
        expect(await axeProblems(page), name).toEqual([]);
      };
      await page.getByRole('link', { name: LONG_NAME }).waitFor();
      await fits('list');
      await page.goto(`${panel.url}/admin${SEGMENTS}/long`);
      await page.getByRole('link', { name: 'C-1000' }).waitFor();
      await fits('page');
      await page.goto(`${panel.url}/admin${SEGMENTS}/best-at-risk/edit`);
      await count(page).getByText('412').waitFor();
      await fits('edit');
      expect(screen.problems).toEqual([]);
    });
  });
}
