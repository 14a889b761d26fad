import path from 'node:path';
import { beforeAll, describe, expect } from 'vitest';
import type { createTracker } from '../../client/src';
import { bundleClient } from '../../scripts/bundle.mjs';
import { browserTest } from '../support/browser';
import { ARTICLE, hide, htmlOf, kinds, OTHER, PAPER, trackerTest } from '../support/tracker-page';

declare global {
  interface Window {
    createTracker: typeof createTracker;
  }
}

const t = trackerTest();

beforeAll(() => bundleClient(path.join(process.env.CLV_PLUGIN_PATH!, 'dist')));

const PLAIN = `<!doctype html><html lang="en"><head><title>App</title></head><body style="height:3000px">
  <script type="module">
    import { createTracker } from '/client/index.mjs';
    Object.assign(window, { createTracker });
  </script></body></html>`;

/** Opens a page that has the module at hand, but no tracker yet. */
async function openApp() {
  t.collector.serve('/app', PLAIN);
  const visit = await t.open('/app');
  await visit.page.waitForFunction(() => 'createTracker' in window);
  return visit;
}

describe('the module', () => {
  browserTest('tracks what the app says is shown', async () => {
    const { page } = await openApp();
    await page.evaluate((key) => {
      // A slash at the end of the endpoint does no harm.
      const clv = window.createTracker({ endpoint: '/api/clv/', consent: 'assumed' });
      clv.page(key);
    }, ARTICLE);
    await page.clock.runFor(5000);
    await page.evaluate(
      ([other, paper]) => {
        window.clv!.page(other);
        window.clv!.download(paper);
      },
      [OTHER, PAPER],
    );
    await page.clock.runFor(4000);
    await t.arrived(4);
    expect(kinds(t.collector.events())).toEqual([
      `view ${ARTICLE}`,
      `read ${ARTICLE}`,
      `view ${OTHER}`,
      `download ${PAPER}`,
    ]);
  });

  browserTest('gives a page one tracker, also beside the script', async () => {
    t.collector.serve('/a', htmlOf({ content: ARTICLE, body: PLAIN }));
    const { page } = await t.open('/a');
    await page.waitForFunction(() => 'createTracker' in window);
    const same = await page.evaluate(
      (key) => window.createTracker({ endpoint: '/elsewhere', content: key }) === window.clv,
      OTHER,
    );
    expect(same).toBe(true);
    await page.clock.runFor(4000);
    await t.arrived(1);
    expect(kinds(t.collector.events())).toEqual([`view ${ARTICLE}`]);
  });

  browserTest('stops for good, and begins again as if for the first time', async () => {
    const { page } = await openApp();
    await page.evaluate(
      ([article, other]) => {
        const options = { endpoint: '/api/clv', consent: 'assumed' } as const;
        const first = window.createTracker({ ...options, content: article });
        first.stop();
        first.page(other);
        window.createTracker(options);
        document.body.innerHTML = `<a href="#" data-clv-download="${other}">Get it</a>`;
      },
      [ARTICLE, OTHER],
    );
    await page.click('a');
    await page.evaluate(() => window.clv!.stop());
    await page.click('a');
    await page.clock.runFor(60_000);
    await hide(page);
    await t.arrived(2);
    expect(kinds(t.collector.events())).toEqual([`view ${ARTICLE}`, `download ${OTHER}`]);
  });
});
