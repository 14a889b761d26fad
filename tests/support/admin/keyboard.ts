import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** More places than these before the one that is looked for, and nobody gets there by Tab. */
const FARTHEST = 200;

type Way = 'page' | 'list';
/** On, and back. */
const WAYS: Record<Way, [on: string, back: string]> = {
  page: ['Tab', 'Shift+Tab'],
  list: ['ArrowDown', 'ArrowUp'],
};

/** A person who has no mouse: goes to places, activates them, and counts. */
export interface Keyboard {
  /** Goes there by Tab alone; the focus must be seen when it has arrived. */
  to(place: Locator): Promise<void>;
  /** Goes there and presses a key: one step. */
  press(place: Locator, key?: 'Enter' | 'Space'): Promise<void>;
  /** Opens a list or a menu, goes to one of its entries by arrows and chooses it: two steps. */
  choose(from: Locator, entry: Locator): Promise<void>;
  /** Writes over what stands in a field. */
  write(field: Locator, words: string): Promise<void>;
  /** Links, buttons, options and entries that were activated so far. */
  steps(): number;
  /** Keys pressed so far, those of words too. */
  keys(): number;
}

export function keyboardOf(page: Page): Keyboard {
  let steps = 0;
  let keys = 0;

  /** Lists move the focus a moment after the key. */
  async function key(name: string): Promise<void> {
    keys++;
    await page.keyboard.press(name);
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
  }

  async function walk(place: Locator, way: Way): Promise<void> {
    await place.waitFor({ state: 'attached' });
    const [on, back] = WAYS[way];
    // Already there: how it looks without the focus is seen from the next place.
    const here = await isFocused(place);
    if (here) await key(on);
    const before = await lookOf(place);
    if (here) await key(back);
    for (let moved = 0; !(await isFocused(place)); moved++) {
      if (moved === FARTHEST) throw new Error(`${on} does not lead to ${place}`);
      await key(on);
    }
    await isSeen(place, before);
  }

  const to = (place: Locator) => walk(place, 'page');

  async function press(place: Locator, name: 'Enter' | 'Space' = 'Enter'): Promise<void> {
    await to(place);
    await key(name);
    steps++;
  }

  return {
    to,
    press,
    async choose(from, entry) {
      await press(from);
      await page.locator('[role=listbox] :focus, [role=menu] :focus').waitFor();
      await walk(entry, 'list');
      await key('Enter');
      steps++;
    },
    async write(field, words) {
      await to(field);
      await key('ControlOrMeta+a');
      keys += words.length;
      await page.keyboard.type(words);
    },
    steps: () => steps,
    keys: () => keys,
  };
}

const isFocused = (place: Locator) => place.evaluate((element) => element === document.activeElement);

/** What the eye goes by: outlines, shadows, borders and grounds of a place, and of what frames it. */
const lookOf = (place: Locator): Promise<string> =>
  place.evaluate((element) => {
    const parts = [element, element.nextElementSibling, element.parentElement, element.closest('label')];
    const looks = parts
      .filter((part) => part !== null)
      .flatMap((part) => [null, '::before', '::after'].map((pseudo) => getComputedStyle(part, pseudo)));
    return looks
      .map((look) =>
        [
          look.outlineStyle === 'none' ? '' : look.outline,
          look.boxShadow,
          look.border,
          look.backgroundColor,
          look.textDecorationLine,
        ].join(' '),
      )
      .join('\n');
  });

/** The focus changes how the place looks, and nothing lies above it. */
async function isSeen(place: Locator, before: string): Promise<void> {
  await expect
    .poll(() => lookOf(place), { timeout: 5_000, message: `the focus on ${place} is not to be seen` })
    .not.toBe(before);
  const covered = await place.evaluate((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const above = document.elementFromPoint(x + width / 2, y + height / 2);
    const whole = element.closest('label') ?? element;
    return above === null || !(whole.contains(above) || above.contains(element));
  });
  expect(covered, `${place} has the focus out of sight`).toBe(false);
}
