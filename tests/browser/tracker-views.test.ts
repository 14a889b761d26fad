import { describe, expect } from 'vitest';
import { browserTest } from '../support/browser';
import {
  ARTICLE,
  cookieOf,
  hide,
  htmlOf,
  kinds,
  OTHER,
  PAPER,
  scrollTo,
  trackerTest,
} from '../support/tracker-page';

const t = trackerTest();

describe('views', () => {
  browserTest('a page is viewed once, though the script is there twice', async () => {
    const again = '<script defer src="/api/clv/tracker.js" data-consent="assumed"></script>';
    t.collector.serve('/a', htmlOf({ content: ARTICLE, body: again }));
    const { page } = await t.open('/a');
    await page.clock.runFor(10_000);
    await t.arrived(1);
    expect(kinds(t.collector.events()).filter((kind) => kind.startsWith('view'))).toEqual([
      `view ${ARTICLE}`,
    ]);
  });

  browserTest('the tag may name the content', async () => {
    t.collector.serve('/a', htmlOf({ attributes: `data-consent="assumed" data-content="${PAPER}"` }));
    const { page } = await t.open('/a');
    await page.clock.runFor(4000);
    await t.arrived(1);
    expect(kinds(t.collector.events())).toContain(`view ${PAPER}`);
  });

  browserTest('a page that names no content sends nothing', async () => {
    t.collector.serve('/a', htmlOf({}));
    const { page } = await t.open('/a');
    await page.clock.runFor(60_000);
    await scrollTo(page, 2000);
    await hide(page);
    expect(t.collector.received).toEqual([]);
  });

  browserTest('a page fetched ahead counts when it is shown', async () => {
    t.collector.serve('/a', htmlOf({ content: ARTICLE }));
    const visit = await t.visit();
    await visit.page.addInitScript(() => {
      Object.defineProperty(document, 'prerendering', { value: true, configurable: true });
    });
    const { page } = await t.open('/a', visit);
    await page.clock.runFor(10_000);
    expect(await cookieOf(visit)).toBeUndefined();
    expect(t.collector.received).toEqual([]);
    await page.evaluate(() => {
      Object.defineProperty(document, 'prerendering', { value: false });
      document.dispatchEvent(new Event('prerenderingchange'));
    });
    await page.clock.runFor(4000);
    await t.arrived(1);
    expect(kinds(t.collector.events())[0]).toBe(`view ${ARTICLE}`);
  });

  browserTest('a single-page app moves from one piece of content to the next and to none', async () => {
    t.collector.serve('/a', htmlOf({ content: ARTICLE }));
    const { page } = await t.open('/a');
    await page.clock.runFor(6000);
    // A filter and an anchor change nothing.
    await page.evaluate(() => {
      history.replaceState({}, '', '?page=2');
      location.hash = 'part';
    });
    await page.evaluate((other) => {
      history.pushState({}, '', '/b');
      document.querySelector<HTMLMetaElement>('meta[name="clv:content"]')!.content = other;
    }, OTHER);
    await page.clock.runFor(6000);
    await page.evaluate(() => {
      document.querySelector('meta[name="clv:content"]')!.remove();
      history.pushState({}, '', '/list');
    });
    await page.clock.runFor(60_000);
    await t.arrived(4);
    const [view, read, ...next] = kinds(t.collector.events());
    expect([view, read]).toEqual([`view ${ARTICLE}`, `read ${ARTICLE}`]);
    expect(next).toEqual([`view ${OTHER}`, `read ${OTHER}`]);
  });

  browserTest('a site without the meta tag says what is shown, until its path changes', async () => {
    t.collector.serve('/a', htmlOf({}));
    const { page } = await t.open('/a');
    await page.evaluate((key) => window.clv!.page(key), ARTICLE);
    await page.evaluate((key) => window.clv!.page(key), ARTICLE);
    await page.clock.runFor(5000);
    await page.evaluate(() => history.pushState({}, '', '/list'));
    await page.clock.runFor(60_000);
    await page.evaluate((key) => window.clv!.page(key), OTHER);
    await page.clock.runFor(4000);
    await page.evaluate(() => history.back());
    await page.waitForURL('**/a');
    await page.clock.runFor(60_000);
    await t.arrived(4);
    expect(kinds(t.collector.events())).toEqual([
      `view ${ARTICLE}`,
      `read ${ARTICLE}`,
      `view ${OTHER}`,
      `read ${OTHER}`,
    ]);
    expect(t.secondsRead()).toBeLessThan(20);
  });

  browserTest('going back is a view again', async () => {
    t.collector.serve('/a', htmlOf({ content: ARTICLE }));
    const { page } = await t.open('/a');
    await page.evaluate((other) => {
      const meta = () => document.querySelector<HTMLMetaElement>('meta[name="clv:content"]')!;
      history.replaceState({ key: meta().content }, '');
      addEventListener('popstate', ({ state }) => {
        meta().content = state.key;
      });
      history.pushState({ key: other }, '', '/b');
      meta().content = other;
    }, OTHER);
    await page.clock.runFor(1000);
    await page.evaluate(() => history.back());
    await page.waitForURL('**/a');
    await page.clock.runFor(5000);
    await t.arrived(3);
    expect(kinds(t.collector.events())).toEqual([`view ${ARTICLE}`, `view ${OTHER}`, `view ${ARTICLE}`]);
  });
});

describe('downloads', () => {
  browserTest('a marked link counts, a link to the download route is left to the server', async () => {
    const body = `<a id="own" download href="/file.pdf" data-clv-download="${PAPER}"><b>Get it</b></a>
      <a id="plugin" href="/api/clv/download/w7x8y9" data-clv-download="${PAPER}">Get it</a>
      <a id="plain" href="#top">Top</a>`;
    t.collector.serve('/a', htmlOf({ body }));
    const { page } = await t.open('/a');
    await page.evaluate(() => addEventListener('click', (event) => event.preventDefault()));
    for (const selector of ['#own b', '#plugin', '#plain']) await page.click(selector);
    await page.evaluate((key) => window.clv!.download(key), OTHER);
    await page.clock.runFor(4000);
    await t.arrived(2);
    expect(kinds(t.collector.events())).toEqual([`download ${PAPER}`, `download ${OTHER}`]);
  });
});
