import { type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { onTestFinished, test } from 'vitest';
import { findChromium } from '../../scripts/lib/chromium.mjs';

const executablePath = findChromium();
if (!executablePath) {
  const missing = 'no Chromium found; CLV_CHROMIUM may name one';
  if (process.env.CLV_REQUIRE_BROWSER) throw new Error(`The browser tests must run here: ${missing}.`);
  console.log(`skipped: ${missing}`);
}

/** A test that needs a browser: skipped where there is none, or failed if `CLV_REQUIRE_BROWSER` is set. */
export const browserTest = test.skipIf(!executablePath);
export const hasBrowser = executablePath !== null;

/** Chromium calls itself HeadlessChrome otherwise, which the server takes for a bot. */
const USER_AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Not of the context: what a page sends while it goes would not have it.
  `--user-agent=${USER_AGENT}`,
];

export interface TestBrowser {
  /** A new person at a browser: own cookies, storage and window; closed when the test ends. */
  visit(options?: BrowserContextOptions): Promise<Visit>;
  close(): Promise<void>;
}

export interface Visit {
  context: BrowserContext;
  page: Page;
  /** Errors that the console showed or the page threw so far. */
  errors: string[];
}

/** Starts a browser; its profile is new and goes when it closes. */
export async function launchBrowser(): Promise<TestBrowser> {
  const browser = await chromium.launch({ executablePath: executablePath!, headless: true, args: ARGS });
  return {
    async visit(options) {
      const context = await browser.newContext({
        viewport: { width: 1280, height: 800 },
        ...options,
      });
      onTestFinished(() => context.close());
      const errors: string[] = [];
      const page = await context.newPage();
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      page.on('pageerror', (error) => errors.push(error.message));
      return { context, page, errors };
    },
    close: () => browser.close(),
  };
}
