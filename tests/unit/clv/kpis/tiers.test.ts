import { describe, expect, test } from 'vitest';
import { migration } from '../../../../server/src/clv/kpis/movement';
import { type Life, stageOf } from '../../../../server/src/clv/kpis/stages';
import {
  TIER_NAMES,
  tierIndex,
  tierLimits,
  tierOf,
  tierSettings,
} from '../../../../server/src/clv/kpis/tiers';
import { seededRandom } from '../../../../server/src/stats/seeded-random';
import { DAY } from './people';

describe('tiers', () => {
  const counts = (values: number[], limits: number[]) => {
    const found = new Array<number>(limits.length + 1).fill(0);
    for (const value of values) found[tierIndex(value, limits)]! += 1;
    return found;
  };
  const hundred = Array.from({ length: 100 }, (_, i) => i + 1);

  test('by quantiles hold the shares of the people that the cuts say', () => {
    const { limits } = tierLimits(hundred, tierSettings({ rule: 'quantiles' }));
    expect(counts(hundred, limits)).toEqual([10, 20, 30, 40]);
    expect(tierOf(100, { names: TIER_NAMES, limits })).toBe('platinum');
  });

  test('by Pareto hold those who make the first half, 80 and 95 % of the value', () => {
    const values = [500, 300, 100, 50, 30, 20, -10];
    const { limits } = tierLimits(values, tierSettings({ rule: 'pareto' }));
    expect(counts(values, limits)).toEqual([1, 1, 2, 3]);
  });

  test('by bands go by the limits that are told, in major units', () => {
    const settings = tierSettings({ rule: 'bands', names: ['a', 'b', 'c'], cuts: [10, 100] }, 100);
    expect(tierLimits(hundred, settings).limits).toEqual([10_000, 1_000]);
    expect(tierOf(10_000, tierLimits([], settings))).toBe('a');
    expect(tierOf(9_999, tierLimits([], settings))).toBe('b');
    expect(tierOf(-5, tierLimits([], settings))).toBe('c');
  });

  test('never split equal values, and never put a lower one above a higher', () => {
    const random = seededRandom(5);
    for (let round = 0; round < 200; round++) {
      const values = Array.from(
        { length: 1 + Math.floor(random() * 40) },
        () => Math.floor(random() * 6) - 1,
      );
      const rule = (['quantiles', 'pareto'] as const)[round % 2]!;
      const names = ['a', 'b', 'c', 'd', 'e'].slice(0, 3 + (round % 3));
      const { limits } = tierLimits(values, tierSettings({ rule, names }));
      const sorted = values.toSorted((a, b) => b - a).map((value) => tierIndex(value, limits));
      expect(sorted).toEqual(sorted.toSorted((a, b) => a - b));
      expect(limits.every((limit, i) => i === 0 || limit <= limits[i - 1]!)).toBe(true);
    }
  });

  test.each([
    [{ rule: 'bands' as const }, 'cuts is missing'],
    [{ rule: 'quantiles' as const, cuts: [0.1, 0.5], names: TIER_NAMES }, 'must have one less than names'],
    [{ rule: 'quantiles' as const, names: ['a', 'b', 'c'], cuts: [10, 20] }, 'shares between 0 and 1'],
    [{ rule: 'quantiles' as const, names: ['a', 'b', 'b'] }, 'a name twice'],
  ])('that do not fit together (%j) say which setting', (given, reason) => {
    expect(() => tierSettings(given)).toThrow(reason);
  });

  test('of nobody are none', () => {
    expect(tierLimits([], tierSettings({ rule: 'quantiles' })).limits).toEqual([0, 0, 0]);
  });
});

test('movement counts people from tier to tier with the means of what went with it', () => {
  const mover = { orders: 0, revenue: 0, touches: 0 };
  const moves = migration(
    [
      { ...mover, from: null, to: 'gold', orders: 1 },
      { ...mover, from: 'gold', to: 'platinum', orders: 3, revenue: 90, touches: 4 },
      { ...mover, from: 'gold', to: 'platinum', orders: 1, revenue: 10 },
      { ...mover, from: 'renamed', to: 'gold' },
      { ...mover, from: 'platinum', to: 'gold' },
    ],
    ['platinum', 'gold'],
  );
  expect(moves.map(({ from, to, people }) => [from, to, people])).toEqual([
    ['platinum', 'gold', 1],
    ['gold', 'platinum', 2],
    ['renamed', 'gold', 1],
    [null, 'gold', 1],
  ]);
  expect(moves[1]).toMatchObject({ orders: 2, revenue: 50, touches: 2 });
});

describe('the stage', () => {
  const now = 1_000 * DAY;
  const life = (more: Partial<Life>): Life => ({
    orders: 3,
    firstOrderAt: 0,
    lastOrderAt: now - 10 * DAY,
    lastGap: 20 * DAY,
    pAlive: null,
    expectedGap: null,
    ...more,
  });

  test.each<[string, Partial<Life>]>([
    ['prospect', { orders: 0, firstOrderAt: null, lastOrderAt: null, lastGap: null }],
    ['new', { orders: 1, lastGap: null }],
    ['active', {}],
    ['won back', { lastGap: 200 * DAY }],
    ['at risk', { lastOrderAt: now - 60 * DAY }],
    ['lapsed', { lastOrderAt: now - 100 * DAY }],
    ['lapsed', { orders: 1, lastGap: null, lastOrderAt: now - 100 * DAY }],
    ['at risk', { orders: 1, lastGap: null, lastOrderAt: now - 60 * DAY }],
  ])('is %s by the rule of 100 days for %j', (stage, more) => {
    expect(stageOf(life(more), now, 100 * DAY)).toBe(stage);
  });

  test.each<[string, Partial<Life>]>([
    ['active', { pAlive: 0.9, expectedGap: 15 * DAY, lastOrderAt: now - 40 * DAY }],
    ['at risk', { pAlive: 0.9, expectedGap: 10 * DAY, lastOrderAt: now - 40 * DAY }],
    ['at risk', { pAlive: 0.4 }],
    ['lapsed', { pAlive: 0.1 }],
    ['active', { pAlive: 0.8, lastOrderAt: now - 300 * DAY }],
    ['won back', { pAlive: 0.9, lastGap: 200 * DAY }],
  ])('is %s by a model for %j', (stage, more) => {
    expect(stageOf(life(more), now, 100 * DAY)).toBe(stage);
  });
});
