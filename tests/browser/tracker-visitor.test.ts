import { describe, expect } from 'vitest';
import { browserTest } from '../support/browser';
import { ARTICLE, cookieOf, htmlOf, OTHER, trackerTest } from '../support/tracker-page';

const t = trackerTest();

describe('the visitor', () => {
  browserTest('is a first-party cookie for 13 months that a later visit does not prolong', async () => {
    t.collector.serve('/a', htmlOf({ content: ARTICLE }));
    const visit = await t.open('/a');
    const cookie = (await cookieOf(visit))!;
    expect(cookie).toMatchObject({ domain: '127.0.0.1', path: '/', sameSite: 'Lax', secure: false });
    expect(cookie.value).toMatch(/^[\w-]{22,64}$/);
    const days = (cookie.expires - (await visit.page.evaluate(() => Date.now())) / 1000) / 86_400;
    expect(Math.round(days)).toBe(395);
    await visit.page.clock.runFor(60_000);
    await visit.page.reload();
    expect(await cookieOf(visit)).toEqual(cookie);
    expect(await visit.page.evaluate(() => window.clv!.visitor())).toBe(cookie.value);
  });

  browserTest('keeps the name that the tag gives the cookie', async () => {
    t.collector.serve('/a', htmlOf({ attributes: 'data-consent="assumed" data-cookie="reader"' }));
    const visit = await t.open('/a');
    const names = (await visit.context.cookies()).map(({ name }) => name);
    expect(names).toEqual(['reader']);
  });

  browserTest('is identified after all that waits was sent', async () => {
    t.collector.serve('/a', htmlOf({ content: ARTICLE }));
    const { page } = await t.open('/a');
    expect(await page.evaluate(() => window.clv!.identify('signed.token'))).toBe(true);
    const visitor = await page.evaluate(() => window.clv!.visitor());
    expect(t.collector.received.map(({ path }) => path)).toEqual(['/api/clv/collect', '/api/clv/identify']);
    expect(t.collector.received[1].body).toEqual({ visitor, token: 'signed.token' });
  });

  browserTest('is another one after a reset; what was read before stays with the first', async () => {
    t.collector.serve('/a', htmlOf({ content: ARTICLE }));
    const visit = await t.open('/a');
    const first = (await cookieOf(visit))!.value;
    await visit.page.route('**/collect', (route) => route.abort());
    await visit.page.clock.runFor(2000);
    await visit.page.evaluate((key) => {
      window.clv!.download(key);
      window.clv!.reset();
      window.clv!.page(key);
    }, OTHER);
    await visit.page.clock.runFor(1000);
    await visit.page.evaluate(() => Object.defineProperty(navigator, 'onLine', { value: false }));
    await visit.page.unroute('**/collect');
    t.collector.serve('/list', htmlOf({}));
    await t.open('/list', visit);
    await t.arrived(3);
    const second = (await cookieOf(visit))!.value;
    expect(second).not.toBe(first);
    const told = t.collector.received.flatMap(({ visitor, events }) =>
      events.map(
        ({ kind }) => `${visitor === first ? 'first' : visitor === second ? 'second' : '?'} ${kind}`,
      ),
    );
    expect(told).toEqual(['first view', 'first download', 'second view']);
  });
});
