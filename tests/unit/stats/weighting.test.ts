import { describe, expect, it } from 'vitest';
import { effectiveSampleSize } from '../../../server/src/stats/effective-sample-size';
import { meanInterval } from '../../../server/src/stats/mean-interval';
import { naturalSpline } from '../../../server/src/stats/natural-spline';
import { sampleOf } from '../../../server/src/stats/sample';
import { standardisedDifference } from '../../../server/src/stats/standardised-difference';

describe('effective sample size', () => {
  it('is the number of persons for equal weights, and falls as they differ', () => {
    expect(effectiveSampleSize([3, 3, 3, 3])).toBe(4);
    expect(effectiveSampleSize([1, 1, 1, 0])).toBe(3);
    // (1 + 2 + 3)² / (1 + 4 + 9)
    expect(effectiveSampleSize([1, 2, 3])).toBeCloseTo(36 / 14, 12);
  });

  it('does not depend on the scale, though squares would be nothing or beyond any number', () => {
    expect(effectiveSampleSize([1e-200, 2e-200, 3e-200])).toBeCloseTo(36 / 14, 12);
    expect(effectiveSampleSize([1e200, 2e200, 3e200])).toBeCloseTo(36 / 14, 12);
  });

  it('is nothing without weight', () => {
    expect(effectiveSampleSize([])).toBe(0);
    expect(effectiveSampleSize([0, 0])).toBe(0);
  });
});

describe('standardised difference', () => {
  const inFirst = Uint8Array.of(1, 1, 1, 0, 0, 0);

  it('is the difference of means in standard deviations', () => {
    // Means 5 and 2, variances 4 and 1.
    expect(standardisedDifference([3, 5, 7, 1, 2, 3], inFirst)).toBeCloseTo(3 / Math.sqrt(2.5), 12);
  });

  it('weighs the means and not the measure', () => {
    // First: (3 + 5 + 2·7)/4 = 5.5; other: (3·1 + 2 + 0·3)/4 = 1.25.
    const weights = [1, 1, 2, 3, 1, 0];
    const found = standardisedDifference([3, 5, 7, 1, 2, 3], inFirst, weights);
    expect(found).toBeCloseTo(4.25 / Math.sqrt(2.5), 12);
  });

  it("is Austin's for shares, (p₁ − p₀)/√((p₁(1 − p₁) + p₀(1 − p₀))/2), in many persons", () => {
    const exposed = Uint8Array.from({ length: 20_000 }, (_, i) => i % 2);
    const yes = Float64Array.from(exposed, (is, i) => ((i >> 1) % 10 < (is ? 6 : 3) ? 1 : 0));
    expect(standardisedDifference(yes, exposed)).toBeCloseTo(0.3 / Math.sqrt((0.24 + 0.21) / 2), 3);
  });

  it('is 0 where nothing varies whatever the weights, and none where only the groups differ', () => {
    const weights = [0.1, 0.2, 0.7, 0.3, 1e-9, 0.31];
    expect(standardisedDifference(new Array(6).fill(0.1), inFirst, weights)).toBe(0);
    expect(standardisedDifference([0.1, 0.1, 0.1, 0.3, 0.3, 0.3], inFirst, weights)).toBe(null);
  });

  it('is none for a group without persons or weight', () => {
    expect(standardisedDifference([1, 2], Uint8Array.of(1, 1))).toBe(null);
    expect(standardisedDifference([1, 2, 3, 4, 5, 6], inFirst, [0, 0, 0, 1, 1, 1])).toBe(null);
  });
});

describe('a natural spline', () => {
  const values = Float64Array.from({ length: 1001 }, (_, i) => i / 1000);

  it('is straight beyond its outer knots and smooth between them', () => {
    const columns = naturalSpline(values);
    expect(columns).toHaveLength(4);
    for (const column of columns) {
      const bendAt = (i: number) => column[i - 1]! - 2 * column[i]! + column[i + 1]!;
      for (const i of [1, 10, 18, 982, 990, 999]) expect(bendAt(i)).toBeCloseTo(0, 12);
      for (let i = 2; i < 999; i++) expect(Math.abs(bendAt(i) - bendAt(i - 1))).toBeLessThan(1e-7);
    }
    expect(Math.abs(columns[1]![400]! - 2 * columns[1]![500]! + columns[1]![600]!)).toBeGreaterThan(1e-3);
  });

  it('is the variable alone when it takes few values', () => {
    const yesNo = values.map((x) => (x > 0.4 ? 1 : 0));
    expect(naturalSpline(yesNo)).toEqual([yesNo]);
    expect(naturalSpline(new Float64Array(50))).toHaveLength(1);
    expect(naturalSpline(values.map((x) => Math.max(0, x - 0.5)))).toHaveLength(2);
  });
});

it("is Student's interval of a mean", () => {
  // Of 1 to 5: mean 3, variance 2.5; the 97.5 % quantile of 4 degrees is 2.776445.
  const { low, high } = meanInterval(sampleOf([1, 2, 3, 4, 5]));
  expect(high).toBeCloseTo(3 + 2.776445 * Math.sqrt(0.5), 5);
  expect(low).toBeCloseTo(6 - high, 12);
  expect(meanInterval(sampleOf([1])).low).toBeNaN();
});
