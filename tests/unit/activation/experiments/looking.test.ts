import { describe, expect, test } from 'vitest';
import {
  alwaysValidP,
  alwaysValidReach,
} from '../../../../server/src/activation/models/experiments/always-valid';
import {
  MISMATCH,
  ratioMismatchP,
} from '../../../../server/src/activation/models/experiments/ratio-mismatch';
import { sampleSize } from '../../../../server/src/activation/models/experiments/sample-size';
import { verdictOf } from '../../../../server/src/activation/models/experiments/verdict';
import { normalCdf } from '../../../../server/src/stats/normal-cdf';
import { sampleNormal } from '../../../../server/src/stats/sample-normal';
import { seededRandom } from '../../../../server/src/stats/seeded-random';

describe('always-valid intervals', () => {
  test('reach three to four standard errors over all sizes that sites have', () => {
    for (const unitDays of [5_000, 50_000, 500_000, 50_000_000]) {
      expect(alwaysValidReach(unitDays, 0.05)).toBeGreaterThan(3);
      expect(alwaysValidReach(unitDays, 0.05)).toBeLessThan(4.2);
    }
    expect(alwaysValidReach(0, 0.05)).toBe(Number.POSITIVE_INFINITY);
  });

  test('have p-values that are alpha at their ends', () => {
    for (const unitDays of [1_000, 50_000, 3_000_000]) {
      const reach = alwaysValidReach(unitDays, 0.05);
      expect(alwaysValidP(reach, unitDays, 0.05)).toBeCloseTo(0.05, 10);
      expect(alwaysValidP(-reach - 0.1, unitDays, 0.05)).toBeLessThan(0.05);
    }
    expect(alwaysValidP(100, 0, 0.05)).toBe(1);
  });

  test('are left by chance on fewer than one path of twenty, however often one looks', () => {
    const PATHS = 2_000;
    let left = 0;
    let leftAtTwo = 0;
    for (let path = 1; path <= PATHS; path++) {
      const random = seededRandom(path);
      let sum = 0;
      let days = 0;
      let wasLeft = false;
      let wasLeftAtTwo = false;
      for (let look = 0; look < 200; look++) {
        const more = 200 * 1.05 ** look;
        sum += Math.sqrt(more) * sampleNormal(random);
        days += more;
        const z = Math.abs(sum) / Math.sqrt(days);
        wasLeft ||= z > alwaysValidReach(days, 0.05);
        wasLeftAtTwo ||= z > 1.96;
      }
      left += Number(wasLeft);
      leftAtTwo += Number(wasLeftAtTwo);
    }
    expect(left / PATHS).toBeLessThan(0.05);
    expect(leftAtTwo / PATHS, 'with intervals for one look').toBeGreaterThan(0.3);
  });
});

describe('the sample-ratio check', () => {
  test("is Pearson's chi-square", () => {
    // (10² + 10²) / 50 = 4, on one degree of freedom.
    expect(ratioMismatchP([60, 40], [0.5, 0.5])).toBeCloseTo(2 * (1 - normalCdf(2)), 12);
  });

  test('lets chance pass and finds a tenth of an arm gone', () => {
    expect(ratioMismatchP([1_000, 9_100], [0.1, 0.9])).toBeGreaterThan(MISMATCH);
    expect(ratioMismatchP([900, 9_000], [0.1, 0.9])).toBeGreaterThan(MISMATCH);
    expect(ratioMismatchP([9_000, 90_000], [0.1, 0.9])).toBeLessThan(MISMATCH);
  });

  test('says nothing of a few units, and everything of an arm that should have none', () => {
    expect(ratioMismatchP([0, 12], [0.1, 0.9])).toBe(1);
    expect(ratioMismatchP([100, 900, 1], [0.1, 0.9, 0])).toBe(0);
    expect(ratioMismatchP([100, 900, 0], [0.1, 0.9, 0])).toBeGreaterThan(0.9);
  });
});

describe('the sample size', () => {
  const plan = {
    difference: 0.5,
    deviation: 1,
    growth: 1,
    varianceSaved: 0,
    power: 0.8,
    alpha: 0.05,
    holdout: 0.5,
    horizon: 'fixed',
    perDay: 100,
  } as const;

  test('is the textbook one for two equal arms: 63 each for half a deviation', () => {
    // (1.95996 + 0.84162)² · 4 / 0.25 = 125.6
    expect(sampleSize(plan)).toBe(126);
  });

  test('falls as the past explains more, and grows with fewer held out and with the wish to look any day', () => {
    expect(sampleSize({ ...plan, varianceSaved: 0.5 })).toBe(63);
    // 1/0.1 + 1/0.9 instead of 4
    expect(sampleSize({ ...plan, holdout: 0.1 })).toBe(Math.ceil((125.58 * (10 + 10 / 9)) / 4));
    expect(sampleSize({ ...plan, horizon: 'sequential' })).toBeGreaterThan(200);
    // 2 + 2 · 1.2² instead of 4
    expect(sampleSize({ ...plan, growth: 1.2 })).toBe(Math.ceil((125.58 * 4.88) / 4));
  });

  test('under a sequential horizon is where the boundary and the power meet', () => {
    const wanted = { ...plan, difference: 0.05, horizon: 'sequential' } as const;
    const units = sampleSize(wanted);
    const reach = alwaysValidReach((units * units) / wanted.perDay / 2, 0.05);
    const z = (wanted.difference * Math.sqrt(units)) / 2;
    expect(1 - normalCdf(reach - z)).toBeCloseTo(0.8, 2);
  });
});

describe('the verdict', () => {
  const clear = { perUnit: { value: 2, low: 1, high: 3 }, pValue: 0.001 };
  const enough = { buyers: [50, 400], final: true, alpha: 0.05 };

  test('says which way a clear difference goes', () => {
    expect(verdictOf(clear, enough)).toBe('more');
    expect(verdictOf({ perUnit: { value: -2, low: -3, high: -1 }, pValue: 0.001 }, enough)).toBe('less');
    expect(verdictOf({ ...clear, pValue: 0.2 }, enough)).toBe('no clear difference');
  });

  test('waits for the planned end, and for more than a handful of buyers', () => {
    expect(verdictOf(clear, { ...enough, final: false })).toBe('not enough data');
    expect(verdictOf(clear, { ...enough, buyers: [3, 400] })).toBe('not enough data');
  });
});
