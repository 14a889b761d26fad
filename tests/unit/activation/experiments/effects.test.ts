import { describe, expect, test } from 'vitest';
import { adjustedMeans } from '../../../../server/src/activation/models/experiments/adjust';
import { effectsOf } from '../../../../server/src/activation/models/experiments/effects';
import { relativeLift } from '../../../../server/src/activation/models/experiments/relative-lift';
import type { Units } from '../../../../server/src/activation/models/experiments/units';
import { leastSquares } from '../../../../server/src/stats/least-squares';
import { sampleNormal } from '../../../../server/src/stats/sample-normal';
import { seededRandom } from '../../../../server/src/stats/seeded-random';

const unitsOf = (arm: number[], value: number[], covariates: number[][] = []): Units => ({
  arm: Uint8Array.from(arm),
  arms: Math.max(...arm) + 1,
  value: Float64Array.from(value),
  covariates: covariates.map((column) => Float64Array.from(column)),
});

const fixed = { horizon: 'fixed', alpha: 0.05, unitDays: 1000 } as const;

function drawn(seed: number, n: number, arms = 2): Units {
  const random = seededRandom(seed);
  const arm = Array.from({ length: n }, () => Math.floor(arms * random()));
  const past = arm.map(() => sampleNormal(random));
  const other = arm.map(() => sampleNormal(random));
  const value = arm.map((k, i) => 5 + 0.5 * k + 2 * past[i]! - other[i]! + sampleNormal(random));
  return unitsOf(arm, value, [past, other]);
}

describe('adjusted means', () => {
  test('are plain means with their standard errors where nothing is known before', () => {
    const { arms } = adjustedMeans(unitsOf([0, 0, 0, 1, 1, 1], [1, 2, 3, 3, 1, 2]));
    expect(arms.map(({ mean }) => mean)).toEqual([2, 2]);
    for (const { squaredError } of arms) expect(squaredError).toBeCloseTo(1 / 3, 12);
  });

  test('take out what the past explains: a difference that it explains whole is none', () => {
    // Worth twice the past, and three more in arm 1, which by chance got the larger past.
    const past = [1, 2, 3, 4, 3, 4, 5, 7];
    const arm = [0, 0, 0, 0, 1, 1, 1, 1];
    const value = past.map((x, i) => 2 * x + 3 * arm[i]!);
    const [effect] = effectsOf(unitsOf(arm, value, [past]), fixed);
    expect(effect!.perUnit.value).toBeCloseTo(3, 9);
    expect(effect!.unadjusted.value).toBeCloseTo(3 + 2 * (4.75 - 2.5), 9);
    expect(effect!.varianceSaved).toBeCloseTo(1, 9);
  });

  test('go by the slopes of a regression within arms', () => {
    const units = drawn(1, 400);
    const { arm, value, covariates } = units;
    const within = (column: Float64Array) => {
      const means = [0, 1].map((k) => {
        const of = column.filter((_, i) => arm[i] === k);
        return of.reduce((sum, x) => sum + x, 0) / of.length;
      });
      return { means, centred: column.map((x, i) => x - means[arm[i]!]!) };
    };
    const columns = covariates.map(within);
    const slopes = leastSquares(
      columns.map(({ centred }) => centred),
      within(value).centred,
    );
    const [low, high] = within(value).means as [number, number];
    const imbalance = columns.reduce((sum, { means }, j) => sum + slopes[j]! * (means[1]! - means[0]!), 0);
    const [effect] = effectsOf(units, fixed);
    expect(effect!.perUnit.value).toBeCloseTo(high - low - imbalance, 4);
    expect(effect!.varianceSaved).toBeGreaterThan(0.7);
  });

  test('do not mind a covariate that says nothing, one told twice, or the unit it is in', () => {
    const units = drawn(2, 300);
    const [past, other] = units.covariates as [Float64Array, Float64Array];
    const plain = effectsOf(units, fixed)[0]!.perUnit;
    const again = effectsOf(
      {
        ...units,
        covariates: [past.map((x) => 7 - 1e6 * x), new Float64Array(300).fill(3), other, past],
      },
      fixed,
    )[0]!.perUnit;
    for (const key of ['value', 'low', 'high'] as const) expect(again[key]).toBeCloseTo(plain[key], 6);
  });

  test('draw the variance of a small arm towards that of all where tails are heavy, and leave it where they are light', () => {
    const random = seededRandom(3);
    const heavy = Array.from({ length: 4000 }, () => Math.exp(2 * sampleNormal(random)));
    const arm = heavy.map((_, i) => (i < 40 ? 0 : 1));
    const small = heavy.map((x, i) => (i < 40 ? Math.min(x, 1) : x));
    const [holdout, treated] = adjustedMeans(unitsOf(arm, small)).arms;
    expect(holdout!.squaredError * 40).toBeGreaterThan(0.4 * treated!.squaredError * 3960);

    const light = arm.map((k) => (k === 0 ? 0.1 : 1) * (random() < 0.5 ? -1 : 1));
    const [own] = adjustedMeans(unitsOf(arm, light)).arms;
    expect(own!.squaredError * 40).toBeLessThan(0.2);
  });
});

describe('effects', () => {
  test('are symmetric: what one arm gains the other loses', () => {
    const units = drawn(4, 200);
    const swapped = { ...units, arm: units.arm.map((k) => 1 - k) };
    const one = effectsOf(units, fixed)[0]!.perUnit;
    const other = effectsOf(swapped, fixed)[0]!.perUnit;
    expect(other.value).toBeCloseTo(-one.value, 9);
    expect(other.low).toBeCloseTo(-one.high, 9);
  });

  test('of several variants widen their intervals, so that all of them hold together', () => {
    const units = drawn(5, 900, 3);
    const pair = { ...units, arms: 2, arm: units.arm.map((k) => Math.min(k, 1)) };
    const effects = effectsOf(units, fixed);
    expect(effects).toHaveLength(2);
    const width = ({ low, high }: { low: number; high: number }) => high - low;
    expect(width(effects[0]!.perUnit)).toBeGreaterThan(1.1 * width(effectsOf(pair, fixed)[0]!.perUnit));
  });

  test('are nothing where nothing varies', () => {
    const [effect] = effectsOf(unitsOf([0, 0, 1, 1], [0, 0, 0, 0]), fixed);
    expect(effect).toMatchObject({ perUnit: { value: 0, low: 0, high: 0 }, pValue: 1, relative: null });
  });

  test('under a sequential horizon have wider intervals, and a larger p-value', () => {
    const units = drawn(6, 500);
    const once = effectsOf(units, { ...fixed, unitDays: 20_000 })[0]!;
    const always = effectsOf(units, { ...fixed, unitDays: 20_000, horizon: 'sequential' })[0]!;
    expect(always.perUnit.value).toBe(once.perUnit.value);
    expect(always.perUnit.low).toBeLessThan(once.perUnit.low);
    expect(always.perUnit.high).toBeGreaterThan(once.perUnit.high);
    expect(always.pValue).toBeGreaterThan(once.pValue);
  });

  test('agree with their p-values: zero is outside exactly when p is below alpha', () => {
    for (let seed = 10; seed < 60; seed++) {
      for (const horizon of ['fixed', 'sequential'] as const) {
        const { perUnit, pValue } = effectsOf(drawn(seed, 120), { ...fixed, horizon, unitDays: 5_000 })[0]!;
        expect(perUnit.low > 0 || perUnit.high < 0).toBe(pValue < 0.05);
      }
    }
  });
});

describe('the relative lift', () => {
  const holdout = { n: 100, mean: 10, squaredError: 1 };
  const arm = { n: 900, mean: 12, squaredError: 0.2 };

  test('has the shares at its ends that the data just do not rule out', () => {
    const lift = relativeLift(arm, holdout, 0.1, 2)!;
    expect(lift.value).toBeCloseTo(0.2, 12);
    for (const end of [lift.low, lift.high]) {
      const ratio = 1 + end;
      const variance = 0.2 + 0.1 - 2 * ratio * 0.1 + ratio ** 2 * (1 + 0.1);
      expect(Math.abs(12 - ratio * 10) / Math.sqrt(variance)).toBeCloseTo(2, 9);
    }
  });

  test('holds zero exactly when the difference does', () => {
    for (const reach of [1.5, 1.8, 1.83, 2, 3]) {
      const differenceHoldsZero = 2 <= reach * Math.sqrt(1.2);
      const { low, high } = relativeLift(arm, holdout, 0.1, reach)!;
      expect(low <= 0 && high >= 0).toBe(differenceHoldsZero);
    }
  });

  test('is not told where the holdout itself is not clear of zero', () => {
    expect(relativeLift(arm, { ...holdout, mean: 1.9 }, 0, 2)).toBeNull();
    expect(relativeLift(arm, { ...holdout, mean: -10 }, 0, 2)).toBeNull();
  });
});
