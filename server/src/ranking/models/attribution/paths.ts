/** People who touched the same items in the same order, counted together. */
export interface Path {
  /** Numbers of the items from the first touch to the last, at least one; an item that was touched again stands again. */
  items: readonly number[];
  /** How often the path ended in a conversion. */
  conversions: number;
  /** What these conversions were worth together; negative when more was given back than bought. */
  value: number;
  /** How often it ended without one. */
  nulls: number;
}

/** What each item is credited with, by item number; items that are on no path have 0. */
export interface PathCredits {
  conversions: Float64Array;
  value: Float64Array;
}

export interface PathTotals {
  conversions: number;
  value: number;
  nulls: number;
}

/** Item numbers index arrays, so a stray key must not ask for the whole memory. */
const MOST_ITEMS = 2 ** 24;

/**
 * Refuses paths that no model can be asked about.
 *
 * @throws RangeError that names the path by its place, from 0, and says what is wrong with it
 */
export function checkPaths(paths: readonly Path[]): void {
  for (let p = 0; p < paths.length; p++) {
    const reason = flawOf(paths[p]!);
    if (reason) throw new RangeError(`path ${p}: ${reason}`);
  }
}

function flawOf({ items, conversions, value, nulls }: Path): string | undefined {
  if (items.length === 0) return 'it has no items; leave out those who touched nothing';
  for (const item of items) {
    if (!Number.isInteger(item) || item < 0 || item >= MOST_ITEMS) {
      return `an item must be a whole number from 0 to ${MOST_ITEMS - 1}, not ${item}`;
    }
  }
  if (!isCount(conversions)) return `conversions must be a number of at least 0, not ${conversions}`;
  if (!isCount(nulls)) return `nulls must be a number of at least 0, not ${nulls}`;
  if (!Number.isFinite(value)) return `value must be a number, not ${value}`;
  if (value !== 0 && conversions === 0) return `it has a value of ${value} but no conversion`;
  return undefined;
}

const isCount = (value: number): boolean => Number.isFinite(value) && value >= 0;

/** How many item numbers there are: one more than the highest. */
export function itemCount(paths: readonly Path[]): number {
  let highest = -1;
  for (const { items } of paths) for (const item of items) if (item > highest) highest = item;
  return highest + 1;
}

export function totalsOf(paths: readonly Path[]): PathTotals {
  const totals = { conversions: 0, value: 0, nulls: 0 };
  for (const { conversions, value, nulls } of paths) {
    totals.conversions += conversions;
    totals.value += value;
    totals.nulls += nulls;
  }
  return totals;
}
