import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { ensureAdminBuild } from '../../../scripts/build-admin.mjs';
import { launchBrowser, type TestBrowser } from '../browser';
import { startStrapi, type TestStrapi } from '../strapi';
import { makeAdministrator } from './people';

/** For a hook that boots the panel: its first build takes long on a small, busy machine. */
export const BUILD_TIMEOUT = 600_000;

export interface Look {
  /** A page below `/admin`, such as `/plugins/clv`. */
  at: string;
  language?: 'en' | 'it';
  theme?: 'light' | 'dark';
  /** What the administrator's only role may do; everything when it is not said. */
  may?: string[];
  options?: BrowserContextOptions;
}

export interface Screen {
  page: Page;
  /** Errors of the page, and our routes that answered with one. */
  problems: string[];
}

export interface AdminPanel extends TestStrapi {
  /** Logs in through the form, in a window of its own, and opens a page of the admin. */
  open(look: Look): Promise<Screen>;
}

/** A message that names no address; our own routes are watched by their answers. */
const FAILED_LOAD = /^Failed to load resource/;

type Session = NonNullable<BrowserContextOptions['storageState']>;

/** Boots the playground with the built admin, and a browser to look at it. */
export async function startAdminPanel(config?: Record<string, unknown>): Promise<AdminPanel> {
  await ensureAdminBuild();
  const publicDir = mkdtempSync(path.join(tmpdir(), 'clv-public-'));
  mkdirSync(path.join(publicDir, 'uploads'));
  const app = await startStrapi({ admin: true, env: { PUBLIC_DIR: publicDir }, config });
  const browser: TestBrowser = await launchBrowser();
  const sessions = new Map<string, Session>();

  async function logIn(may: string[] | undefined): Promise<Session> {
    const { email, password } = await makeAdministrator(app.strapi, may);
    const { page, context } = await browser.visit();
    await page.goto(`${app.url}/admin/auth/login`);
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password', { exact: false }).first().fill(password);
    await page.getByRole('button', { name: 'Login' }).click();
    await page.waitForURL((url) => !url.pathname.includes('/auth/'));
    // Strapi's own announcement, above every page, comes a moment later.
    const banner = page.getByRole('button', { name: 'Close' }).first();
    const isThere = banner.waitFor({ timeout: 5_000 }).then(
      () => true,
      () => false,
    );
    if (await isThere) await banner.click();
    const session = await context.storageState();
    await context.close();
    return session;
  }

  return {
    ...app,
    async open({ at, language = 'en', theme = 'light', may, options }) {
      const who = JSON.stringify(may ?? 'all');
      const storageState = sessions.get(who) ?? (await logIn(may));
      sessions.set(who, storageState);
      const { page, context, errors } = await browser.visit({ ...options, storageState });
      context.setDefaultTimeout(15_000);
      await context.addInitScript(
        ([chosenLanguage, chosenTheme]) => {
          localStorage.setItem('strapi-admin-language', chosenLanguage!);
          localStorage.setItem('STRAPI_THEME', chosenTheme!);
        },
        [language, theme],
      );
      const problems: string[] = [];
      page.on('response', (response) => {
        const url = new URL(response.url());
        if (url.pathname.startsWith('/clv') && response.status() >= 400)
          problems.push(`${response.status()} ${url.pathname}`);
      });
      await page.goto(`${app.url}/admin${at}`);
      return {
        page,
        get problems() {
          return [...problems, ...errors.filter((text) => !FAILED_LOAD.test(text))];
        },
      };
    },
    async stop() {
      await browser.close();
      await app.stop();
      delete process.env.PUBLIC_DIR;
      rmSync(publicDir, { recursive: true, force: true });
    },
  };
}

/** Waits until nothing fades in any more: what is half there is too pale. Spinners go on. */
const atRest = (page: Page) =>
  page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(
        ({ effect, playState }) =>
          playState === 'running' && effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY,
      );
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });

/** What axe finds wrong in a part of the page, as one line each: rule, place, why. */
export async function axeProblems(page: Page, within = 'main'): Promise<string[]> {
  await atRest(page);
  const { violations } = await new AxeBuilder({ page }).include(within).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.any[0]?.message ?? node.html}`),
  );
}

const shots = process.env.CLV_SHOTS;

/** Keeps a picture of the whole page in the folder that `CLV_SHOTS` names, if it names one. */
export async function keepShot(page: Page, name: string): Promise<void> {
  if (!shots) return;
  mkdirSync(shots, { recursive: true });
  const size = page.viewportSize()!;
  const hidden = await page.evaluate(() => {
    const scrolling = [...document.querySelectorAll('*')].filter(
      (element) =>
        element.clientHeight > innerHeight / 2 && getComputedStyle(element).overflowY !== 'visible',
    );
    return Math.max(0, ...scrolling.map((element) => element.scrollHeight - element.clientHeight));
  });
  if (hidden > 0) await page.setViewportSize({ ...size, height: Math.min(size.height + hidden, 4000) });
  await page.screenshot({ path: path.join(shots, `${name}.png`) });
  await page.setViewportSize(size);
}
