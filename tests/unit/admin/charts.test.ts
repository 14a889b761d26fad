import { createIntl } from 'react-intl';
import { describe, expect, test } from 'vitest';
import { thinned } from '../../../admin/src/components/charts/Axes';
import { spread } from '../../../admin/src/components/charts/spread';
import { figureWords } from '../../../admin/src/figure';
import { formats } from '../../../admin/src/format';
import { bestIn } from '../../../admin/src/pages/Model/best';
import { shareOfValue } from '../../../admin/src/pages/Value/share-of-value';
import { targetRatio } from '../../../admin/src/pages/Value/target';
import { directions, matrixOf } from '../../../admin/src/pages/Value/tier-moves';
import { tierWorth } from '../../../admin/src/pages/Value/tier-worth';
import type { Text } from '../../../admin/src/text';
import en from '../../../admin/src/translations/en.json';
import type { ModelRow, TierMove, TierRow, ValueReport } from '../../../server/src/clv/api-types';

const intl = createIntl({ locale: 'en', messages: en });
const text: Text = (id, values) => intl.formatMessage({ id }, values);
const words = figureWords(text, formats('en'), 'EUR');

describe('figures in words', () => {
  test('give the unit once, and the interval beside it', () => {
    const months = { value: 7.2, low: 6.6, high: 7.8, n: 40 };
    expect(words.figure(months, 'months')).toBe('7.2 months');
    expect(words.interval(months, 'months')).toBe('6.6 to 7.8');
    const days = { value: 0.13, low: 0.1, high: 0.2, n: 40 };
    expect(words.cell(days, 'months')).toBe('4 days (3 to 6)');
    const ratio = { value: 3.44, low: 3.1, high: 3.8, n: 40 };
    expect(words.cell(ratio, 'ratio')).toBe('3.4 : 1 (3.1 to 3.8)');
    expect(words.cell({ value: 12.5, low: null, high: null, n: 3 }, 'money')).toBe('€12.50');
  });

  test('say what there is too little of', () => {
    const few = { notEnough: { has: 12, needs: 30, of: 'customers' } } as const;
    expect(words.figure(few, 'money')).toBe('Not enough data: 12 of 30 customers');
    expect(words.cell(null, 'money')).toBe('–');
  });
});

describe('labels of a chart', () => {
  test('are moved apart and stay within it', () => {
    expect(spread([10, 12, 80], 14, 100)).toEqual([10, 24, 80]);
    const crowded = spread([95, 96, 97], 14, 100);
    expect(crowded).toEqual([72, 86, 100]);
    expect(spread([], 14, 100)).toEqual([]);
  });

  test('are few, and the last is among them', () => {
    expect(thinned([1, 2, 3, 4, 5, 6, 7], 3)).toEqual([1, 4, 7]);
    expect(thinned([1, 2, 3, 4, 5, 6], 3)).toEqual([2, 4, 6]);
    expect(thinned([1, 2], 5)).toEqual([1, 2]);
  });
});

describe('people who moved between tiers', () => {
  const move = (from: string | null, to: string, people: number): TierMove => ({
    from,
    to,
    people,
    orders: 0,
    revenue: 0,
    touches: 0,
  });
  const tiers = ['gold', 'silver', 'bronze'];
  const moves = [
    move('silver', 'gold', 5),
    move('gold', 'bronze', 2),
    move('bronze', 'bronze', 40),
    move(null, 'silver', 3),
    move('a tier of the past', 'gold', 1),
  ];

  test('are counted by direction; new people and tiers of the past are none of them', () => {
    expect(directions(moves, tiers)).toEqual({ up: 5, down: 2, same: 40 });
  });

  test('stand in a matrix, new people in its last row', () => {
    expect(matrixOf(moves, tiers)).toEqual([
      { from: 'gold', people: [0, 0, 2] },
      { from: 'silver', people: [5, 0, 0] },
      { from: 'bronze', people: [0, 0, 40] },
      { from: null, people: [0, 3, 0] },
    ]);
  });
});

describe('the best of a measure', () => {
  const row = (name: string, changed: Partial<ModelRow>): ModelRow => ({
    name,
    heuristic: false,
    predicted: 1,
    bias: 0.1,
    mae: 1,
    rmse: 2,
    gini: 0.5,
    topDecileShare: 0.3,
    ...changed,
  });

  test('is the smallest error, the bias nearest to none, the largest Gini', () => {
    const a = row('a', { bias: -0.02, rmse: 1.5, gini: 0.4 });
    const b = row('b', { bias: 0.03, mae: 0.8, gini: 0.6 });
    expect(bestIn('bias', [a, b])).toEqual([a]);
    expect(bestIn('rmse', [a, b])).toEqual([a]);
    expect(bestIn('mae', [a, b])).toEqual([b]);
    expect(bestIn('gini', [a, b])).toEqual([b]);
  });

  test('can be several, none where nothing is known, and takes a bias of zero for the best', () => {
    const [a, b] = [row('a', { gini: null }), row('b', { gini: null, bias: 0 })];
    expect(bestIn('mae', [a, b])).toEqual([a, b]);
    expect(bestIn('gini', [a, b])).toEqual([]);
    expect(bestIn('bias', [a, b])).toEqual([b]);
  });
});

test('the share of the value is read between two points of the curve', () => {
  const curve: [number, number][] = [
    [0, 0],
    [0.2, 0.8],
    [1, 1],
  ];
  expect(shareOfValue(curve, 0.1)).toBeCloseTo(0.4, 12);
  expect(shareOfValue(curve, 0.2)).toBeCloseTo(0.8, 12);
  expect(shareOfValue(curve, 1)).toBe(1);
  expect(shareOfValue([], 0.5)).toBe(0);
});

test('the target of CLV:CAC is the one of the run', () => {
  const report = {
    tiles: [
      { key: 'retention', target: 0.6 },
      { key: 'ratio', target: 5 },
    ],
  };
  expect(targetRatio(report as unknown as ValueReport)).toBe(5);
});

test('a tier is worth what tiers go by', () => {
  const row: TierRow = { tier: 'gold', customers: 2, value: 100, predicted: 40, from: null, to: null };
  expect(tierWorth(row, 'total')).toBe(140);
  expect(tierWorth(row, 'historical')).toBe(100);
  expect(tierWorth(row, 'predicted')).toBe(40);
  expect(tierWorth({ ...row, predicted: null }, 'total')).toBe(100);
});
