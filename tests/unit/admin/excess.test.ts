import { describe, expect, test } from 'vitest';
import { shareTicks } from '../../../admin/src/components/interval-scale';
import { formats } from '../../../admin/src/format';
import { measureOf } from '../../../admin/src/measure';
import { type Compared, pairsOf } from '../../../admin/src/pages/Compare/pairs';

const en = formats('en');

describe('a difference of logarithms as a share', () => {
  test('is the share by which one plus value differs', () => {
    expect(en.share(Math.log(1.38))).toBe('+38%');
    expect(en.share(Math.log(0.75))).toBe('−25%');
    expect(en.share(0)).toBe('0%');
    expect(en.share(null)).toBe('–');
  });

  test('has decimals where it is small, and is a multiple where it is huge', () => {
    expect(en.share(Math.log(1.034))).toBe('+3.4%');
    expect(en.share(Math.log(1.034), Math.log(1.5))).toBe('+3%');
    expect(en.share(Math.log(1204))).toBe('×1,204');
    expect(en.share(800)).toBe('>×1,000,000');
  });
});

test('a ranking without a typical piece is shown by adjusted differences', () => {
  const figures = {
    excess: null,
    excessLow: null,
    excessHigh: null,
    adjustedDifference: 120,
    adjustedDifferenceLow: 20,
    adjustedDifferenceHigh: 220,
  };
  const report = { comparable: 9, itemsNeeded: 15, typical: null };
  const measure = measureOf({ report, currency: 'EUR' }, en);
  expect(measure.of(figures)).toEqual({ value: 120, low: 20, high: 220 });
  expect(measure.write(120)).toBe('+€120');
  const typical = { spread: 0.1, ordinary: 0.9 };
  const excess = measureOf({ report: { ...report, typical }, currency: 'EUR' }, en);
  expect(excess.of(figures).value).toBeNull();
  expect(excess.scale([excess.of(figures)]).ticks).toEqual([]);
  expect(shareTicks(-0.2, 0.5).map((tick) => excess.tick(tick))).toContain('+20%');
});

describe('two items', () => {
  const one = (contentId: number, excess: number | null, standardError: number | null) =>
    ({ item: { contentId, excess }, detail: { standardError } }) as unknown as Compared;

  test('differ by the difference of their excess, with the errors of both', () => {
    const [pair] = pairsOf([one(1, 0.5, 0.03), one(2, 0.1, 0.04)]);
    expect(pair!.value).toBeCloseTo(0.4, 12);
    expect(pair!.high - pair!.low).toBeCloseTo(2 * 1.959964 * 0.05, 6);
  });

  test('are compared only where both are known, each pair once', () => {
    const items = [one(1, 0.5, 0.1), one(2, null, null), one(3, 0.1, 0.1), one(4, 0.2, 0.1)];
    expect(pairsOf(items).map(({ first, second }) => [first.item.contentId, second.item.contentId])).toEqual([
      [1, 3],
      [1, 4],
      [3, 4],
    ]);
  });
});
