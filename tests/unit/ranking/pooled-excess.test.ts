import { expect, test } from 'vitest';
import { type GroupItem, pooledGroups } from '../../../server/src/ranking/models/pooled-excess';
import { normalCdf } from '../../../server/src/stats/normal-cdf';
import { normalQuantile } from '../../../server/src/stats/normal-quantile';

const REACH = normalQuantile(0.975);
const item = (excess: number | null, standardError = 0.1, more: Partial<GroupItem> = {}): GroupItem => ({
  excess,
  excessLow: excess === null ? null : excess - REACH * standardError,
  excessHigh: excess === null ? null : excess + REACH * standardError,
  verdict: excess === null ? 'not enough data' : 'not distinguishable',
  readers: 10,
  ...more,
});
const pool = (items: GroupItem[]) => pooledGroups(new Map([['group', items]]), 0.1)[0]!;

test('items that differ by chance alone are averaged by precision', () => {
  // Weights 100, 100 and 25; their sum of squares is below what chance explains.
  const group = pool([item(0.1), item(0.2), item(0.15, 0.2)]);
  const mean = (100 * 0.1 + 100 * 0.2 + 25 * 0.15) / 225;
  expect(group.excess).toBeCloseTo(mean, 12);
  expect(group.spread).toBe(0);
  expect(group.excessLow).toBeCloseTo(mean - REACH / 15, 12);
  expect(group.excessHigh).toBeCloseTo(mean + REACH / 15, 12);
  expect(group.pValue).toBeCloseTo(2 * normalCdf(-mean * 15), 12);
});

test('items that differ in truth widen the interval of their mean by that', () => {
  // Equal errors: between = sample variance − 0.01, and the squared error of the mean is sample variance / n.
  const group = pool([item(-0.5), item(0), item(0.8)]);
  const variance = (0.6 ** 2 + 0.1 ** 2 + 0.7 ** 2) / 2;
  expect(group.excess).toBeCloseTo(0.1, 9);
  expect(group.spread).toBeCloseTo(Math.sqrt(variance - 0.01), 6);
  expect(group.excessHigh).toBeCloseTo(0.1 + REACH * Math.sqrt(variance / 3), 6);
});

test('fewer than three comparable items say nothing of their group, and are counted all the same', () => {
  const group = pool([
    item(0.4, 0.1, { verdict: 'associated' }),
    item(-0.4, 0.1, { verdict: 'below typical' }),
    item(null),
    item(null, 0.1, { verdict: 'support-like' }),
  ]);
  expect(group).toEqual({
    value: 'group',
    items: 4,
    comparable: 2,
    needed: 3,
    associated: 1,
    belowTypical: 1,
    excess: null,
    excessLow: null,
    excessHigh: null,
    spread: null,
    pValue: null,
    qValue: null,
    verdict: 'not enough data',
    readings: 40,
  });
});

test('the rate of false discoveries is held over all groups of the view', () => {
  const three = (excess: number) => [item(excess), item(excess), item(excess)];
  // z is the mean over 0.1 / √3.
  const means = { good: 0.3, bad: -0.3, maybe: 0.11, none: 0.01, few: 0 };
  const groups = new Map(Object.entries(means).map(([name, mean]) => [name, three(mean)]));
  groups.set('few', [item(0.9), item(0.9)]);
  const pooled = pooledGroups(groups, 0.1);
  expect(Object.fromEntries(pooled.map(({ value, verdict }) => [value, verdict]))).toEqual({
    good: 'associated',
    bad: 'below typical',
    maybe: 'associated',
    none: 'not distinguishable',
    few: 'not enough data',
  });
  const maybe = pooled.find(({ value }) => value === 'maybe')!;
  expect(maybe.qValue).toBeCloseTo((4 / 3) * 2 * normalCdf((-0.11 * Math.sqrt(3)) / 0.1), 12);
  expect(pooledGroups(new Map([...groups].map(([name]) => [name, three(0.05)])), 0.1)[0]!.verdict).toBe(
    'not distinguishable',
  );
});
