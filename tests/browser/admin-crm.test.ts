import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { ConnectionInput } from '../../server/src/crm/sync/api-types';
import { connections, fakeCrm } from '../support/admin/crm-fixture';
import { LOOKS, looking, NARROW } from '../support/admin/looks';
import {
  type AdminPanel,
  axeProblems,
  BUILD_TIMEOUT,
  keepShot,
  startAdminPanel,
} from '../support/admin/panel';
import { browserTest, hasBrowser } from '../support/browser';

/** Several screens one after the other, on a machine that may be busy. */
const TIMEOUT = 120_000;
const CRM = '/plugins/clv/crm';
const config = { ranking: { schedule: false }, prediction: { schedule: false } };
const MEDIUM = { viewport: { width: 768, height: 900 } };
const SECRET = 'pat-0123456789-secret';

describe.skipIf(!hasBrowser)('the CRM page', () => {
  let panel: AdminPanel;
  beforeAll(async () => {
    panel = await startAdminPanel(config);
  }, BUILD_TIMEOUT);
  afterAll(() => panel?.stop());

  const eventually = <T>(look: () => Promise<T> | T) => expect.poll(look, { timeout: 20_000 });
  const main = (page: Page) => page.locator('main');
  const button = (page: Page, name: string | RegExp) => main(page).getByRole('button', { name });
  const card = (page: Page, name: string) => main(page).getByRole('region', { name, exact: true });
  const property = (page: Page, name: string) => page.getByRole('combobox', { name, exact: true }).first();
  const loaded = (page: Page) => main(page).locator('[aria-busy=true]').first().waitFor({ state: 'hidden' });

  /** Opens a page of the admin whose CRM routes are answered in its window. */
  async function opened(at: string, look: Partial<Parameters<AdminPanel['open']>[0]> = {}) {
    const screen = await panel.open({ at: '/', ...look });
    const crm = await fakeCrm(screen.page);
    await screen.page.goto(`${panel.url}/admin${at}`);
    return { screen, page: screen.page, crm };
  }

  /** As far as the credentials of the kind with the longest form. */
  async function atCredentials() {
    const all = await opened(`${CRM}/new`);
    await button(all.page, /Acme/).click();
    await all.page.getByLabel('Address').fill('https://crm.example.com');
    await all.page.getByLabel('Token').fill(SECRET);
    return all;
  }

  async function atMapping() {
    const all = await atCredentials();
    await button(all.page, 'Test the connection').click();
    await button(all.page, 'Continue').click();
    await property(all.page, 'NPS').waitFor();
    return all;
  }

  browserTest.for(LOOKS)('every screen in $language, $theme', { timeout: TIMEOUT }, async (look) => {
    const { say, isSound, open } = looking(panel, look);
    const { page, problems } = await open('/');
    const crm = await fakeCrm(page, []);
    const go = (at: string) => page.goto(`${panel.url}/admin${at}`);

    await go(CRM);
    await page
      .getByRole('heading', { name: say({ en: 'Keep your CRM in step', it: 'Tieni allineato il tuo CRM' }) })
      .waitFor();
    await isSound(page, problems, 'crm-empty');

    await page.getByRole('link', { name: say({ en: 'Connect a CRM', it: 'Collega un CRM' }) }).click();
    await button(page, /HubSpot/).waitFor();
    await isSound(page, problems, 'crm-choose');
    await button(page, /Acme/).click();
    await page.getByLabel('Address').fill('https://crm.example.com');
    await page.getByLabel('Token').fill(SECRET);
    await button(page, say({ en: 'Test the connection', it: 'Prova il collegamento' })).click();
    await page.getByText('Rossi & Partners').waitFor();
    await isSound(page, problems, 'crm-tested');
    await button(page, say({ en: 'Continue', it: 'Continua' })).click();
    await property(page, 'NPS').waitFor();
    await isSound(page, problems, 'crm-map');
    await property(page, 'NPS').click();
    await page.getByRole('listbox').waitFor();
    await isSound(page, problems, 'crm-property');
    await page.keyboard.press('Escape');
    await button(page, say({ en: 'Connect and start', it: 'Collega e avvia' })).click();
    await page.getByRole('progressbar').first().waitFor();
    await isSound(page, problems, 'crm-first-run');

    crm.connections = connections();
    await go(CRM);
    await page.getByRole('link', { name: 'Sales Italy' }).waitFor();
    await isSound(page, problems, 'crm-list');
    for (const show of ['overview', 'problems', 'dead', 'quality', 'settings']) {
      await go(`${CRM}/broken?show=${show}`);
      await page.getByRole('navigation', { name: /^Donaudampf/ }).waitFor();
      await loaded(page);
      await isSound(page, problems, `crm-connection-${show}`);
    }
    await go(`${CRM}/broken/edit`);
    await property(page, 'NPS').waitFor();
    await isSound(page, problems, 'crm-edit');
    expect(await main(page).textContent()).not.toMatch(/clv\.crm\.|NaN|undefined/);
  });

  browserTest('connects a CRM by the keyboard alone', { timeout: TIMEOUT }, async () => {
    const { page, crm, screen } = await opened(`${CRM}/new`);
    await button(page, /Acme/).focus();
    await page.keyboard.press('Enter');
    // The focus stands at the steps, above the form.
    await eventually(() => page.evaluate(() => document.activeElement?.textContent ?? '')).toContain(
      'Credentials',
    );
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.type('https://crm.example.com');
    await page.keyboard.press('Tab');
    await page.keyboard.type(SECRET);
    await page.keyboard.press('Enter');
    await page.getByText('The test went well: Rossi & Partners').waitFor();
    await button(page, 'Continue').press('Enter');

    await property(page, 'NPS').focus();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('listbox', { name: 'NPS' }).waitFor();
    await page.keyboard.type('recommend');
    await eventually(() => page.getByRole('option').count()).toBe(1);
    await page.keyboard.press('Enter');
    expect(await property(page, 'NPS').inputValue()).toBe('Would recommend us');
    expect(await page.getByRole('listbox').count()).toBe(0);
    await button(page, 'Connect and start').press('Enter');
    await page.getByRole('progressbar', { name: 'Customers: under way' }).waitFor();

    const created = crm.asked.find(({ path }) => path === '/connections')!.body as ConnectionInput;
    expect(created).toMatchObject({
      kind: 'acme',
      name: 'Rossi & Partners',
      idPrefix: 'acme:',
      options: { auth: 'token', url: 'https://crm.example.com', token: SECRET },
      mapping: { customers: { nps: 'nps_answer' } },
      everyMinutes: { customers: 60, push: 15 },
    });
    const runs = crm.asked.map(({ path }) => path).filter((path) => path.endsWith('/run'));
    expect(runs).toEqual(
      ['customers', 'orders', 'subscriptions'].map((s) => `/connections/made/streams/${s}/run`),
    );
    expect(screen.problems).toEqual([]);
  });

  browserTest(
    'finds one of hundreds of properties, and keeps only what differs',
    { timeout: TIMEOUT },
    async () => {
      const { page, crm } = await atMapping();
      const segment = property(page, 'Segment');
      await segment.click();
      // "Not used" and the first sixty.
      await eventually(() => page.getByRole('option').count()).toBe(61);
      await page.getByText('more: type to find them').waitFor();
      await page.keyboard.type('dept 277');
      await page.getByText('No property has these words.').waitFor();
      await segment.fill('custom 277');
      await page.getByRole('option', { name: /Custom property 277/ }).click();
      expect(await segment.inputValue()).toContain('Custom property 277');
      await property(page, 'Company').click();
      await page.getByRole('option', { name: 'Not used' }).click();
      const channel = property(page, 'Acquisition channel');
      await channel.fill('create');
      await page.keyboard.press('Escape');
      expect(await channel.inputValue()).toBe('Original source');

      await page.getByLabel('Prefix of ids').fill('no spaces');
      await page.getByText('At most 32 of').waitFor();
      expect(await button(page, 'Connect and start').isDisabled()).toBe(true);
      await page.getByLabel('Prefix of ids').fill('');
      await page
        .getByRole('checkbox', { name: /^Last content/ })
        .first()
        .uncheck();
      await page.getByRole('checkbox', { name: 'White paper' }).check();
      await button(page, 'Connect and start').click();
      await page.getByRole('progressbar').first().waitFor();
      const created = crm.asked.find(({ path }) => path === '/connections')!.body as ConnectionInput;
      expect(created.mapping).toEqual({ customers: { segment: 'hs_custom_277', company: null } });
      expect(created.idPrefix).toBe('');
      expect(created.push.fields).toHaveLength(12);
      expect(created.push.fields).not.toContain('last_content');
      expect(created.push.noteKinds).toEqual(['white-paper']);
    },
  );

  browserTest('says what is wrong beside the field that is wrong', { timeout: TIMEOUT }, async () => {
    const { page, crm } = await atCredentials();
    await page.getByLabel('Token').fill('');
    await page.getByLabel('Further settings').fill('{ no json');
    await button(page, 'Test the connection').click();
    await page.getByText('Fill this in.').waitFor();
    await page.getByText('This is not valid JSON.').waitFor();
    expect(crm.asked).toEqual([]);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('option-token');

    await page.getByLabel('Token').fill(SECRET);
    await page.getByLabel('Further settings').fill('{ "region": "eu" }');
    crm.check = {
      status: 422,
      error: { message: 'The token was withdrawn.', details: { kind: 'auth', field: 'token' } },
    };
    await button(page, 'Test the connection').click();
    await page.getByText('The CRM does not accept the credentials').waitFor();
    await eventually(() => page.getByText('The token was withdrawn.').count()).toBe(2);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('option-token');
    expect(crm.asked[0]!.body).toMatchObject({ options: { extra: { region: 'eu' } } });
    await keepShot(page, 'crm-refused');
    expect(await axeProblems(page)).toEqual([]);

    crm.check = {
      status: 422,
      error: {
        message:
          '10.0.0.7:8000 is an address of a private network. If the CRM is there, add "10.0.0.7:8000" to clv.config.crm.privateHosts in config/plugins.',
        details: { kind: 'config', field: 'url' },
      },
    };
    await button(page, 'Test the connection').click();
    await page.getByText("privateHosts: ['10.0.0.7:8000']").waitFor();
    await keepShot(page, 'crm-private');
    expect(await axeProblems(page)).toEqual([]);
    crm.check = { status: 500, error: { message: 'Internal' } };
    await button(page, 'Test the connection').click();
    await page.getByText('The test could not be made').waitFor();
  });

  browserTest('sends the user to the CRM, to allow the connection there', { timeout: TIMEOUT }, async () => {
    const { page, crm } = await opened(`${CRM}/new`);
    await button(page, /Acme/).click();
    await page.getByLabel('Address').fill('https://crm.example.com');
    await page.getByRole('combobox', { name: /Way of signing in/ }).click();
    await page.getByRole('option', { name: 'Allowed in the CRM' }).click();
    await button(page, 'Allow in Acme CRM').click();
    await page.getByText('Fill this in.').waitFor();
    await page.getByText('/api/clv/crm/oauth').waitFor();
    await page.getByLabel('Client secret').fill(SECRET);
    await keepShot(page, 'crm-oauth');
    await button(page, 'Allow in Acme CRM').click();
    await page.waitForURL(/clv\/import$/);
    const created = crm.asked.find(({ path }) => path === '/connections')!.body as ConnectionInput;
    expect(created).toMatchObject({ enabled: false, options: { auth: 'oauth', clientSecret: SECRET } });
    expect(created.options).not.toHaveProperty('token');
    expect(crm.asked.at(-1)).toMatchObject({ method: 'POST', path: '/connections/made/authorize' });

    // The way back, as the server sends the user once the CRM allowed it.
    await page.goto(`${panel.url}/admin${CRM}/off/edit?authorized`);
    await page.getByText('Acme CRM allows the connection').waitFor();
    await button(page, 'Connect and start').click();
    await page.waitForURL(/crm\/off$/);
    expect(crm.asked.at(-1)).toMatchObject({ method: 'PUT', body: { enabled: true } });
  });

  browserTest('shows at a glance how every connection fares', { timeout: TIMEOUT }, async () => {
    const { page, crm } = await opened(CRM);
    const says = async (name: string, words: RegExp) =>
      expect((await card(page, name).textContent())!.replace(/\s+/g, ' ')).toMatch(words);
    await card(page, 'Sales Italy').waitFor();
    await says('Sales Italy', /In step.*Up to date 12 minutes ago/);
    await says('Rossi HubSpot', /Running.*12,400 of 50,312 records/);
    await says(
      'Donaudampfschifffahrtsgesellschaftskapitänsvertrieb',
      /Needs you.*credentials.*312 records.*3 messages given up/,
    );
    await says('Pipedrive of the Swiss branch', /Waiting.*goes on by itself in 5 hours/);
    await says('Tryton', /Paused.*goes on where it stopped/);
    await says('Former CRM', /Switched off/);
    const bar = card(page, 'Rossi HubSpot').getByRole('progressbar');
    expect(await bar.getAttribute('aria-valuenow')).toBe('24');

    // Two seconds a thousand: the time left follows from the pace.
    const stream = crm.connections[1]!.streams[0]!;
    const grow = setInterval(() => {
      stream.done = Math.min(stream.done + 500, 50_000);
    }, 500);
    await card(page, 'Rossi HubSpot').getByText(/left/).waitFor();
    clearInterval(grow);
    Object.assign(stream, { jobId: null, lastDoneAt: Date.now(), complete: true });
    await card(page, 'Rossi HubSpot').getByText('Not run yet').waitFor();
  });

  browserTest('runs, pauses, resumes, and asks before it begins anew', { timeout: TIMEOUT }, async () => {
    const { page, crm, screen } = await opened(`${CRM}/step`);
    const orders = card(page, 'Orders');
    const done = () => crm.asked.map(({ path }) => path.replace('/connections/step/streams/', ''));
    await orders.getByRole('button', { name: 'Run now' }).click();
    await orders.getByRole('progressbar').waitFor();
    await orders.getByRole('button', { name: 'Pause' }).click();
    await orders.getByText('Paused').waitFor();
    await orders.getByRole('button', { name: 'Resume' }).click();
    await orders.getByRole('button', { name: 'From the beginning' }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText('Every record of the CRM is read again').waitFor();
    await keepShot(page, 'crm-restart');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(done()).toEqual(['orders/run', 'orders/pause', 'orders/resume']);
    await orders.getByRole('button', { name: 'From the beginning' }).click();
    await dialog.getByRole('button', { name: 'From the beginning' }).click();
    await orders.getByRole('progressbar').waitFor();
    expect(done().at(-1)).toBe('orders/restart');
    const run = page.getByRole('region', { name: 'Runs' }).locator('tbody tr').nth(2);
    expect(await run.textContent()).toBe('2 hours agoInsights to the CRMDone1,20412871,1014242 s');
    expect(screen.problems).toEqual([]);
  });

  browserTest('sends dead letters again, or drops them', { timeout: TIMEOUT }, async () => {
    const { page, crm } = await opened(`${CRM}/broken?show=dead`);
    const rows = page.locator('tbody tr');
    await eventually(() => rows.count()).toBe(3);
    await rows.first().getByRole('button', { name: 'Send again' }).click();
    await eventually(() => rows.count()).toBe(2);
    await button(page, 'Drop all 2').click();
    await page.getByRole('alertdialog').getByText('The CRM is not told of them').waitFor();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Drop all 2' }).click();
    await page.getByText('Nothing was given up').waitFor();
    expect(crm.asked.map(({ path, body }) => [path.split('/').at(-1), body])).toEqual([
      ['replay', { ids: ['letter-0'] }],
      ['drop', {}],
    ]);
  });

  browserTest(
    'tells what is wrong with each record, and where to put it right',
    { timeout: TIMEOUT },
    async () => {
      const { page } = await opened(`${CRM}/broken`);
      await page.getByRole('link', { name: /Records with problems/ }).click();
      const rows = page.locator('tbody tr');
      await eventually(() => rows.count()).toBe(12);
      expect(await rows.first().textContent()).toMatch(
        /90210Ordersof customer broken:0amount is not a number.*“Amount”/,
      );
      await rows.first().getByText('The record as it came').click();
      await rows.first().getByText('"amount": "on request"').waitFor();
      const next = page.waitForRequest((request) => request.url().includes('page=2'));
      await page.getByRole('link', { name: /^Page 2/ }).click();
      await next;
      const narrowed = page.waitForRequest((request) => request.url().includes('stream=orders'));
      await page.getByRole('combobox', { name: 'Stream' }).click();
      await page.getByRole('option', { name: 'Orders' }).click();
      expect((await narrowed).url()).not.toContain('page=2');
    },
  );

  browserTest('never shows a secret, and keeps it when it is left alone', { timeout: TIMEOUT }, async () => {
    const { page, crm } = await opened(`${CRM}/step/edit`);
    await property(page, 'NPS').waitFor();
    const token = page.getByLabel('Token');
    expect(await token.inputValue()).toBe('');
    expect(await token.getAttribute('placeholder')).toContain('Stored');
    expect(await property(page, 'Segment').inputValue()).toBe('Industry');
    expect(await page.getByLabel('Prefix of ids').isDisabled()).toBe(true);
    await page.getByLabel('Name of the connection').fill('Sales Italia');
    await button(page, 'Save').click();
    await page.waitForURL(/crm\/step$/);
    const { body } = crm.asked.find(({ method }) => method === 'PUT')!;
    expect(body).toMatchObject({
      name: 'Sales Italia',
      options: { auth: 'token', url: 'https://crm.example.com', extra: { region: 'eu' } },
      mapping: { customers: { segment: 'industry' } },
    });
    expect((body as ConnectionInput).options).not.toHaveProperty('token');
    expect(body).not.toHaveProperty('enabled');
  });

  browserTest('makes fields in the CRM, switches off and disconnects', { timeout: TIMEOUT }, async () => {
    const { page, crm } = await opened(`${CRM}/step?show=settings`);
    await page.getByText('/api/clv/crm/step/webhook').waitFor();
    await button(page, 'Check the fields').click();
    await page.getByText('1 made, 1 was there.').waitFor();
    await page.getByText('Add the field clv_tier to the page layout').waitFor();
    await button(page, 'Switch off').click();
    await button(page, 'Switch on').waitFor();
    await button(page, 'Disconnect').click();
    await page
      .getByRole('alertdialog')
      .getByText('Customers and orders that were pulled stay here')
      .waitFor();
    await keepShot(page, 'crm-disconnect');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Disconnect' }).click();
    await page.waitForURL(/\/crm$/);
    expect(crm.asked.at(-1)).toMatchObject({ method: 'DELETE', path: '/connections/step' });
    await eventually(() => card(page, 'Sales Italy').count()).toBe(0);
  });

  browserTest('says when the server cannot be asked, and tries again', { timeout: TIMEOUT }, async () => {
    const { page, crm } = await opened('/');
    crm.down = 500;
    await page.goto(`${panel.url}/admin${CRM}`);
    await page.getByText('The connections could not be loaded').waitFor();
    await keepShot(page, 'crm-error');
    crm.down = null;
    await button(page, 'Try again').click();
    await card(page, 'Sales Italy').waitFor();
  });

  browserTest('whoever may only look can do nothing', { timeout: TIMEOUT }, async () => {
    const may = ['plugin::clv.crm.read'];
    const { page, screen } = await opened(CRM, { may });
    await card(page, 'Sales Italy').waitFor();
    expect(await page.getByRole('link', { name: 'Connect a CRM' }).count()).toBe(0);
    for (const show of ['overview', 'problems', 'dead', 'quality', 'settings']) {
      await page.goto(`${panel.url}/admin${CRM}/broken?show=${show}`);
      await page.getByRole('navigation', { name: /^Donaudampf/ }).waitFor();
      await loaded(page);
      expect(await button(page, /now|Pause|again|Drop|Check|Switch|Disconnect/).count()).toBe(0);
      expect(await page.getByRole('link', { name: 'Edit' }).count()).toBe(0);
    }
    for (const at of ['new', 'broken/edit']) {
      await page.goto(`${panel.url}/admin${CRM}/${at}`);
      await page.getByText(/don.t have the permissions/).waitFor();
    }
    expect(screen.problems).toEqual([]);
  });

  browserTest('whoever may not look has no such page', { timeout: TIMEOUT }, async () => {
    const { page } = await opened('/plugins/clv/import', { may: ['plugin::clv.data.import'] });
    await page.getByText('What is in the file?').waitFor();
    expect(await page.getByRole('link', { name: 'CRM', exact: true }).count()).toBe(0);
    await page.goto(`${panel.url}/admin${CRM}`);
    await page.getByText(/don.t have the permissions/).waitFor();
  });

  browserTest.for([
    ['narrow', NARROW],
    ['medium', MEDIUM],
  ] as const)('fits a %s window', { timeout: TIMEOUT }, async ([size, options]) => {
    const { page, screen } = await opened(CRM, { options });
    const fits = async (name: string) => {
      await keepShot(page, `crm-${size}-${name}`);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(over, name).toBeLessThanOrEqual(0);
      expect(await axeProblems(page), name).toEqual([]);
    };
    await card(page, 'Sales Italy').waitFor();
    await fits('list');
    for (const show of ['overview', 'problems', 'dead', 'quality', 'settings']) {
      await page.goto(`${panel.url}/admin${CRM}/broken?show=${show}`);
      await page.getByRole('navigation', { name: /^Donaudampf/ }).waitFor();
      await loaded(page);
      await fits(show);
    }
    await page.goto(`${panel.url}/admin${CRM}/new`);
    await button(page, /Acme/).click();
    await page.getByLabel('Address').fill('https://crm.example.com');
    await page.getByLabel('Token').fill(SECRET);
    await button(page, 'Test the connection').click();
    await button(page, 'Continue').click();
    await property(page, 'NPS').click();
    await page.getByRole('listbox').waitFor();
    await fits('map');
    expect(screen.problems).toEqual([]);
  });
});
