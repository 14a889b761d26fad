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
import { LONG_NAME } from '../support/admin/segments-fixture';
import { fakeTriggers, SECRET } from '../support/admin/triggers-fixture';
import { browserTest, hasBrowser } from '../support/browser';

/** Several screens one after the other, on a machine that may be busy. */
const TIMEOUT = 120_000;
const TRIGGERS = '/plugins/clv/triggers';
const config = { ranking: { schedule: false }, prediction: { schedule: false } };
const MEDIUM = { viewport: { width: 768, height: 900 } };
/** A window of 1280 × 900 whose text is twice as large. */
const ZOOMED = { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 };

if (hasBrowser) {
  describe('the Triggers pages', () => {
    let panel: AdminPanel;
    beforeAll(async () => {
      panel = await startAdminPanel(config);
    }, BUILD_TIMEOUT);
    afterAll(() => panel?.stop());

    const eventually = <T>(look: () => Promise<T> | T) => expect.poll(look, { timeout: 20_000 });
    const main = (page: Page) => page.locator('main');
    const button = (page: Page, name: string | RegExp) => main(page).getByRole('button', { name });
    const card = (page: Page, name: string) => main(page).getByRole('region', { name, exact: true });

    async function opened(at: string, look: Partial<Parameters<AdminPanel['open']>[0]> = {}) {
      const screen = await panel.open({ at: '/', ...look });
      const fake = await fakeTriggers(screen.page);
      await screen.page.goto(`${panel.url}/admin${at}`);
      return { screen, page: screen.page, fake };
    }

    browserTest.for(LOOKS)('every screen in $language, $theme', { timeout: TIMEOUT }, async (look) => {
      const { say, isSound, open } = looking(panel, look);
      const { page, problems } = await open('/');
      const go = (at: string) => page.goto(`${panel.url}/admin${at}`);
      const empty = await fakeTriggers(page, true);

      let release = () => {};
      empty.hold = new Promise((resolve) => {
        release = resolve;
      });
      await go(TRIGGERS);
      await main(page).locator('[aria-busy=true]').waitFor();
      await isSound(page, problems, 'triggers-loading');
      empty.hold = null;
      release();
      await page.getByText(say({ en: 'Hear of it when it happens', it: 'Saperlo quando succede' })).waitFor();
      await isSound(page, problems, 'triggers-empty');
      await page
        .getByRole('link', {
          name: say({ en: 'Customers about to leave', it: 'Clienti che stanno per andarsene' }),
        })
        .click();
      await page.locator('aside').getByText('412').first().waitFor();
      await isSound(page, problems, 'triggers-starter');
      await go(`${TRIGGERS}/webhooks`);
      await page
        .getByText(say({ en: 'Let your own programs', it: 'Avvisa anche i tuoi programmi' }))
        .waitFor();
      await isSound(page, problems, 'triggers-webhooks-empty');

      const fake = await fakeTriggers(page);
      await go(TRIGGERS);
      await card(page, 'Moved up').waitFor();
      await isSound(page, problems, 'triggers-list');
      await card(page, 'Customers about to leave').getByRole('link').first().click();
      await page.locator('aside').getByText('412').first().waitFor();
      await page.locator('aside summary').click();
      await page.getByText('"timing"').waitFor();
      await isSound(page, problems, 'triggers-edit');
      await go(`${TRIGGERS}/log`);
      await page.getByText('503').first().waitFor();
      await isSound(page, problems, 'triggers-log');
      await go(`${TRIGGERS}/webhooks`);
      await card(page, 'Shop').waitFor();
      await isSound(page, problems, 'triggers-webhooks');
      expect(await main(page).textContent()).not.toMatch(/clv\.(triggers|segments)\.|NaN|undefined/);
      expect(fake.wrong).toEqual([]);

      fake.down = 500;
      await go(TRIGGERS);
      await page
        .getByText(say({ en: 'could not be loaded', it: 'Non è stato possibile caricare' }))
        .waitFor();
      await keepShot(page, `triggers-error-${look.language}-${look.theme}`);
      fake.down = null;
      await button(page, say({ en: 'Try again', it: 'Riprova' })).click();
      await card(page, 'Moved up').waitFor();
    });

    browserTest('makes a trigger by the keyboard alone', { timeout: TIMEOUT }, async () => {
      const { page, fake, screen } = await opened(`${TRIGGERS}/new?kind=promising`);
      const limit = page.getByLabel('Probability of a first order, at least');
      expect(await limit.inputValue()).toBe('30');
      await limit.focus();
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type('45');
      await page.getByText('412 people are on that side now and get no message for it.').waitFor();
      await page.getByRole('combobox', { name: 'Segment' }).press('Enter');
      // The list opens on what is chosen now; until it has the focus, keys go elsewhere.
      await page.locator('[role=option]:focus').waitFor();
      await page.keyboard.press('ArrowDown');
      await page.getByRole('option', { name: 'Best customers' }).and(page.locator(':focus')).waitFor();
      await page.keyboard.press('Enter');
      await eventually(() => page.getByRole('combobox', { name: 'Segment' }).textContent()).toBe(
        'Best customers',
      );
      await page.getByRole('checkbox', { name: /^Shop/ }).press('Space');
      await page.getByRole('checkbox', { name: /^Rossi HubSpot/ }).press('Space');
      await page.getByRole('textbox', { name: 'Name' }).press('Enter');
      await page.waitForURL(/\/triggers$/);
      expect(fake.asked.at(-1)).toEqual({
        method: 'POST',
        path: '/triggers',
        body: {
          name: 'Prospects who became promising',
          kind: 'promising',
          settings: { threshold: 0.45 },
          segmentId: 'best',
          actions: { endpoints: ['shop'], connections: ['hubspot'] },
          cooldownHours: 720,
          holdout: 0.1,
          enabled: true,
        },
      });
      await card(page, 'Prospects who became promising').waitFor();
      expect(fake.wrong).toEqual([]);
      expect(screen.problems).toEqual([]);
    });

    browserTest('asks for what the kind needs, and for nothing else', { timeout: TIMEOUT }, async () => {
      const { page, fake } = await opened(`${TRIGGERS}/new`);
      await page.getByText('Choose when, and this tells whom it is about.').waitFor();
      await button(page, 'Save trigger').click();
      await page.getByText('Choose what makes somebody cross.').waitFor();
      await page.getByText('Give it a name.').waitFor();
      await eventually(() => page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('radio');
      await page.getByRole('radio', { name: /^Renewal near/ }).check();
      expect(await page.getByLabel('Before the next chance to cancel').inputValue()).toBe('30');
      await page.getByLabel('Before the next chance to cancel').fill('1,5');
      await page.getByText('Write a whole number of days, 0 to 365.').waitFor();
      await page.getByRole('radio', { name: /^Tier down/ }).check();
      expect(await page.getByLabel('Before the next chance to cancel').count()).toBe(0);
      await page.getByRole('checkbox', { name: 'Bronze' }).check();
      await page.getByLabel('Held out for comparison').fill('60');
      await page.getByText('Write a number from 0 to 50.').waitFor();
      await page.getByLabel('Held out for comparison').fill('0');
      await page.getByLabel('Once per person within').fill('0,5');
      await page.getByRole('textbox', { name: 'Name' }).fill('Fell to bronze');
      // What it says of the trigger before is paler.
      await page.locator('aside [aria-busy=false]').waitFor();
      await keepShot(page, 'triggers-form');
      expect(await axeProblems(page)).toEqual([]);
      await button(page, 'Save trigger').click();
      await page.waitForURL(/\/triggers$/);
      expect(fake.asked.at(-1)!.body).toMatchObject({
        settings: { tiers: ['bronze'] },
        holdout: 0,
        cooldownHours: 12,
      });
    });

    browserTest('tells what each trigger did, and switches it', { timeout: TIMEOUT }, async () => {
      const { page, fake } = await opened(TRIGGERS);
      const says = async (name: string) =>
        (await card(page, name).textContent())!.replace(/[\s\u2068\u2069]+/g, ' ');
      await card(page, 'Customers about to leave').waitFor();
      expect(await says('Customers about to leave')).toMatch(
        /has left reaches 50%; only of “ ?Best customers ?”.*Strapi, Shop, Rossi HubSpot.*12 without consent · 31 too soon.*Sent412Held out46Waiting3Given up2/,
      );
      expect(await says('Moved up')).toContain('moves up into Platinum or Gold');
      const onOff = card(page, 'Moved up').getByRole('switch');
      expect(await onOff.getAttribute('aria-checked')).toBe('false');
      await onOff.press('Space');
      await eventually(() => onOff.getAttribute('aria-checked')).toBe('true');
      expect(fake.asked.at(-1)).toMatchObject({
        method: 'PUT',
        path: '/triggers/up',
        body: { enabled: true },
      });

      await card(page, 'Moved up').getByRole('link', { name: 'Moved up' }).click();
      await button(page, 'Delete trigger').click();
      await page.getByRole('alertdialog').getByText('its messages leave the log').waitFor();
      await keepShot(page, 'triggers-delete');
      await page.getByRole('alertdialog').getByRole('button', { name: 'Delete trigger' }).click();
      await page.waitForURL(/\/triggers$/);
      await eventually(() => card(page, 'Moved up').count()).toBe(0);
      expect(fake.wrong).toEqual([]);
    });

    browserTest('follows each message, sends it again or drops it', { timeout: TIMEOUT }, async () => {
      const { page, fake } = await opened(`${TRIGGERS}/log`);
      const rows = page.locator('tbody tr');
      await eventually(() => rows.count()).toBe(6);
      expect(await rows.nth(1).textContent()).toContain('Held out');
      const third = rows.nth(2);
      expect(await third.textContent()).toMatch(/4 attemptsnext try in 20 minutes.*503.*Deleted meanwhile/);
      await third.getByRole('button', { name: 'Send again: Deleted meanwhile' }).click();
      await eventually(() => fake.asked.at(-1)).toEqual({
        method: 'POST',
        path: '/triggers/deliveries/retry',
        body: { deliveries: [{ messageId: 'm-3', destination: 'webhook:gone' }] },
      });
      await third.getByRole('button', { name: 'Drop: Deleted meanwhile' }).click();
      await eventually(() => third.locator('li').count()).toBe(2);
      await page.getByRole('combobox', { name: 'State' }).click();
      await page.getByRole('option', { name: 'Held out' }).click();
      await eventually(() => rows.count()).toBe(1);
      await page.getByRole('combobox', { name: 'Trigger' }).click();
      await page.getByRole('option', { name: 'Moved up' }).click();
      await page.getByText('No message matches the filters.').waitFor();
      await button(page, 'Clear search and filters').click();
      await eventually(() => rows.count()).toBe(6);
    });

    browserTest('shows the secret of a webhook once, and tests it', { timeout: TIMEOUT }, async () => {
      const { page, fake, screen } = await opened(`${TRIGGERS}/webhooks`);
      await button(page, 'Add a webhook').click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name').fill('Newsletter');
      await dialog.getByLabel('Address').fill('no address');
      await dialog.getByRole('button', { name: 'Add a webhook' }).click();
      await dialog.getByText('Write an address, such as').waitFor();
      await dialog.getByLabel('Address').fill('https://news.example.com/clv');
      await dialog.getByLabel('Address').press('Enter');
      await page.getByText('It is shown only this once').waitFor();
      await keepShot(page, 'triggers-secret');
      expect(await axeProblems(page, '[role=dialog]')).toEqual([]);
      expect(await dialog.textContent()).toContain(SECRET);
      // Neither a click beside it nor the way of the focus leaves what is shown once.
      await page.mouse.click(5, 5);
      for (let i = 0; i < 6; i++) await page.keyboard.press('Tab');
      await eventually(() => dialog.evaluate((element) => element.contains(document.activeElement))).toBe(
        true,
      );
      await dialog.getByRole('button', { name: 'I have stored it' }).click();
      await card(page, 'Newsletter').waitFor();
      await eventually(() => page.content()).not.toContain(SECRET);

      await card(page, 'Shop').getByRole('button', { name: 'Send a test' }).click();
      await card(page, 'Shop').getByText('It was taken: 204, 48 ms').waitFor();
      fake.reachable = false;
      await card(page, 'Shop').getByRole('button', { name: 'Send a test' }).click();
      await card(page, 'Shop').getByText('did not answer in time').waitFor();
      await card(page, 'Shop').getByRole('button', { name: 'New secret' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'New secret' }).click();
      await page.getByText(SECRET).waitFor();
      await page.getByRole('button', { name: 'I have stored it' }).click();

      await card(page, LONG_NAME)
        .getByText('It is left alone for now; the next try is in 20 minutes')
        .waitFor();
      await card(page, LONG_NAME).getByRole('button', { name: 'Send all 2 again' }).click();
      await eventually(() => fake.asked.at(-1)).toMatchObject({
        path: '/triggers/deliveries/retry',
        body: { destination: 'webhook:mail' },
      });
      await eventually(() => card(page, LONG_NAME).getByText('given up').count()).toBe(0);
      await card(page, 'Former mail tool').getByRole('button', { name: 'Delete' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
      await eventually(() => card(page, 'Former mail tool').count()).toBe(0);
      expect(fake.wrong).toEqual([]);
      expect(screen.problems).toEqual([]);
    });

    browserTest(
      'lets whoever may only look change nothing and see no persons',
      { timeout: TIMEOUT },
      async () => {
        const may = ['plugin::clv.activation.read'];
        const { page, screen, fake } = await opened(TRIGGERS, { may });
        await card(page, 'Moved up').waitFor();
        expect(await page.getByRole('link', { name: 'New trigger' }).count()).toBe(0);
        expect(await card(page, 'Moved up').getByRole('switch').isDisabled()).toBe(true);
        await card(page, 'Moved up').getByRole('link', { name: 'Moved up' }).click();
        await page.getByText('You may look at this trigger').waitFor();
        expect(await page.getByRole('radio').first().isDisabled()).toBe(true);
        expect(await button(page, /Save|Delete/).count()).toBe(0);
        await keepShot(page, 'triggers-read-only');
        await page.goto(`${panel.url}/admin${TRIGGERS}/log`);
        await page.getByText('The log is about single customers').waitFor();
        await page.goto(`${panel.url}/admin${TRIGGERS}/webhooks`);
        await card(page, 'Shop').waitFor();
        expect(await button(page, /Add|test|secret|Edit|Delete|again/).count()).toBe(0);
        await page.goto(`${panel.url}/admin${TRIGGERS}/new`);
        await page.getByText(/don.t have the permissions/).waitFor();
        expect(fake.asked).toEqual([]);
        expect(screen.problems).toEqual([]);
      },
    );

    // What a try that failed left behind has another name.
    let tries = 0;
    browserTest('makes a trigger that tells a webhook on a real server', { timeout: TIMEOUT }, async () => {
      const [shop, trigger] = [`Shop ${++tries}`, `Who moved up ${tries}`];
      const { page, problems } = await panel.open({ at: `${TRIGGERS}/webhooks` });
      await button(page, 'Add a webhook').click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name').fill(shop);
      await dialog.getByLabel('Address').fill('https://shop.example.com/hooks/clv');
      await dialog.getByLabel('Address').press('Enter');
      await dialog.getByText(/whsec_/).waitFor();
      await dialog.getByRole('button', { name: 'I have stored it' }).click();
      await card(page, shop).getByText('Messages get through.').waitFor();

      await page.goto(`${panel.url}/admin${TRIGGERS}/new?kind=tier-up`);
      await page.getByRole('checkbox', { name: new RegExp(`^${shop}`) }).check();
      await page.getByRole('textbox', { name: 'Name' }).fill(trigger);
      await button(page, 'Save trigger').click();
      const made = card(page, trigger);
      await made.getByText(`Goes to: Strapi, ${shop}`).waitFor();
      await made.getByRole('switch').press('Space');
      await eventually(() => made.getByRole('switch').getAttribute('aria-checked')).toBe('false');
      await page.getByRole('link', { name: 'Log', exact: true }).click();
      await page.getByText('No trigger has sent anything yet.').waitFor();
      expect(problems).toEqual([]);
    });

    browserTest.for([
      ['narrow', NARROW],
      ['medium', MEDIUM],
      ['zoomed', ZOOMED],
    ] as const)('fits a %s window', { timeout: TIMEOUT }, async ([size, options]) => {
      const { page, screen } = await opened(TRIGGERS, { options });
      const fits = async (name: string) => {
        await keepShot(page, `triggers-${size}-${name}`);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(over, name).toBeLessThanOrEqual(0);
        expect(await axeProblems(page), name).toEqual([]);
      };
      await card(page, 'Moved up').waitFor();
      await fits('list');
      await page.goto(`${panel.url}/admin${TRIGGERS}/leaving`);
      await page.locator('aside').getByText('412').first().waitFor();
      await fits('edit');
      await page.goto(`${panel.url}/admin${TRIGGERS}/log`);
      await page.getByText('503').first().waitFor();
      await fits('log');
      await page.goto(`${panel.url}/admin${TRIGGERS}/webhooks`);
      await card(page, 'Shop').waitFor();
      await fits('webhooks');
      expect(screen.problems).toEqual([]);
    });
  });
}
