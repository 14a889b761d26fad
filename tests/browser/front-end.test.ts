import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, vi } from 'vitest';
import type { Me, Recommendations } from '../../server/src/activation/recommendations/api-types';
import type { JobsService } from '../../server/src/jobs/service';
import { seededRandom } from '../../server/src/stats/seeded-random';
import { apiToken } from '../support/admin';
import { seedAdminWorld } from '../support/admin/world';
import { browserTest, hasBrowser, launchBrowser, type TestBrowser } from '../support/browser';
import { type DemoSite, startDemoSite } from '../support/demo-site';

/*
 * The example front end, as a visitor uses it: tracker, consent, identity, orders and recommendations all for real.
 */

vi.setConfig({ testTimeout: 180_000, hookTimeout: 240_000 });

let site: DemoSite;
let browser: TestBrowser;
let token: string;

beforeAll(async () => {
  if (!hasBrowser) return;
  site = await startDemoSite({
    consent: { mode: 'required' },
    identity: { secret: 'playground-identity-secret-0123456789abcdef' },
    ranking: { value: 'revenue', schedule: false, refresh: false },
    prediction: { schedule: false },
    // Enough people in each tier for a ranking of its own.
    tiers: { names: ['gold', 'silver', 'bronze'], cuts: [0.45, 0.9] },
    // Every visitor sees what is tested here; that some are held out is tested elsewhere.
    activation: { holdout: 0 },
  });
  await seedAdminWorld(site.strapi);
  await letTiersDiffer();
  const jobs: JobsService = site.strapi.plugin('clv').service('jobs');
  for (const kind of ['value', 'rank'] as const) {
    const { id } = await jobs.start(kind, {}, { startedBy: 'test', activeKey: kind });
    await jobs.ended(id);
    expect((await jobs.get(id))?.error).toBeNull();
  }
  token = await apiToken(site.strapi, { type: 'full-access' });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

/**
 * Gives every second customer many times the value of the others; in these, readers of one item are worth more and readers of
 * another less, and among the others it is the other way round.
 */
async function letTiersDiffer(): Promise<void> {
  const knex = site.strapi.db.connection;
  const random = seededRandom(5);
  const [one, other]: number[] = await knex('clv_contents')
    .where({ locale: 'en' })
    .orderBy('id')
    .offset(8)
    .limit(2)
    .pluck('id');
  const orders = await knex('clv_orders').orderBy('order_id').select('order_id', 'customer_id');
  for (const [n, { order_id, customer_id }] of orders.entries()) {
    const visitor = `visitor-${customer_id.slice(2)}-aaaaaaaaaaaa`;
    const read: number[] = await knex('clv_touches').where({ visitor_key: visitor }).pluck('content_id');
    const isRich = n % 2 === 0;
    let amount = (isRich ? 240_000 : 40_000) * (0.8 + 0.4 * random());
    if (read.includes(one!)) amount *= isRich ? 2 : 0.6;
    if (read.includes(other!)) amount *= isRich ? 0.6 : 2;
    await knex('clv_orders')
      .where({ order_id })
      .update({ amount: Math.round(amount) });
  }
}

/** What the page's own requests are answered. */
const ask = <T>(page: Page, path: string): Promise<T> =>
  page.evaluate(async (path) => (await fetch(`/api/clv/${path}`)).json(), path);
const me = (page: Page) => ask<Me>(page, 'me');
const recommended = (page: Page) => ask<Recommendations>(page, 'recommendations?limit=5&locale=en');
const keys = ({ data }: Recommendations) => data.map(({ key }) => key);

const shown = (page: Page) => page.locator('#recommended');
const heading = (page: Page) => page.locator('#recommended-title').textContent();

/** Waits for what the page is told to be as wished. */
const until = <T>(look: () => Promise<T>, wished: (found: T) => boolean): Promise<T> =>
  vi.waitFor(
    async () => {
      const now = await look();
      if (!wished(now)) throw new Error(`still ${JSON.stringify(now)}`);
      return now;
    },
    { timeout: 20_000, interval: 25 },
  );

const touchesStored = async () =>
  Number((await site.strapi.db.connection('clv_touches').count({ n: '*' }))[0].n);

/** Those who can sign in and have not ordered; each try takes another. */
const customers = ['C-10120', 'C-10003', 'C-10345'];

browserTest('a visitor reads, is recommended, identifies, orders, and takes consent back', async () => {
  const customerId = customers.shift()!;
  const { page, errors } = await browser.visit();
  const home = `${site.url}/site/?consent=required`;

  // A stranger is recommended something, and nothing is kept of them.
  const before = await touchesStored();
  await page.goto(home);
  await shown(page).waitFor();
  expect(await heading(page)).toBe('Worth reading');
  expect((await me(page)).known).toBe(false);
  const toStrangers = await recommended(page);
  expect(toStrangers.data).toHaveLength(5);
  expect(toStrangers.meta.personalised).not.toBe('visitor');

  // With consent they read the first one, with some care.
  await page.getByRole('button', { name: 'Allow' }).click();
  const [first] = toStrangers.data;
  await page.goto(`${site.url}/site/${first!.kind}.html?id=${first!.documentId}&locale=en&consent=required`);
  await page.locator('main h1').waitFor();
  await page.evaluate(() => window.clv!.flush());
  const toReader = await until(
    () => recommended(page),
    ({ meta }) => meta.personalised === 'visitor',
  );
  expect(await touchesStored()).toBeGreaterThan(before);
  expect(keys(toReader)).not.toContain(first!.key);
  await page.goto(home);
  await page.locator('#recommended[data-personalised="visitor"]').waitFor();
  expect(await heading(page)).toBe('For you');
  expect(await page.locator('#recommended h3').allTextContents()).not.toContain(first!.title);

  // They sign in: a customer without an order yet.
  await page.click('details.account summary');
  await page.getByLabel('Sign in as a demo customer').selectOption(customerId);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  const prospect = await until(
    () => me(page),
    ({ known, stage }) => known && stage !== null,
  );
  expect(prospect.stage).toBe('prospect');
  const toProspect = await recommended(page);

  // Orders arrive from the shop, and they are one of the best customers.
  const orders = [1, 2, 3, 4].map((n) => ({
    order_id: `${customerId}-${n}`,
    customer_id: customerId,
    ordered_at: new Date(Date.now() - (5 - n) * 86_400_000).toISOString(),
    amount: '9000.00',
    currency: 'EUR',
  }));
  const stored = await fetch(`${site.url}/api/clv/orders`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ orders }),
  });
  expect(await stored.json()).toMatchObject({ created: 4 });
  const valued = await until(
    () => me(page),
    ({ tier }) => tier === 'gold',
  );
  expect(valued.value).toBe('high');
  const toCustomer = await recommended(page);
  expect(keys(toCustomer)).not.toEqual(keys(toProspect));
  expect(toCustomer.data.map(({ reason }) => reason)).toContainEqual({ kind: 'value', tier: 'gold' });
  expect(toProspect.data.map(({ reason }) => reason)).not.toContainEqual({ kind: 'value', tier: 'gold' });

  // Consent withdrawn: nothing is known, nothing is made for them, nothing is stored.
  await page.click('#privacy-choices');
  await page.getByRole('button', { name: 'Decline' }).click();
  const stranger = await until(
    () => me(page),
    ({ known }) => !known,
  );
  expect(stranger).toMatchObject({ tier: null, stage: null, value: null, segments: [], arm: null });
  expect((await recommended(page)).meta.personalised).not.toBe('visitor');
  await page.locator('#recommended:not([data-personalised="visitor"])').waitFor();
  expect(await heading(page)).toBe('Worth reading');
  const after = await touchesStored();
  await page.goto(site.pageOf(site.item('water-handbook')));
  await page.locator('main h1').waitFor();
  await page.evaluate(() => window.clv!.flush());
  await site.strapi.plugin('clv').service('tracking').flush();
  expect(await touchesStored()).toBe(after);
  expect(errors).toEqual([]);
});

browserTest('without the plugin’s answer the site loses its recommendations and nothing else', async () => {
  const { page } = await browser.visit();
  await page.route('**/api/clv/recommendations**', (route) => route.fulfill({ status: 503 }));
  await page.goto(`${site.url}/site/`);
  await page.locator('#articles h3').first().waitFor();
  expect(await shown(page).isVisible()).toBe(false);
});
