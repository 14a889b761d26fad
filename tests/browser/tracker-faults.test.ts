import { describe, expect } from 'vitest';
import { browserTest } from '../support/browser';
import { ARTICLE, hide, htmlOf, OTHER, scrollTo, trackerTest } from '../support/tracker-page';

const t = trackerTest();

describe('the page never notices a fault', () => {
  const breakage: [string, () => void][] = [
    [
      'storage that throws',
      () => {
        for (const area of ['localStorage', 'sessionStorage'])
          Object.defineProperty(window, area, {
            get() {
              throw new DOMException('blocked', 'SecurityError');
            },
          });
      },
    ],
    [
      'storage that is full',
      () => {
        Storage.prototype.setItem = () => {
          throw new DOMException('full', 'QuotaExceededError');
        };
        sessionStorage.setItem = Storage.prototype.setItem;
        sessionStorage.other = 'x'.repeat(5_200_000);
      },
    ],
    ['no cookies', () => Object.defineProperty(document, 'cookie', { get: () => '', set: () => undefined })],
    [
      'no beacons and no random numbers',
      () => {
        Object.defineProperty(navigator, 'sendBeacon', { value: undefined });
        crypto.getRandomValues = () => {
          throw new Error('no entropy');
        };
      },
    ],
  ];

  browserTest.each(breakage)('with %s', async (_, spoil) => {
    t.collector.serve('/a', htmlOf({ content: ARTICLE }));
    const visit = await t.visit();
    const thrown: string[] = [];
    await visit.page.addInitScript(spoil);
    visit.page.on('pageerror', (error) => thrown.push(error.message));
    await t.open('/a', visit);
    await visit.page.clock.runFor(60_000);
    await scrollTo(visit.page, 900);
    await visit.page.evaluate(async (key) => {
      const clv = window.clv!;
      clv.page(key);
      clv.download(key);
      await Promise.all([clv.consent('granted'), clv.identify('token'), clv.flush()]);
      history.pushState({}, '', '/b');
      clv.reset();
      clv.visitor();
      clv.stop();
      document.dispatchEvent(new Event('click'));
    }, OTHER);
    await hide(visit.page);
    expect(thrown).toEqual([]);
  });
});
