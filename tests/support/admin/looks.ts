import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { type AdminPanel, axeProblems, keepShot, type Look } from './panel';

export type Theme = Pick<Required<Look>, 'language' | 'theme'>;
export type Words = Record<Theme['language'], string>;

const BOTH: Theme[] = [
  { language: 'en', theme: 'light' },
  { language: 'it', theme: 'dark' },
];
const OTHERS: Theme[] = [
  { language: 'en', theme: 'dark' },
  { language: 'it', theme: 'light' },
];
/** Pictures are wanted of every look; to find faults, each language and each theme once is enough. */
export const LOOKS = process.env.CLV_SHOTS ? [...BOTH, ...OTHERS] : BOTH;

export const NARROW = { viewport: { width: 360, height: 740 } };

/** Opens pages in one look. */
export function looking(panel: AdminPanel, { language, theme }: Theme) {
  const say = (words: Words) => words[language];
  const open = (at: string, options?: Look['options']) => panel.open({ at, language, theme, options });
  const keep = (page: Page, screen: string) => keepShot(page, `${screen}-${language}-${theme}`);

  /** No console error, no failed request, nothing that axe finds, nothing wider than the window. */
  async function isSound(page: Page, problems: string[], screen: string, within?: string) {
    await keep(page, screen);
    expect(problems).toEqual([]);
    expect(await axeProblems(page, within)).toEqual([]);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(over).toBeLessThanOrEqual(0);
  }
  return { say, open, keep, isSound, language };
}
