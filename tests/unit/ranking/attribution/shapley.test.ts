import { describe, expect, it } from 'vitest';
import {
  creditByEqualSplit,
  creditByShapley,
  type Path,
  totalsOf,
} from '../../../../server/src/ranking/models/attribution';
import { randomPaths, sum } from './random-paths';

/** Conversions (or value) per path of those that touched none but the items in `coalition`. */
function worth(paths: readonly Path[], coalition: Set<number>, of: 'conversions' | 'value'): number {
  const within = paths.filter(({ items }) => items.every((item) => coalition.has(item)));
  const many = sum(within.map(({ conversions, nulls }) => conversions + nulls));
  return many === 0 ? 0 : sum(within.map((path) => path[of])) / many;
}

/** Every order in which some items can come. */
function* orders(items: number[]): Generator<number[]> {
  if (items.length === 0) yield [];
  for (const item of items) for (const rest of orders(items.filter((i) => i !== item))) yield [item, ...rest];
}

/** What each item adds, meant over all orders, one after the other. */
function byPermutations(paths: readonly Path[], items: number[], of: 'conversions' | 'value'): number[] {
  const known = new Map<string, number>();
  const value = (coalition: Set<number>) => {
    const key = [...coalition].sort().join();
    if (!known.has(key)) known.set(key, worth(paths, coalition, of));
    return known.get(key)!;
  };
  const added = items.map(() => 0);
  let many = 0;
  for (const order of orders(items)) {
    many++;
    const coalition = new Set<number>();
    for (const item of order) {
      const before = value(coalition);
      added[item]! += value(coalition.add(item)) - before;
    }
  }
  return added.map((total) => total / many);
}

/** The same by the formula over all coalitions, for more items than can be permuted. */
function bySubsets(paths: readonly Path[], items: number[], of: 'conversions' | 'value'): number[] {
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
  const n = items.length;
  return items.map((item) => {
    const others = items.filter((other) => other !== item);
    let total = 0;
    for (let mask = 0; mask < 2 ** others.length; mask++) {
      const coalition = others.filter((_, i) => mask & (1 << i));
      const weight = (factorial(coalition.length) * factorial(n - 1 - coalition.length)) / factorial(n);
      const without = worth(paths, new Set(coalition), of);
      total += weight * (worth(paths, new Set([...coalition, item]), of) - without);
    }
    return total;
  });
}

const range = (n: number) => Array.from({ length: n }, (_, i) => i);
const near = (actual: ArrayLike<number>, expected: ArrayLike<number>) => {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) expect(actual[i]).toBeCloseTo(expected[i]!, 9);
};

/** Paths on which every item occurs. */
const world = (seed: number, items: number, refunds = false): Path[] => [
  ...randomPaths(seed, { items, rows: 40, refunds }),
  { items: range(items), conversions: 1, value: 3, nulls: 2 },
];

describe('Shapley values on rates', () => {
  it.each([1, 2, 3, 4, 5, 6, 7])('equal all orders of %i items', (n) => {
    const paths = world(30 + n, n, n % 2 === 0);
    const { conversions, nulls } = totalsOf(paths);
    const credits = creditByShapley(paths);
    const scaled = (of: 'conversions' | 'value') =>
      byPermutations(paths, range(n), of).map((value) => value * (conversions + nulls));
    expect(credits.method).toBe('exact');
    near(credits.conversions, scaled('conversions'));
    near(credits.value, scaled('value'));
  });

  it.each([8, 9, 10])('equal all coalitions of %i items', (n) => {
    const paths = world(40 + n, n);
    const { conversions, nulls } = totalsOf(paths);
    const expected = bySubsets(paths, range(n), 'conversions').map((value) => value * (conversions + nulls));
    near(creditByShapley(paths).conversions, expected);
  });

  it('are below zero for an item that lowers the rate', () => {
    const { conversions } = creditByShapley([
      { items: [0], conversions: 8, value: 8, nulls: 2 },
      { items: [0, 1], conversions: 1, value: 1, nulls: 9 },
    ]);
    near(conversions, [12.5, -3.5]);
  });

  it('leave gaps in the item numbers without credit', () => {
    const { conversions, method } = creditByShapley([
      { items: [900], conversions: 1, value: 1, nulls: 1 },
      { items: [5], conversions: 1, value: 1, nulls: 3 },
    ]);
    expect(method).toBe('exact');
    expect(conversions.filter((credit) => credit !== 0)).toHaveLength(2);
    expect(sum(conversions)).toBeCloseTo(2, 12);
  });

  it('are the equal split over the items of each path when paths that did not convert are left out', () => {
    const paths = world(51, 6);
    const { conversions, method } = creditByShapley(paths, { nulls: false });
    expect(method).toBe('equal-split');
    near(conversions, creditByEqualSplit(paths).conversions);
    const counts = (coalition: Set<number>) =>
      sum(
        paths
          .filter(({ items }) => items.every((item) => coalition.has(item)))
          .map(({ conversions }) => conversions),
      );
    const added = range(6).map(() => 0);
    for (const order of orders(range(6))) {
      const coalition = new Set<number>();
      for (const item of order) {
        const before = counts(coalition);
        added[item]! += (counts(coalition.add(item)) - before) / 720;
      }
    }
    near(conversions, added);
    const withoutNulls = paths.map((path) => ({ ...path, nulls: 0 }));
    expect(creditByShapley(withoutNulls).method).toBe('equal-split');
  });
});

describe('estimated Shapley values', () => {
  // Too many to enumerate.
  const items = 28;
  const paths = randomPaths(61, { items, rows: 400, on: 0.5 });

  it('are said to be estimates, with standard errors, and sum to the total', () => {
    const { method, conversions, value, standardError } = creditByShapley(paths, { pairs: 50 });
    const totals = totalsOf(paths);
    expect(method).toBe('sampled');
    expect(sum(conversions)).toBeCloseTo(totals.conversions, 8);
    expect(sum(value)).toBeCloseTo(totals.value, 8);
    expect(Math.min(...standardError!.conversions)).toBeGreaterThan(0);
    expect(Math.min(...standardError!.value)).toBeGreaterThan(0);
  });

  it('are the same for the same seed and others for another', () => {
    const once = creditByShapley(paths, { pairs: 20, seed: 7 });
    expect(creditByShapley(paths, { pairs: 20, seed: 7 })).toEqual(once);
    expect(creditByShapley(paths, { pairs: 20, seed: 8 }).conversions).not.toEqual(once.conversions);
  });

  it('are as far from exact ones as their standard errors say', () => {
    // 20 items are enumerated; one that changes nothing makes it 21, and adds nothing.
    const twenty = randomPaths(62, { items: 20, rows: 300, on: 0.5 });
    const exact = creditByShapley(twenty);
    const idle: Path = { items: [20], conversions: 0, value: 0, nulls: 0 };
    const z: number[] = [];
    for (let seed = 1; seed <= 20; seed++) {
      const { method, conversions, standardError } = creditByShapley([...twenty, idle], { pairs: 100, seed });
      expect(method).toBe('sampled');
      expect(conversions[20]).toBe(0);
      for (let item = 0; item < 20; item++) {
        z.push((conversions[item]! - exact.conversions[item]!) / standardError!.conversions[item]!);
      }
    }
    expect(exact.method).toBe('exact');
    expect(Math.max(...z.map(Math.abs))).toBeLessThan(5);
    const squares = sum(z.map((one) => one * one)) / z.length;
    expect(squares).toBeGreaterThan(0.7);
    expect(squares).toBeLessThan(1.4);
  });
});
