import { describe, expect, vi } from 'vitest';
import { browserTest } from '../support/browser';
import { ARTICLE, cookieOf, hide, htmlOf, PAPER, storageOf, trackerTest } from '../support/tracker-page';

const t = trackerTest();

describe('consent', () => {
  const required = htmlOf({ attributes: 'data-consent="required"', content: ARTICLE });

  browserTest('before it is given, nothing is stored and nothing is sent', async () => {
    t.collector.serve('/a', required);
    const visit = await t.open('/a');
    await visit.page.clock.runFor(60_000);
    await visit.page.evaluate(async (key) => {
      window.clv!.download(key);
      await window.clv!.identify('token');
    }, PAPER);
    await hide(visit.page);
    expect(t.collector.received).toEqual([]);
    expect(await visit.context.cookies()).toEqual([]);
    expect(await storageOf(visit.page)).toEqual({});
    expect(await visit.page.evaluate(() => window.clv!.visitor())).toBeUndefined();
  });

  browserTest('when it is given, the view begins, and the server learns of it', async () => {
    t.collector.serve('/a', required);
    const visit = await t.open('/a');
    await visit.page.clock.runFor(60_000);
    expect(await visit.page.evaluate(() => window.clv!.consent('granted'))).toBe(true);
    await visit.page.clock.runFor(5000);
    await hide(visit.page);
    await vi.waitFor(() => expect(t.reads()).toHaveLength(1));
    const visitor = (await cookieOf(visit))!.value;
    expect(t.collector.received[0]).toMatchObject({
      path: '/api/clv/consent',
      body: { visitor, state: 'granted' },
    });
    expect(t.collector.received[1]).toMatchObject({ consent: 'granted', visitor });
    expect(t.secondsRead()).toBeLessThan(10);
  });

  browserTest('when it is denied, the cookie goes, and so does all that was not sent', async () => {
    t.collector.serve('/a', htmlOf({ content: ARTICLE }));
    const visit = await t.open('/a');
    const visitor = (await cookieOf(visit))!.value;
    await visit.page.evaluate(() => window.clv!.consent('denied'));
    await visit.page.clock.runFor(60_000);
    await visit.page.reload();
    await visit.page.clock.runFor(60_000);
    await hide(visit.page);
    expect(t.collector.received.map(({ path, body }) => [path, body])).toEqual([
      ['/api/clv/consent', { visitor, state: 'denied' }],
    ]);
    expect(await visit.context.cookies()).toEqual([]);
    expect(await storageOf(visit.page)).toEqual({ clv_consent: 'denied' });
  });

  browserTest('a denial in one tab holds in the others', async () => {
    t.collector.serve('/a', htmlOf({ content: ARTICLE }));
    const visit = await t.open('/a');
    const other = await visit.context.newPage();
    await other.goto(`${t.collector.url}/a`);
    await other.evaluate(() => window.clv!.consent('denied'));
    await visit.page.clock.runFor(60_000);
    await hide(visit.page);
    expect(t.collector.received.map(({ path }) => path)).toEqual(['/api/clv/consent']);
    expect(await visit.context.cookies()).toEqual([]);
  });

  browserTest.each([
    ['Global Privacy Control', 'globalPrivacyControl', true],
    ['Do Not Track', 'doNotTrack', '1'],
  ])('a browser that sends %s is left alone', async (_, signal, value) => {
    t.collector.serve('/a', htmlOf({ content: ARTICLE }));
    const visit = await t.visit();
    await visit.page.addInitScript(
      ([name, given]) => Object.defineProperty(navigator, name as string, { value: given }),
      [signal, value],
    );
    await t.open('/a', visit);
    await visit.page.clock.runFor(60_000);
    await visit.page.evaluate(() => window.clv!.consent('granted'));
    await hide(visit.page);
    expect(t.collector.received).toEqual([]);
    expect(await visit.context.cookies()).toEqual([]);
  });
});
