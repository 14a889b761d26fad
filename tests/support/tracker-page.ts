import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';
import type { CollectEvent } from '../../client/src/protocol';
import { hasBrowser, launchBrowser, type TestBrowser, type Visit } from './browser';
import { type Collector, startCollector } from './collector';

export const ARTICLE = 'api::article.article/a1b2c3/en';
export const OTHER = 'api::article.article/d4e5f6/en';
export const PAPER = 'api::white-paper.white-paper/w7x8y9';

interface PageParts {
  /** Of the tracker's tag. */
  attributes?: string;
  /** The content key in the head. */
  content?: string;
  body?: string;
}

/** A page with the tracker; 3,000 pixels long unless it has a body of its own. */
export function htmlOf({
  attributes = 'data-consent="assumed"',
  content = '',
  body = '<p style="height:3000px; margin:0">Text</p>',
}: PageParts): string {
  const meta = content && `<meta name="clv:content" content="${content}">`;
  return `<!doctype html><html lang="en"><head><title>Page</title>${meta}
    <script defer src="/api/clv/tracker.js" ${attributes}></script></head>
    <body style="margin:0">${body}</body></html>`;
}

export const setVisible = (page: Page, visible: boolean) =>
  page.evaluate((shown) => {
    Object.defineProperty(document, 'hidden', { value: !shown, configurable: true });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  }, visible);
export const hide = (page: Page) => setVisible(page, false);

export const setFocus = (page: Page, focused: boolean) =>
  page.evaluate((has) => {
    document.hasFocus = () => has;
    window.dispatchEvent(new Event(has ? 'focus' : 'blur'));
  }, focused);

export const scrollTo = (page: Page, top: number) =>
  page.evaluate(
    (to) =>
      new Promise<void>((resolve) => {
        addEventListener('scrollend', () => resolve(), { once: true });
        window.scrollTo(0, to);
      }),
    top,
  );

export const storageOf = (page: Page) =>
  page.evaluate(() => ({ ...localStorage, ...sessionStorage }) as Record<string, string>);

export const cookieOf = async ({ context }: Visit) =>
  (await context.cookies()).find(({ name }) => name === 'clv_vid');

export const kinds = (events: CollectEvent[]) => events.map(({ kind, content }) => `${kind} ${content}`);

export interface TrackerTest {
  browser: TestBrowser;
  /** New for each test, which fails if a request broke the protocol. */
  collector: Collector;
  /** Opens a page whose clock the test moves on; in a new browser profile, or in the one of an earlier visit. */
  open(at: string, visit?: Visit): Promise<Visit>;
  /** A new browser profile with a page whose clock the test moves on. */
  visit(): Promise<Visit>;
  /** Waits until the collector has at least so many events. */
  arrived(count: number): Promise<void>;
  reads(): CollectEvent[];
  secondsRead(): number;
}

/** Gives the tests of a file a browser, and each of them a collector. */
export function trackerTest(): TrackerTest {
  const reads = () => t.collector.events().filter(({ kind }) => kind === 'read');
  const t = {
    async visit() {
      const visit = await t.browser.visit();
      await visit.page.clock.install();
      return visit;
    },
    async open(at, visit) {
      const opened = visit ?? (await t.visit());
      await opened.page.goto(t.collector.url + at);
      return opened;
    },
    arrived: (count) =>
      vi.waitFor(() => expect(t.collector.events().length).toBeGreaterThanOrEqual(count), {
        timeout: 10_000,
      }),
    reads,
    secondsRead: () => reads().reduce((sum, { seconds = 0 }) => sum + seconds, 0),
  } as TrackerTest;

  beforeAll(async () => {
    if (hasBrowser) t.browser = await launchBrowser();
  });
  afterAll(() => t.browser?.close());
  beforeEach(async () => {
    t.collector = await startCollector();
  });
  afterEach(async () => {
    await t.collector.stop();
    expect(t.collector.problems).toEqual([]);
  });
  return t;
}
