import { describe, expect, it } from 'vitest';
import { incompleteBeta } from '../../../server/src/stats/incomplete-beta';
import { logGamma } from '../../../server/src/stats/log-gamma';
import { normalCdf } from '../../../server/src/stats/normal-cdf';
import { normalQuantile } from '../../../server/src/stats/normal-quantile';
import { studentTCdf } from '../../../server/src/stats/student-t-cdf';
import { studentTQuantile } from '../../../server/src/stats/student-t-quantile';
import { studentTTails } from '../../../server/src/stats/student-t-tails';

/** Expected values were computed with 60 digits. */
function expectClose(actual: number, expected: number, tolerance = 1e-12) {
  const scale = Math.max(Math.abs(expected), 1e-300);
  expect(Math.abs(actual - expected) / scale, `${actual} against ${expected}`).toBeLessThan(tolerance);
}

describe('ln Γ', () => {
  it.each([
    [1e-5, 11.512919692895826],
    [0.1, 2.252712651734206],
    [0.5, 0.5723649429247001],
    [1.5, -0.12078223763524522],
    [2.7, 0.4348205536551047],
    [9.99, 12.779315214350193],
    [10.5, 13.940625219403763],
    [150.25, 601.2615040324997],
    [1e6, 12815504.569147613],
  ])('of %d is %d', (x, expected) => expectClose(logGamma(x), expected));

  it('is zero at 1 and 2, infinite at 0 and undefined below', () => {
    expect(Math.abs(logGamma(1))).toBeLessThan(1e-13);
    expect(Math.abs(logGamma(2))).toBeLessThan(1e-13);
    expect(logGamma(0)).toBe(Number.POSITIVE_INFINITY);
    expect(logGamma(-1.5)).toBeNaN();
  });
});

describe('the normal distribution', () => {
  it.each([
    [-37, 5.725571222524577e-300],
    [-10, 7.619853024160525e-24],
    [-5, 2.866515718791939e-7],
    [-2.5, 0.006209665325776135],
    [-2.4999, 0.00621141837494459],
    [-1.25, 0.10564977366685525],
    [-0.1, 0.460172162722971],
    [0, 0.5],
    [0.5, 0.6914624612740131],
    [1.96, 0.9750021048517795],
    [2.5, 0.9937903346742238],
    [6, 0.9999999990134123],
  ])('lies below %d with probability %d', (x, expected) => expectClose(normalCdf(x), expected));

  it.each([
    [1e-12, -7.034483825301132],
    [0.001, -3.0902323061678136],
    [0.02425, -1.9729610513118847],
    [0.3, -0.5244005127080408],
    [0.8, 0.8416212335729144],
    [0.975, 1.9599639845400538],
    [0.999, 3.090232306167813],
  ])('has the quantile of %d', (p, expected) => expectClose(normalQuantile(p), expected));

  it('has its ends at infinity and nothing beyond', () => {
    expect(normalCdf(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(normalCdf(Number.POSITIVE_INFINITY)).toBe(1);
    expect(Math.abs(normalQuantile(0.5))).toBeLessThan(1e-15);
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY);
    expect(normalQuantile(1.1)).toBeNaN();
  });
});

describe('the incomplete beta function', () => {
  it.each([
    [0.1, 2, 3, 0.052300000000000006],
    [0.5, 0.5, 0.5, 0.5],
    [0.9, 10, 0.5, 0.15164090963470997],
    [0.3, 0.01, 5, 0.9991442234826966],
    [0.7, 200, 100, 0.8911569343550898],
    [0.66, 2000, 1000, 0.21878490883935917],
    [0.999, 5000, 0.5, 0.0015615791602892834],
    [0.99999, 50000.5, 0.5, 0.31730808815072087],
    [1e-10, 0.5, 30, 6.154690374564638e-5],
  ])('at %d of %d and %d is %d', (x, a, b, expected) => expectClose(incompleteBeta(x, a, b), expected));

  it('ends at 0 and 1 and is undefined outside', () => {
    expect(incompleteBeta(0, 2, 3)).toBe(0);
    expect(incompleteBeta(1, 2, 3)).toBe(1);
    expect(incompleteBeta(-0.1, 2, 3)).toBeNaN();
    expect(incompleteBeta(0.5, 0, 3)).toBeNaN();
  });
});

describe("Student's t distribution", () => {
  it.each([
    [0, 5, 1],
    [1, 1, 0.5],
    [2.5, 2, 0.12961172022151082],
    [12, 3.7, 0.000426787399381245],
    [1.96, 30, 0.05934231289605048],
    [6, 30, 1.3942768767204743e-6],
    [2, 1234.5, 0.04571902323105478],
    [30, 500, 7.214288888428019e-114],
    [4.5, 100_000, 6.802991763451694e-6],
    [1e8, 2, 9.999999999999999e-17],
  ])('is at least %d away from 0 with %d degrees of freedom with probability %d', (t, df, expected) => {
    expectClose(studentTTails(t, df), expected);
    expectClose(studentTTails(-t, df), expected);
    expectClose(studentTCdf(-t, df), expected / 2);
  });

  it('stays good to 1e-11 with a million degrees of freedom', () => {
    expectClose(studentTTails(5, 1_000_000), 5.733997870890742e-7, 1e-11);
  });

  it.each([
    [0.6, 1, 0.32491969623290623],
    [0.975, 1, 12.706204736174692],
    [0.975, 2, 4.302652729749462],
    [0.9, 4.3, 1.5127708781124372],
    [0.975, 10, 2.2281388519862744],
    [0.975, 57.3, 2.002238268231336],
    [0.995, 3, 5.840909309733355],
    [0.975, 100_000, 1.9599877075346093],
    [0.5001, 7, 0.00025974603090254505],
    [0.999999, 5, 24.77102972037249],
  ])('has the quantile of %d with %d degrees of freedom', (p, df, expected) => {
    expectClose(studentTQuantile(p, df), expected);
    expect(studentTQuantile(1 - p, df)).toBeCloseTo(-expected, 9);
  });

  it('has no quantile outside of 0 and 1 or without degrees of freedom', () => {
    expect(studentTQuantile(0.5, 3)).toBe(0);
    expect(studentTQuantile(1, 3)).toBe(Number.POSITIVE_INFINITY);
    expect(studentTQuantile(0, 3)).toBe(Number.NEGATIVE_INFINITY);
    expect(studentTQuantile(1.5, 3)).toBeNaN();
    expect(studentTQuantile(0.9, 0)).toBeNaN();
    expect(studentTTails(Number.POSITIVE_INFINITY, 3)).toBe(0);
  });
});
