import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Knex } from 'knex';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, vi } from 'vitest';
import type { TrackingService } from '../../server/src/tracking/service';
import { browserTest, hasBrowser, launchBrowser, type TestBrowser } from '../support/browser';
import { type DemoSite, startDemoSite } from '../support/demo-site';

/*
 * The whole way: a person at a real browser, the demonstration site, the tracker, a real Strapi, and the tables that
 * a ranking reads. The server sees each read as well, because the site fetches its content with the visitor's cookie.
 */

let site: DemoSite;
let browser: TestBrowser;
/** Another origin, whose every page loads the tracker from Strapi. */
let elsewhere: Server;
const originOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

function serveElsewhere(): Promise<void> {
  elsewhere = createServer((request, response) => {
    const content = new URL(request.url!, originOf(elsewhere)).searchParams.get('content');
    response
      .setHeader('Content-Type', 'text/html')
      .end(`<!doctype html><html lang="en"><title>Elsewhere</title>
      <link rel="icon" href="data:,"><meta name="clv:content" content="${content}">
      <script defer src="${site.url}/api/clv/tracker.js" data-consent="required"></script></html>`);
  });
  return new Promise((resolve) => {
    elsewhere.listen(0, '127.0.0.1', resolve);
  });
}

const tracking = (): TrackingService => site.strapi.plugin('clv').service('tracking');
const knex = () => site.strapi.db.connection as unknown as Knex;

beforeAll(async () => {
  if (!hasBrowser) return;
  await serveElsewhere();
  site = await startDemoSite({ tracking: { alias: '/in', origins: [originOf(elsewhere)] } });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  elsewhere?.close();
});
beforeEach(async () => {
  if (!hasBrowser) return;
  await tracking().flush();
  await knex()('clv_touches').del();
});

interface Exposure {
  kind: string;
  content: string;
  source: string;
  customer: string | null;
  times: number;
  seconds: number;
  depth: number;
}

/** What the tables hold, as a ranking joins them: each visitor's touches with the customer whose browser it was then. */
async function exposures(): Promise<Exposure[]> {
  await tracking().flush();
  const rows: Record<string, unknown>[] = await knex()('clv_touches as t')
    .join('clv_contents as c', 'c.id', 't.content_id')
    .leftJoin('clv_visitor_links as l', (on) =>
      on
        .on('l.visitor_key', 't.visitor_key')
        .andOn('t.occurred_at', '>=', 'l.valid_from')
        .andOn('t.occurred_at', '<', 'l.valid_to'),
    )
    .leftJoin('clv_identities as i', (on) =>
      on.on('i.person_id', 'l.person_id').andOnVal('i.namespace', 'customer'),
    )
    .groupBy('t.kind', 'c.document_id', 'c.locale', 'i.value')
    .select({ kind: 't.kind', documentId: 'c.document_id', locale: 'c.locale', customer: 'i.value' })
    .min({ source: 't.source' })
    .count({ times: '*' })
    .sum({ seconds: 't.seconds' })
    .max({ depth: 't.depth' });
  return rows.map(({ documentId, locale, ...row }) => ({
    ...row,
    content: locale ? `${documentId}/${locale}` : documentId,
  })) as unknown as Exposure[];
}
const brief = (rows: Exposure[]) =>
  rows
    .map(({ kind, content, times, customer }) => `${customer ?? 'nobody'}: ${times} ${kind} ${content}`)
    .sort();
const nameOf = (key: string) => {
  const { documentId, locale } = site.item(key);
  return locale ? `${documentId}/${locale}` : documentId;
};

const counter = async (name: string) => (await tracking().status()).counters[name] ?? 0;

async function read(page: Page, key: string): Promise<void> {
  await page.goto(site.pageOf(site.item(key)));
  await page.locator('meta[name="clv:content"]').waitFor({ state: 'attached' });
}
async function leave(page: Page): Promise<void> {
  await page.goto('about:blank');
}
const attention = (page: Page, seconds: number) => page.waitForTimeout(seconds * 1000);

describe('a visit', { timeout: 60_000 }, () => {
  browserTest(
    'to the demonstration site is in the ranking’s inputs once each, though the server saw the reads too',
    async () => {
      const { page, errors } = await browser.visit();
      const duplicates = await counter('duplicate');

      await page.goto(`${site.url}/site/?utm_source=letter`);
      await page.click('text=Five questions to ask any coffee supplier');
      await page.locator('h1', { hasText: 'Five questions' }).waitFor();
      await attention(page, 1.2);
      await page.mouse.wheel(0, 5000);
      await attention(page, 3);

      await read(page, 'lease-or-buy');
      await read(page, 'water-handbook');
      const downloading = page.waitForEvent('download');
      await page.click('text=Download the PDF');
      expect((await downloading).suggestedFilename()).toBe('water-handbook.pdf');

      await page.click('details.account summary');
      await page.getByLabel('Sign in as a demo customer').selectOption('C-10120');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('button', { name: 'Sign out' }).waitFor();
      await read(page, 'five-year-cost');
      await leave(page);

      const expected = [
        `C-10120: 1 download ${nameOf('water-handbook')}`,
        `C-10120: 1 read ${nameOf('supplier-questions')}`,
        `C-10120: 1 view ${nameOf('five-year-cost')}`,
        `C-10120: 1 view ${nameOf('lease-or-buy')}`,
        `C-10120: 1 view ${nameOf('supplier-questions')}`,
        `C-10120: 1 view ${nameOf('water-handbook')}`,
      ].sort();
      await vi.waitFor(async () => expect(brief(await exposures())).toEqual(expected), { timeout: 10_000 });
      const found = (await exposures()).find(({ kind }) => kind === 'read')!;
      expect(found.seconds).toBeGreaterThanOrEqual(3);
      expect(found.depth).toBe(100);
      // All four views were seen by the browser and by the server.
      expect(await counter('duplicate')).toBe(duplicates + 4);
      expect(await knex()('clv_touches').where({ kind: 'read' }).pluck('channel')).toEqual(['letter']);
      expect(errors).toEqual([]);
    },
  );

  browserTest('is seen by the server alone where the tracker is blocked', async () => {
    const { page, context } = await browser.visit();
    await read(page, 'lease-or-buy');
    await page.route('**/api/clv/**', (route) => route.abort());
    await read(page, 'supplier-questions');
    await leave(page);
    expect(await context.cookies()).toHaveLength(1);
    await vi.waitFor(async () => {
      const rows = (await exposures()).filter(({ content }) => content === nameOf('supplier-questions'));
      expect(rows.map(({ kind, source, times }) => [kind, source, times])).toEqual([['view', 'hook', 1]]);
    });
  });

  browserTest('reaches the tables by a beacon when the tab closes', async () => {
    const { page } = await browser.visit();
    await read(page, 'lease-or-buy');
    await attention(page, 1.2);
    await page.mouse.wheel(0, 5000);
    await attention(page, 0.3);
    await page.close({ runBeforeUnload: true });
    await vi.waitFor(async () => expect(brief(await exposures())).toHaveLength(2), { timeout: 10_000 });
    expect((await exposures()).map(({ kind, source, depth }) => [kind, source, depth]).sort()).toEqual([
      ['read', 'tracker', 100],
      ['view', 'hook', 0],
    ]);
  });

  browserTest('waits for the network to come back, and then counts once', async () => {
    const { page, context } = await browser.visit();
    await read(page, 'lease-or-buy');
    await context.setOffline(true);
    await attention(page, 4);
    expect(await knex()('clv_touches').where({ source: 'tracker' })).toEqual([]);
    await context.setOffline(false);
    await vi.waitFor(async () => expect(await counter('duplicate')).toBeGreaterThan(0));
    await leave(page);
    await vi.waitFor(
      async () => expect((await exposures()).map(({ kind }) => kind).sort()).toEqual(['read', 'view']),
      {
        timeout: 10_000,
      },
    );
    expect((await exposures()).map(({ times }) => times)).toEqual([1, 1]);
  });

  browserTest('is counted through the alias where the usual path is blocked', async () => {
    const { page } = await browser.visit();
    await page.route('**/api/clv/**', (route) => route.abort());
    await page.route('**/site/**', async (route) => {
      const answer = await route.fetch();
      if (!answer.headers()['content-type']?.startsWith('text/html'))
        return route.fulfill({ response: answer });
      const html = (await answer.text()).replace('/api/clv/tracker.js', '/in?v=1');
      return route.fulfill({ response: answer, body: html });
    });
    await read(page, 'supplier-questions');
    const token = await (await fetch(`${site.url}/api/demo/token?customer=C-10003`)).json();
    expect(await page.evaluate((signed) => window.clv!.identify(signed), token.token)).toBe(true);
    await attention(page, 3.2);
    await leave(page);
    const expected = ['read', 'view'].map((kind) => `C-10003: 1 ${kind} ${nameOf('supplier-questions')}`);
    await vi.waitFor(async () => expect(brief(await exposures())).toEqual(expected), { timeout: 10_000 });
  });

  browserTest('may be to a site of another origin', async () => {
    const { page, errors, context } = await browser.visit();
    const { content } = site.item('supplier-questions');
    await page.goto(`${originOf(elsewhere)}/?content=${content}`);
    const { token } = await (await fetch(`${site.url}/api/demo/token?customer=C-10004`)).json();
    const told = await page.evaluate(async (signed) => {
      const clv = window.clv!;
      return [await clv.consent('granted'), await clv.identify(signed)];
    }, token);
    expect(told).toEqual([true, true]);
    await attention(page, 3.2);
    await leave(page);
    const expected = ['read', 'view'].map((kind) => `C-10004: 1 ${kind} ${nameOf('supplier-questions')}`);
    await vi.waitFor(async () => expect(brief(await exposures())).toEqual(expected), { timeout: 10_000 });
    expect((await context.cookies()).map(({ name }) => name)).toEqual(['clv_vid']);
    expect(errors).toEqual([]);
  });

  browserTest('leaves no trace before consent, and none after a denial', async () => {
    const { page, context } = await browser.visit();
    await page.goto(`${site.pageOf(site.item('lease-or-buy'))}&consent=required`);
    await page.locator('h1').waitFor();
    await attention(page, 3.5);
    await page.click('text=Journal');
    await page.locator('main h3').first().waitFor();
    expect(await exposures()).toEqual([]);
    expect(await context.cookies()).toEqual([]);
    expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);

    await page.click('text=Five questions to ask any coffee supplier');
    await page.getByRole('button', { name: 'Allow' }).click();
    await vi.waitFor(
      async () =>
        expect(brief(await exposures())).toEqual([`nobody: 1 view ${nameOf('supplier-questions')}`]),
      { timeout: 10_000 },
    );
    const [cookie] = await context.cookies();
    const consentOf = () => knex()('clv_visitors').where({ visitor_key: cookie.value }).first('consent');
    expect(await consentOf()).toEqual({ consent: 'granted' });

    await page.getByRole('button', { name: 'Privacy choices' }).click();
    await page.getByRole('button', { name: 'Decline' }).click();
    await vi.waitFor(async () => expect(await consentOf()).toEqual({ consent: 'denied' }));
    expect(await context.cookies()).toEqual([]);
    await read(page, 'five-year-cost');
    await attention(page, 3.5);
    await leave(page);
    expect(brief(await exposures())).toEqual([`nobody: 1 view ${nameOf('supplier-questions')}`]);
  });

  browserTest('by a browser with Global Privacy Control leaves no trace at all', async () => {
    const { page, context } = await browser.visit({ extraHTTPHeaders: { 'Sec-GPC': '1' } });
    await page.addInitScript(() => {
      Object.defineProperty(navigator, 'globalPrivacyControl', { value: true });
    });
    await read(page, 'lease-or-buy');
    await attention(page, 4);
    await leave(page);
    expect(await exposures()).toEqual([]);
    expect(await context.cookies()).toEqual([]);
  });
});
