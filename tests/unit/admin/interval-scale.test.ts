import { describe, expect, test } from 'vitest';
import {
  apart,
  commonScale,
  type Interval,
  place,
  shareTicks,
} from '../../../admin/src/components/interval-scale';

const interval = (value: number, reach: number): Interval => ({
  value,
  low: value - reach,
  high: value + reach,
});
const NONE: Interval = { value: null, low: null, high: null };

describe('the scale that all bars share', () => {
  test('holds zero, every figure and every ordinary interval', () => {
    const items = [interval(412, 160), interval(-230, 95), interval(12, 90), NONE];
    const scale = commonScale(items);
    for (const { low, high } of items) {
      if (low === null || high === null) continue;
      expect(low).toBeGreaterThan(scale.min);
      expect(high).toBeLessThan(scale.max);
    }
    expect(scale.min).toBeLessThan(0);
  });

  test('lets one huge interval run off rather than press the others into a line', () => {
    const scale = commonScale([interval(100, 20), interval(50, 20), interval(10, 90_000)]);
    expect(scale.max).toBeLessThan(250);
    expect(scale.min).toBeGreaterThan(-250);
  });

  test('starts at zero when everything is above it, with room for the line', () => {
    const scale = commonScale([interval(100, 20), interval(60, 10)]);
    expect(place(scale, 0)).toBeGreaterThan(0);
    expect(place(scale, 0)).toBeLessThan(0.1);
  });

  test('has a few round ticks, zero among them', () => {
    const { ticks } = commonScale([interval(412, 160), interval(-230, 95)]);
    expect(ticks).toEqual([-200, 0, 200, 400, 600]);
  });

  test('names round shares on an axis of logarithms, halves and doubles where they reach far', () => {
    const shares = (min: number, max: number) =>
      shareTicks(Math.log(min), Math.log(max)).map((tick) => Math.round(1000 * Math.expm1(tick)) / 10);
    expect(shares(0.75, 1.5)).toEqual([-20, 0, 20, 40]);
    expect(shares(0.3, 9)).toEqual([-50, 0, 100, 300, 700]);
  });

  test('stands when there is nothing to show', () => {
    expect(place(commonScale([]), 0)).toBe(0.5);
    expect(place(commonScale([interval(0, 0)]), 0)).toBe(0.5);
  });
});

test('what lies beyond the scale stops at its edge', () => {
  const scale = { min: -100, max: 100, ticks: [] };
  expect([-500, -100, 0, 50, 500].map((value) => place(scale, value))).toEqual([0, 0, 0.5, 0.75, 1]);
});

test('names that would cover each other are left out, never that of zero', () => {
  const at = (tick: number) => (tick + 40) / 120;
  expect(apart([-40, -20, 0, 20, 40, 60, 80], at, 0.17).sort((a, b) => a - b)).toEqual([-40, 0, 40, 80]);
  expect(apart([1, 2], (tick) => tick, 0.5)).toEqual([1, 2]);
});
