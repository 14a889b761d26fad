import { describe, expect, it } from 'vitest';
import { benjaminiHochberg } from '../../../server/src/stats/benjamini-hochberg';
import { benjaminiYekutieli } from '../../../server/src/stats/benjamini-yekutieli';
import { betweenVariance } from '../../../server/src/stats/between-variance';
import { hodgesLehmann } from '../../../server/src/stats/hodges-lehmann';
import { holm } from '../../../server/src/stats/holm';
import { mannWhitney } from '../../../server/src/stats/mann-whitney';
import { median } from '../../../server/src/stats/median';
import { rankBiserial } from '../../../server/src/stats/rank-biserial';
import { rankSums } from '../../../server/src/stats/rank-sums';
import { ratioOfMeans } from '../../../server/src/stats/ratio-of-means';
import { sampleOf } from '../../../server/src/stats/sample';
import { welchDifference } from '../../../server/src/stats/welch-difference';

/** Expected values were computed with SciPy 1.17. */
const first = [3, 3, 5, 8, 0, 0, 12, 7];
const other = [0, 1, 3, 0, 2, 6, 0, 0, 4, 1];

describe('two groups', () => {
  it('are compared by ranks with ties', () => {
    const sums = rankSums(first, other);
    expect(mannWhitney(sums).u).toBe(58);
    expect(mannWhitney(sums).pValue).toBeCloseTo(0.11227773100280704, 12);
    expect(mannWhitney(sums, false).pValue).toBeCloseTo(0.1023826722573938, 12);
    expect(rankBiserial(sums)).toBeCloseTo((2 * 58) / 80 - 1, 12);
  });

  it('give the same p-value the other way round', () => {
    const back = mannWhitney(rankSums(other, first));
    expect(back.u).toBe(80 - 58);
    expect(back.pValue).toBeCloseTo(mannWhitney(rankSums(first, other)).pValue, 14);
  });

  it('have nothing to compare when one is empty or all are equal', () => {
    expect(mannWhitney(rankSums([], other)).pValue).toBeNaN();
    expect(mannWhitney(rankSums([1, 1], [1, 1])).pValue).toBeNaN();
    expect(rankBiserial(rankSums([], other))).toBeNaN();
    expect(hodgesLehmann([], other).shift).toBeNaN();
  });

  it('differ by nothing with p = 1 when each rank has its mirror', () => {
    expect(mannWhitney(rankSums([1, 4], [2, 3])).pValue).toBe(1);
  });

  it('are shifted by the median difference', () => {
    expect(hodgesLehmann([11, 12, 13], [1, 2, 3]).shift).toBe(10);
    expect(hodgesLehmann([11, 12], [1, 2]).low).toBeNaN();
  });

  it("have a difference of means with Welch's interval", () => {
    const welch = welchDifference(sampleOf(first), sampleOf(other));
    expect(welch.difference).toBeCloseTo(3.05, 12);
    expect(welch.df).toBeCloseTo(9.754262241957827, 10);
    expect(welch.pValue).toBeCloseTo(0.08632867018623604, 12);
    expect(welch.low).toBeCloseTo(-0.5253202180349734, 10);
    expect(welch.high).toBeCloseTo(6.6253202180349735, 10);
  });

  it('have a ratio of means with an interval', () => {
    const { ratio, low, high } = ratioOfMeans(sampleOf(first), sampleOf(other));
    expect(ratio).toBeCloseTo(2.794117647058824, 12);
    expect(low).toBeCloseTo(1.0673880827233784, 10);
    expect(high).toBeCloseTo(7.314203289291178, 10);
  });

  it('have no interval without variance, and no ratio without a mean above zero', () => {
    const constant = sampleOf([2, 2, 2]);
    expect(welchDifference(constant, constant)).toMatchObject({ difference: 0, low: Number.NaN });
    expect(welchDifference(sampleOf([4]), constant).low).toBeNaN();
    expect(ratioOfMeans(constant, constant)).toMatchObject({ ratio: 1, low: Number.NaN });
    expect(ratioOfMeans(constant, sampleOf([-1, 1])).ratio).toBeNaN();
  });

  it('have medians', () => {
    expect(median(first)).toBe(4);
    expect(median([3, 1, 2])).toBe(2);
    expect(median([])).toBeNaN();
  });
});

describe('many tests', () => {
  it('are corrected whatever their order', () => {
    const p = [0.01, 0.04, 0.03, 0.005];
    expect(benjaminiHochberg(p)).toEqual([0.02, 0.04, 0.04, 0.02]);
    expect(holm(p)).toEqual([0.03, 0.06, 0.06, 0.02]);
    const harmonic = 1 + 1 / 2 + 1 / 3 + 1 / 4;
    benjaminiYekutieli(p).forEach((q, i) => {
      expect(q).toBeCloseTo(benjaminiHochberg(p)[i]! * harmonic, 12);
    });
    expect(benjaminiHochberg([])).toEqual([]);
  });
});

describe('the variance between estimates', () => {
  it("solves Paule and Mandel's equation", () => {
    const variances = [0.04, 0.02, 0.09, 0.03, 0.01];
    const values = [0.1, 0.5, -0.2, 0.9, 0.3];
    const pooled = betweenVariance(values.map((value, i) => ({ value, variance: variances[i]! })));
    expect(pooled.between).toBeCloseTo(0.12112564112678603, 8);
    expect(pooled.mean).toBeCloseTo(0.3550897612048983, 8);
    expect(pooled.meanVariance).toBeCloseTo(0.03098659287996863, 8);
  });

  it('is zero when chance explains the spread, and for a single estimate', () => {
    const alike = [1, 1.1, 0.9].map((value) => ({ value, variance: 1 }));
    expect(betweenVariance(alike)).toMatchObject({ between: 0, mean: expect.closeTo(1, 12) });
    expect(betweenVariance([{ value: 3, variance: 2 }])).toEqual({ between: 0, mean: 3, meanVariance: 2 });
    expect(betweenVariance([]).mean).toBeNaN();
  });
});
