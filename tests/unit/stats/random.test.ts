import { describe, expect, it } from 'vitest';
import { sampleBeta } from '../../../server/src/stats/sample-beta';
import { sampleExponential } from '../../../server/src/stats/sample-exponential';
import { sampleGamma } from '../../../server/src/stats/sample-gamma';
import { sampleNormal } from '../../../server/src/stats/sample-normal';
import { samplePoisson } from '../../../server/src/stats/sample-poisson';
import { type Random, seededRandom, xoshiro128 } from '../../../server/src/stats/seeded-random';

const DRAWS = 100_000;

/** Mean and variance of many draws must lie within five standard errors; the seed is fixed, so they always do. */
function expectMoments(draw: (random: Random) => number, mean: number, variance: number) {
  const random = seededRandom(20_260_131);
  const values = Array.from({ length: DRAWS }, () => draw(random));
  const average = values.reduce((sum, value) => sum + value, 0) / DRAWS;
  const squares = values.map((value) => (value - average) ** 2);
  const spread = squares.reduce((sum, value) => sum + value, 0) / DRAWS;
  const fourth = squares.reduce((sum, value) => sum + (value - spread) ** 2, 0) / DRAWS;
  expect(Math.abs(average - mean)).toBeLessThan(5 * Math.sqrt(variance / DRAWS));
  expect(Math.abs(spread - variance)).toBeLessThan(5 * Math.sqrt(fourth / DRAWS));
}

describe('the seeded generator', () => {
  it("gives the published numbers of xoshiro128** for the authors' state", () => {
    const next = xoshiro128(Uint32Array.from([1, 2, 3, 4]));
    expect(Array.from({ length: 6 }, next)).toEqual([11520, 0, 5927040, 70819200, 2031721883, 1637235492]);
  });

  it('repeats itself for the same seed and streams, and for no others', () => {
    const draws = (...keys: [number, ...number[]]) => Array.from({ length: 5 }, seededRandom(...keys));
    expect(draws(1, 2)).toEqual(draws(1, 2));
    const others = [draws(1), draws(1, 0), draws(2, 1), draws(-1), draws(1 + 2 ** 32), draws(0)];
    for (const other of others) expect(other).not.toEqual(draws(1, 2));
    expect(new Set(others.map((other) => other[0])).size).toBe(others.length);
  });

  it('refuses a seed that is not a whole number', () => {
    expect(() => seededRandom(0.5)).toThrow('a seed must be a whole number, not 0.5');
    expect(() => seededRandom(Number.NaN)).toThrow(RangeError);
  });

  it('is uniform from 0 to 1', () => {
    expectMoments((random) => random(), 1 / 2, 1 / 12);
  });
});

describe('draws have the mean and the variance of', () => {
  it('the normal distribution', () => expectMoments((r) => sampleNormal(r, 3, 2), 3, 4));
  it('the exponential distribution', () => expectMoments((r) => sampleExponential(r, 4), 1 / 4, 1 / 16));
  it('the gamma distribution', () => expectMoments((r) => sampleGamma(r, 2.5, 2), 1.25, 0.625));
  it('the gamma distribution with a small shape', () =>
    expectMoments((r) => sampleGamma(r, 0.3, 1.5), 0.2, 0.3 / 2.25));
  it('the beta distribution', () => expectMoments((r) => sampleBeta(r, 2, 3), 0.4, 0.04));
  it('the beta distribution with tiny shapes, which is all but 0 or 1', () =>
    expectMoments((r) => sampleBeta(r, 1e-4, 3e-4), 0.25, 0.1875 / 1.0004));
  it('the Poisson distribution', () => expectMoments((r) => samplePoisson(r, 1.7), 1.7, 1.7));
  it('the Poisson distribution with a large mean', () =>
    expectMoments((r) => samplePoisson(r, 75.5), 75.5, 75.5));
  it('the Poisson distribution with mean zero', () => {
    expect(samplePoisson(seededRandom(1), 0)).toBe(0);
  });
});
