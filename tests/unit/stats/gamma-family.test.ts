import { describe, expect, it } from 'vitest';
import { digamma } from '../../../server/src/stats/digamma';
import { digammaRise } from '../../../server/src/stats/digamma-rise';
import { gammaQuantile } from '../../../server/src/stats/gamma-quantile';
import { incompleteGamma } from '../../../server/src/stats/incomplete-gamma';
import { logBeta } from '../../../server/src/stats/log-beta';
import { logRising } from '../../../server/src/stats/log-rising';
import { trigamma } from '../../../server/src/stats/trigamma';

/** Expected values were computed with 40 digits. */
function expectClose(actual: number, expected: number, tolerance = 1e-14) {
  const scale = Math.max(Math.abs(expected), 1e-300);
  expect(Math.abs(actual - expected) / scale, `${actual} against ${expected}`).toBeLessThan(tolerance);
}

describe('digamma and trigamma', () => {
  it.each([
    [1e-5, -100000.57719921568, 10000000001.64491],
    [0.1, -10.423754940411078, 101.43329915079276],
    [0.5, -1.9635100260214235, 4.934802200544679],
    [1, -0.5772156649015329, 1.6449340668482264],
    [2.7, 0.796783168991141, 0.44721206891832366],
    [9.99, 2.250700372831201, 0.10527695014824179],
    [10.5, 2.3030010342976865, 0.09991695605912673],
    [150.25, 5.008969095021217, 0.006677771512371827],
    [1e6, 13.815510057964191, 1.0000005000001667e-6],
  ])('at %d are %d and %d', (x, first, second) => {
    expectClose(digamma(x), first);
    expectClose(trigamma(x), second);
  });

  it('are exact near the zero of digamma, infinite at 0 and undefined below', () => {
    expect(Math.abs(digamma(1.4616) + 3.110625123035162e-5)).toBeLessThan(1e-15);
    expect(digamma(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(trigamma(0)).toBe(Number.POSITIVE_INFINITY);
    expect(digamma(-1)).toBeNaN();
    expect(trigamma(-1)).toBeNaN();
  });
});

describe('ln B', () => {
  it.each([
    [1e-5, 3, 11.512910465032729],
    [0.5, 0.5, 1.1447298858494002],
    [2.5, 1e6, -34.254095399436515],
    [1e6, 2.5, -34.254095399436515],
    [1e6, 1e7, -3351003.012003191],
    [200, 0.01, 4.546521474587968],
    [12.3, 45.6, -30.153168245371393],
  ])('of %d and %d is %d', (a, b, expected) => expectClose(logBeta(a, b), expected));

  it('is undefined where an argument is below zero', () => {
    expect(logBeta(-1, 2)).toBeNaN();
  });
});

describe('rising factorials', () => {
  it.each([
    [0.3, 0, 0, 0],
    [0.3, 1, -1.203972804325936, 3.3333333333333335],
    [0.3, 12, 17.143185412274168, 5.970922622501271],
    [0.3, 13, 19.652784674652537, 6.052223435509402],
    [0.3, 1000, 5906.196846791061, 10.410079522862935],
    [1e6, 3, 41.44653467389032, 2.999997000005e-6],
    [1e-4, 60, 175.32395480170769, 10004.663040945528],
  ])('from %d over %d have the logarithm %d, and it the slope %d', (a, n, value, slope) => {
    expectClose(logRising(a, n), value);
    expectClose(digammaRise(a, n), slope);
  });

  it('stay exact for large arguments', () => expectClose(logRising(1e9, 400), 8289.306414578554));
});

describe('the incomplete gamma function', () => {
  it.each([
    [0.01, 1e-9, 0.8174689566624787],
    [0.5, 0.3, 0.5614219739190002],
    [3.2, 1, 0.06129674183870603],
    [3.2, 9, 0.9918231128282247],
    [100, 80, 0.017108313035133115],
    [1e5, 100_300, 0.8286363112512076],
    [2, 60, 1],
    [0.3, 5, 0.9993486812492816],
  ])('of %d at %d is %d', (a, x, expected) => expectClose(incompleteGamma(a, x), expected, 1e-12));

  it('goes from 0 to 1 and is undefined outside', () => {
    expect(incompleteGamma(2, 0)).toBe(0);
    expect(incompleteGamma(2, Number.POSITIVE_INFINITY)).toBe(1);
    expect(incompleteGamma(2, -1)).toBeNaN();
    expect(incompleteGamma(0, 1)).toBeNaN();
  });

  it.each([
    [0.025, 0.05, 5.31566188991436e-33],
    [0.975, 0.05, 0.5671737617538583],
    [0.5, 1, 0.6931471805599455],
    [0.025, 3.74, 0.9603963774705311],
    [0.975, 3.74, 8.373924820461975],
    [0.001, 1e4, 9693.824385823726],
    [0.999999, 20, 48.82647870748532],
    [1e-12, 2, 1.414214229040193e-6],
  ])('reaches %d for the shape %d at %d', (p, shape, expected) => {
    expectClose(gammaQuantile(p, shape), expected, 1e-11);
  });

  it('has quantiles at its ends and none outside', () => {
    expect(gammaQuantile(0, 3)).toBe(0);
    expect(gammaQuantile(1, 3)).toBe(Number.POSITIVE_INFINITY);
    expect(gammaQuantile(1.5, 3)).toBeNaN();
  });
});
