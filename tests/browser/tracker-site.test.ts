import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { browserTest, hasBrowser, launchBrowser, type TestBrowser } from '../support/browser';
import { type DemoSite, startDemoSite } from '../support/demo-site';

let site: DemoSite;
let browser: TestBrowser;

beforeAll(async () => {
  if (!hasBrowser) return;
  site = await startDemoSite();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

const PAGES: [string, () => string][] = [
  ['the home page', () => `${site.url}/site/`],
  ['the home page in Italian', () => `${site.url}/site/?locale=it`],
  ['an article', () => site.pageOf(site.item('five-year-cost'))],
  ['a white paper', () => site.pageOf(site.item('water-handbook'))],
  ['the question for consent', () => `${site.url}/site/?consent=required`],
];
const LOOKS: [string, BrowserContextOptions][] = [
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['narrow', { viewport: { width: 360, height: 740 } }],
];

describe.each(LOOKS)('the demonstration site, %s,', { timeout: 60_000 }, (_look, options) => {
  browserTest.each(PAGES)(
    '%s has no errors, no side scrolling and nothing that axe objects to',
    async (_, at) => {
      const { page, errors } = await browser.visit(options);
      await page.goto(at());
      await page.locator('main h3').first().waitFor();
      await page.click('details.account summary');
      await page.click('.inspector summary');
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
        [],
      );
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
      expect(errors).toEqual([]);
    },
  );
});

browserTest('an article says its language, and leads to its translation', async () => {
  const { page } = await browser.visit();
  await page.goto(site.pageOf(site.item('five-year-cost')));
  await page.click('text=Leggi in italiano');
  await page.locator('article[lang="it"] h1').waitFor();
  expect(await page.title()).toBe(
    'Quanto costa davvero una macchina da caffè in ufficio in cinque anni · Altura',
  );
  expect(await page.getAttribute('meta[name="clv:content"]', 'content')).toMatch(/\/it$/);
});

browserTest('an address that leads nowhere says so', async () => {
  const { page } = await browser.visit();
  await page.goto(`${site.url}/site/article.html?id=nothing`);
  expect(await page.locator('[role=alert] h1').textContent()).toBe('This page is gone');
});

browserTest('signing in and choosing works with the keyboard alone', async () => {
  const { page } = await browser.visit();
  await page.goto(`${site.url}/site/?consent=required`);
  await page.getByRole('button', { name: 'Allow' }).press('Enter');
  await page.locator('details.account summary').press('Enter');
  await page.getByLabel('Sign in as a demo customer').selectOption('C-10120');
  await page.getByRole('button', { name: 'Sign in' }).press('Enter');
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  expect(await page.locator('#account').textContent()).toContain('C-10120 simulated');
});

browserTest('the demonstration gives tokens for customer ids only', async () => {
  const ask = (query: string) => fetch(`${site.url}/api/demo/token${query}`);
  expect((await ask('?customer=C-10120')).status).toBe(200);
  for (const query of ['', '?customer=', '?customer[]=C-1', `?customer=${'x'.repeat(65)}`, '?customer=a%20b'])
    expect((await ask(query)).status).toBe(400);
});
