import { describe, expect, it, test } from 'vitest';
import { parameterInterval } from '../../../../server/src/clv/models/draw-parameters';
import { lifeTableOfCohorts } from '../../../../server/src/clv/models/life-table';
import { shiftedBetaGeometric as sbg } from '../../../../server/src/clv/models/sbg';
import { sampleBeta } from '../../../../server/src/stats/sample-beta';
import { seededRandom } from '../../../../server/src/stats/seeded-random';
import { clvPoints, expectClose, referenceData } from '../../../support/clv-points';
import { logIntegral } from '../../../support/double-exponential';

/** Survivors of 1,000 in years 0 to 12; Fader and Hardie 2007. */
const REGULAR = [1000, 631, 468, 382, 326, 289, 262, 241, 223, 207, 194, 183, 173];
const HIGH_END = [1000, 869, 743, 653, 593, 551, 517, 491, 468, 445, 427, 409, 394];
const fitYears = (survivors: number[], years: number) =>
  sbg.fit(lifeTableOfCohorts([survivors.slice(0, years + 1)]));

describe('the shifted-beta-geometric fitted to the published cohorts', () => {
  test.each([
    ['regular', REGULAR, 7, 0.704077, 1.182043, -1680.2652],
    ['high end', HIGH_END, 7, 0.668088, 3.806096, -1611.1581],
    ['regular', REGULAR, 4, 0.763665, 1.29583, -1401.5594],
    ['high end', HIGH_END, 4, 1.280976, 7.790381, -1225.1349],
  ])('%s gives the known parameters', (_, survivors, years, alpha, beta, logLikelihood) => {
    const fit = fitYears(survivors, years);
    expectClose(fit.parameters.alpha, alpha, 2e-6);
    expectClose(fit.parameters.beta, beta, 2e-6);
    expect(fit.logLikelihood).toBeCloseTo(logLikelihood, 4);
    expect(fit).toMatchObject({ converged: true, identified: true, problem: null });
  });

  test('what it projects for the years after is what was published', () => {
    const projected = (survivors: number[]) =>
      [8, 9, 10, 11, 12].map((year) =>
        Number(sbg.survival(fitYears(survivors, 7).parameters, year).toFixed(3)),
      );
    expect(projected(REGULAR)).toEqual([0.22, 0.204, 0.191, 0.18, 0.17]);
    expect(projected(HIGH_END)).toEqual([0.46, 0.436, 0.414, 0.395, 0.378]);
  });

  test('the interval of a projection holds what came', () => {
    const fit = fitYears(HIGH_END, 7);
    const interval = parameterInterval(fit, (p) => sbg.survival(p, 8), { random: seededRandom(1) })!;
    expect(interval.low).toBeLessThan(0.468);
    expect(interval.high).toBeGreaterThan(0.468);
    expect(interval.high - interval.low).toBeLessThan(0.1);
  });
});

test.skipIf(!referenceData)('every reference point is met to nine digits', () => {
  for (const { params, S, r } of Object.values<{ params: number[]; S: number[]; r: number[] }>(
    clvPoints().sBG,
  )) {
    const p = { alpha: params[0]!, beta: params[1]! };
    S.forEach((survival, year) => {
      expectClose(sbg.survival(p, year), survival);
    });
    r.forEach((retention, i) => {
      expectClose(sbg.retention(p, i + 1), retention);
      expectClose(sbg.churn(p, i + 1), 1 - retention);
    });
  }
});

describe('a fit of the shifted-beta-geometric', () => {
  it('takes cohorts of different ages together', () => {
    const cohorts = [REGULAR.slice(0, 8), REGULAR.slice(0, 5), REGULAR.slice(0, 2)];
    const together = sbg.fit(lifeTableOfCohorts(cohorts));
    const apart = cohorts.map((cohort) =>
      sbg.logLikelihood(together.parameters, lifeTableOfCohorts([cohort])),
    );
    expect(apart.reduce((sum, part) => sum + part)).toBeCloseTo(together.logLikelihood, 9);
    expect(together.identified).toBe(true);
  });

  it('finds the parameters that made the data, within its standard errors', () => {
    const random = seededRandom(2);
    const survivors = new Array<number>(13).fill(0);
    for (let i = 0; i < 8000; i++) {
      const leaving = sampleBeta(random, 0.7, 3);
      survivors[0]!++;
      for (let year = 1; year < 13 && random() >= leaving; year++) survivors[year]!++;
    }
    const { parameters, standardErrors } = sbg.fit(lifeTableOfCohorts([survivors]));
    expect(Math.abs(parameters.alpha - 0.7)).toBeLessThan(3 * standardErrors!.alpha);
    expect(Math.abs(parameters.beta - 3)).toBeLessThan(3 * standardErrors!.beta);
  });

  test.each([
    ['everybody leaves at one rate', [1000, 900, 810, 729]],
    ['there was one renewal only', [1000, 900]],
    ['nobody left', [1000, 1000, 1000]],
    ['everybody left', [1000, 0]],
  ])('says that the data do not identify it when %s', (_, survivors) => {
    const fit = sbg.fit(lifeTableOfCohorts([survivors]));
    expect(fit.identified).toBe(false);
    expect(fit.standardErrors).toBeNull();
    expect(fit.problem).toContain('do not identify');
    const nothing = parameterInterval(fit, (p) => sbg.survival(p, 8), { random: seededRandom(1) });
    expect(nothing).toBeNull();
  });

  it('refuses to fit before the first renewal', () => {
    expect(() => sbg.fit(lifeTableOfCohorts([[1000]]))).toThrow(
      'no subscription has come to its first renewal',
    );
  });
});

describe('the value of a subscription', () => {
  const p = { alpha: 0.668, beta: 3.806 };

  it('is the sum of its discounted renewals', () => {
    const given = (k: number) => sbg.survival(p, 3 + k) / sbg.survival(p, 3);
    let sum = 0;
    for (let k = 1; k <= 12; k++) sum += given(k) * Math.exp(-0.1 * (k - 1 + 0.25));
    const subscriber = { renewals: 3, untilRenewal: 0.25 };
    expectClose(sbg.residualLifetime(p, subscriber, { horizon: 12, rate: 0.1 }), sum, 1e-13);
    expectClose(sbg.expectedValue(p, 49, subscriber, { horizon: 12, rate: 0.1 }), 49 * sum, 1e-13);
  });

  it('has a closed form without a horizon, which long horizons come to', () => {
    for (const rate of [2, 0.1, 0.008, 0.0003]) {
      const [long, endless] = [200_000, Infinity].map((horizon) =>
        sbg.residualLifetime(p, { renewals: 2 }, { horizon, rate }),
      );
      expectClose(endless!, long!, 1e-11);
    }
  });

  it('agrees with integrating over who leaves how easily', () => {
    const random = seededRandom(5);
    for (let i = 0; i < 200; i++) {
      const [alpha, beta] = [10 ** (3 * random() - 1), 10 ** (3 * random() - 1)];
      const renewals = Math.floor(20 * random());
      const rate = 10 ** (-3 * random());
      const q = Math.exp(-rate);
      // θ ~ beta(α, β + n): Σ (1 − θ)^k q^(k−1) = (1 − θ) / (1 − q (1 − θ)); 1 − q + qθ has no cancellation.
      const weighed = (value: (w: number, rest: number) => number) =>
        logIntegral(
          (w, rest) => (alpha - 1) * Math.log(w) + (beta + renewals - 1) * Math.log(rest) + value(w, rest),
        );
      const truth =
        weighed((w, rest) => Math.log(rest) - Math.log(-Math.expm1(-rate) + q * w)) - weighed(() => 0);
      const discount = { horizon: Infinity, rate };
      expectClose(sbg.residualLifetime({ alpha, beta }, { renewals }, discount), Math.exp(truth), 1e-9);
    }
  });

  it('grows with every renewal: the loyal stay', () => {
    const values = [0, 1, 5, 20].map((renewals) =>
      sbg.residualLifetime(p, { renewals }, { horizon: 12, rate: 0.01 }),
    );
    expect(values).toEqual([...values].sort((a, b) => a - b));
    expect(values.at(-1)).toBeLessThan(12);
  });

  it('is the mean of what may happen', () => {
    const random = seededRandom(6);
    const drawn = Array.from({ length: 30_000 }, () => sbg.drawRenewals(p, 3, 12, random));
    const mean = drawn.reduce((sum, count) => sum + count, 0) / drawn.length;
    const noise = Math.sqrt(drawn.reduce((sum, count) => sum + (count - mean) ** 2, 0)) / drawn.length;
    const expected = sbg.residualLifetime(p, { renewals: 3 }, { horizon: 12, rate: 0 });
    expect(Math.abs(mean - expected)).toBeLessThan(4 * noise);
  });

  it('counts the first period of somebody new, and nothing beyond the horizon', () => {
    expect(sbg.expectedTenure(p, 0)).toBe(0);
    expect(sbg.expectedTenure(p, 1)).toBe(1);
    expectClose(sbg.expectedTenure(p, 3), 1 + sbg.survival(p, 1) + sbg.survival(p, 2), 1e-14);
    const due = { renewals: 1, untilRenewal: 0.5 };
    expect(sbg.residualLifetime(p, due, { horizon: 0.5, rate: 0.1 })).toBe(0);
  });

  it('is refused without an end and without a discount rate', () => {
    const ask = () => sbg.residualLifetime(p, { renewals: 0 }, { horizon: Infinity, rate: 0 });
    expect(ask).toThrow('give a rate or a horizon');
  });

  it('stays finite at extreme parameters', () => {
    for (const alpha of [1e-6, 1, 1e6]) {
      for (const beta of [1e-6, 1, 1e6]) {
        for (const renewals of [0, 1000]) {
          const value = sbg.residualLifetime(
            { alpha, beta },
            { renewals },
            { horizon: Infinity, rate: 0.01 },
          );
          expect(value >= 0 && value <= 1 / -Math.expm1(-0.01)).toBe(true);
          expect(sbg.drawRenewals({ alpha, beta }, renewals, 50, seededRandom(1))).toBeLessThanOrEqual(50);
        }
      }
    }
  });
});
