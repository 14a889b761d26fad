import { describe, expect, it } from 'vitest';
import {
  creditPaths,
  PATH_MODELS,
  type Path,
  type PathOptions,
  totalsOf,
} from '../../../../server/src/ranking/models/attribution';
import { seededRandom } from '../../../../server/src/stats/seeded-random';
import { randomPaths, sum } from './random-paths';

const CASES: [string, (typeof PATH_MODELS)[number], PathOptions][] = [
  ...PATH_MODELS.map((model): [string, typeof model, PathOptions] => [model, model, {}]),
  ['time-decay by 2 touches', 'time-decay', { halfLife: 2 }],
  ...[2, 3, 4].map((order): [string, 'markov', PathOptions] => [`markov ${order}`, 'markov', { order }]),
  ...[1, 2, 3, 4].map((order): [string, 'markov', PathOptions] => [
    `markov ${order} without nulls`,
    'markov',
    { order, nulls: false },
  ]),
  ['shapley without nulls', 'shapley', { nulls: false }],
];

const WORLDS: [string, Path[]][] = [
  ['few items', randomPaths(1, { items: 6, rows: 120 })],
  ['values below zero', randomPaths(2, { items: 6, rows: 120, refunds: true })],
  ['more items than can be enumerated', randomPaths(3, { items: 30, rows: 150 })],
  ['long paths', randomPaths(4, { items: 4, rows: 30, on: 0.97 })],
  ['one path', [{ items: [2, 0, 2], conversions: 3, value: -7.5, nulls: 4 }]],
];

const near = (actual: ArrayLike<number>, expected: ArrayLike<number>) => {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) expect(actual[i]).toBeCloseTo(expected[i]!, 8);
};

describe.each(CASES)('%s', (_, model, options) => {
  it.each(WORLDS)('conserves conversions and value with %s', (_, paths) => {
    const totals = totalsOf(paths);
    const { conversions, value } = creditPaths(paths, model, options);
    expect(sum(conversions)).toBeCloseTo(totals.conversions, 8);
    expect(sum(value)).toBeCloseTo(totals.value, 8);
    for (const credit of [...conversions, ...value]) expect(Number.isFinite(credit)).toBe(true);
  });

  it.each(WORLDS)('does not depend on the order of the rows with %s', (_, paths) => {
    const credits = creditPaths(paths, model, options);
    const shuffled = creditPaths(reordered(paths), model, options);
    // An estimate sees sets of items in another order, but draws the same orders of the items.
    near(shuffled.conversions, credits.conversions);
    near(shuffled.value, credits.value);
  });

  it.each(WORLDS)(
    'is the same when equal paths are counted in one row or in several, with %s',
    (_, paths) => {
      const credits = creditPaths(paths, model, options);
      const split = creditPaths(paths.flatMap(halved), model, options);
      near(split.conversions, credits.conversions);
      near(split.value, credits.value);
    },
  );

  it('gives nothing to an item that is on no path, or only where nothing was counted', () => {
    const paths: Path[] = [
      { items: [1, 4], conversions: 2, value: 20, nulls: 1 },
      { items: [4], conversions: 1, value: 5, nulls: 3 },
      { items: [6, 4], conversions: 0, value: 0, nulls: 0 },
    ];
    const { conversions, value } = creditPaths(paths, model, options);
    expect(conversions).toHaveLength(7);
    for (const absent of [0, 2, 3, 5, 6]) expect([conversions[absent], value[absent]]).toEqual([0, 0]);
  });

  it('credits nothing when nothing converted, and when there are no paths', () => {
    const { conversions, value } = creditPaths(
      [{ items: [0, 1], conversions: 0, value: 0, nulls: 9 }],
      model,
      options,
    );
    expect([...conversions, ...value]).toEqual([0, 0, 0, 0]);
    expect(creditPaths([], model, options).conversions).toHaveLength(0);
  });

  it.each<[string, Partial<Path>, string]>([
    ['no items', { items: [] }, 'path 1: it has no items'],
    ['an item below 0', { items: [0, -1] }, 'path 1: an item must be a whole number from 0'],
    ['an item and a half', { items: [1.5] }, 'path 1: an item must be a whole number'],
    [
      'less than no conversions',
      { conversions: -1 },
      'path 1: conversions must be a number of at least 0, not -1',
    ],
    ['no number of nulls', { nulls: Number.NaN }, 'path 1: nulls must be a number of at least 0, not NaN'],
    ['an endless value', { value: Number.POSITIVE_INFINITY }, 'path 1: value must be a number, not Infinity'],
    ['a value of nothing', { conversions: 0 }, 'path 1: it has a value of 2 but no conversion'],
  ])('refuses %s', (_, flaw, message) => {
    const good: Path = { items: [0], conversions: 1, value: 2, nulls: 3 };
    expect(() => creditPaths([good, { ...good, ...flaw }], model, options)).toThrow(message);
  });
});

function reordered(paths: Path[]): Path[] {
  const random = seededRandom(99);
  return paths
    .map((path) => ({ path, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ path }) => path);
}

function halved({ items, conversions, value, nulls }: Path): Path[] {
  const half = { items, conversions: conversions / 2, value: value / 2, nulls: nulls / 2 };
  return [half, half];
}

it.each<[string, () => unknown, string]>([
  [
    'order 0',
    () => creditPaths([], 'markov', { order: 0 }),
    'the order must be a whole number from 1 to 4, not 0',
  ],
  ['order 5', () => creditPaths([], 'markov', { order: 5 }), 'from 1 to 4, not 5'],
  ['one pair', () => creditPaths([], 'shapley', { pairs: 1 }), 'pairs must be a whole number of at least 2'],
])('refuses %s', (_, credit, message) => expect(credit).toThrow(message));

it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses a half-life of %s', (halfLife) => {
  const paths = [{ items: [0], conversions: 1, value: 1, nulls: 0 }];
  expect(() => creditPaths(paths, 'time-decay', { halfLife })).toThrow(
    'the half-life must be a number above 0',
  );
});
