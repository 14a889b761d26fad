import { describe, expect, it } from 'vitest';
import { bgCnbdK } from '../../../../server/src/clv/models/cnbd-k';
import { parameterDraws } from '../../../../server/src/clv/models/draw-parameters';
import { gammaGamma } from '../../../../server/src/clv/models/gamma-gamma';
import { mbgNbd } from '../../../../server/src/clv/models/mbg-nbd';
import { nextOrder } from '../../../../server/src/clv/models/next-order';
import { paretoNbd } from '../../../../server/src/clv/models/pareto-nbd';
import { predictiveInterval } from '../../../../server/src/clv/models/predictive-interval';
import { residualLifetime } from '../../../../server/src/clv/models/residual-lifetime';
import type { Fit } from '../../../../server/src/clv/models/types';
import { sampleBeta } from '../../../../server/src/stats/sample-beta';
import { sampleExponential } from '../../../../server/src/stats/sample-exponential';
import { sampleGamma } from '../../../../server/src/stats/sample-gamma';
import { seededRandom } from '../../../../server/src/stats/seeded-random';

const MBG = { r: 0.6, alpha: 6, a: 0.9, b: 1.6 };
const PARETO = { r: 0.55, alpha: 10.6, s: 0.61, beta: 11.7 };
const SPEND = { p: 6.25, q: 3.74, gamma: 15.44 };

/** A fit that gives these parameters, with the same doubt about each. */
function fitted<Name extends string>(parameters: Record<Name, number>, variance: number): Fit<Name> {
  const n = Object.keys(parameters).length;
  const covariance = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => (i === j ? variance : 0)),
  );
  return {
    parameters,
    standardErrors: null,
    covariance: variance > 0 ? covariance : null,
    logLikelihood: 0,
    converged: true,
    identified: true,
    problem: null,
    gradientNorm: 0,
    iterations: 0,
  };
}

const REGULAR = { frequency: 6, recency: 30, age: 32, logGaps: 6 * Math.log(5) };

describe('the interval of what a customer may bring', () => {
  it('has the mean that the models expect, of orders and of spend', () => {
    const spend = { frequency: 6, mean: 24 };
    const told = predictiveInterval(
      mbgNbd,
      fitted(MBG, 0),
      REGULAR,
      { horizon: 26, seed: 1, draws: 20_000 },
      {
        fit: fitted(SPEND, 0),
        spend,
      },
    );
    const orders = mbgNbd.expectedPurchases(MBG, REGULAR, 26);
    expect(told.orders.mean / orders).toBeCloseTo(1, 1);
    expect(told.spend!.mean / (orders * gammaGamma.expectedSpend(SPEND, spend)!)).toBeCloseTo(1, 1);
    expect(told.parametersUncertain).toBe(false);
    expect(Number.isInteger(told.orders.low) && Number.isInteger(told.orders.high)).toBe(true);
  });

  it('is the same for the same seed and customer, and another for others', () => {
    const of = (seed: number, customer?: number) =>
      predictiveInterval(mbgNbd, fitted(MBG, 0.01), REGULAR, { horizon: 26, seed, customer, draws: 300 });
    expect(of(1, 5)).toEqual(of(1, 5));
    expect(of(1, 5).orders.mean).not.toBe(of(1, 6).orders.mean);
    expect(of(1).spend).toBeNull();
  });

  it('is wider where the parameters are in doubt', () => {
    const width = (variance: number) => {
      const fit = fitted(MBG, variance);
      const { orders } = predictiveInterval(mbgNbd, fit, REGULAR, { horizon: 52, seed: 3, draws: 4000 });
      return orders.high - orders.low;
    };
    expect(width(0.5)).toBeGreaterThan(width(0));
  });

  it('holds the orders that customers place as often as it says, or a little more', () => {
    const random = seededRandom(17);
    let held = 0;
    const customers = 600;
    for (let i = 0; i < customers; i++) {
      const rate = sampleGamma(random, MBG.r, MBG.alpha);
      const pStop = sampleBeta(random, MBG.a, MBG.b);
      const times: number[] = [];
      for (let at = 0; at < 60 && random() >= pStop; times.push(at)) at += sampleExponential(random, rate);
      const past = times.filter((at) => at <= 40);
      const history = { frequency: past.length, recency: past.at(-1) ?? 0, age: 40 };
      const options = { horizon: 20, seed: 2, customer: i, confidence: 0.9, draws: 200 };
      const { orders } = predictiveInterval(mbgNbd, fitted(MBG, 0), history, options);
      const came = times.filter((at) => at > 40 && at < 60).length;
      if (orders.low <= came && came <= orders.high) held++;
    }
    expect(held / customers).toBeGreaterThan(0.9 - 4 * Math.sqrt(0.09 / customers));
  });

  it('works for every model', () => {
    const pareto = predictiveInterval(paretoNbd, fitted(PARETO, 0.01), REGULAR, { horizon: 26, seed: 1 });
    const regular = predictiveInterval(bgCnbdK, fitted({ k: 2, ...MBG }, 0), REGULAR, {
      horizon: 26,
      seed: 1,
    });
    for (const { orders, draws } of [pareto, regular]) {
      expect(draws).toBe(2000);
      expect(orders.low).toBeLessThanOrEqual(orders.median);
      expect(orders.median).toBeLessThanOrEqual(orders.high);
    }
  });
});

describe('drawn parameters', () => {
  it('have the logarithms that the covariance tells of, and fixed ones stay', () => {
    const fit = {
      ...fitted({ k: 3, r: 2, alpha: 5 }, 0),
      covariance: [
        [0, 0, 0],
        [0, 0.04, 0.03],
        [0, 0.03, 0.09],
      ],
    };
    const draw = parameterDraws(fit);
    const random = seededRandom(4);
    const draws = 20_000;
    const sums = { u: 0, v: 0, uu: 0, uv: 0, vv: 0 };
    for (let i = 0; i < draws; i++) {
      const { k, r, alpha } = draw(random);
      expect(k).toBe(3);
      const u = Math.log(r / 2);
      const v = Math.log(alpha / 5);
      sums.u += u / draws;
      sums.v += v / draws;
      sums.uu += (u * u) / draws;
      sums.uv += (u * v) / draws;
      sums.vv += (v * v) / draws;
    }
    expect(Math.abs(sums.u)).toBeLessThan(0.007);
    expect(Math.abs(sums.v)).toBeLessThan(0.01);
    expect(sums.uu).toBeCloseTo(0.04, 2);
    expect(sums.uv).toBeCloseTo(0.03, 2);
    expect(sums.vv).toBeCloseTo(0.09, 2);
  });
});

describe('the lifetime that remains', () => {
  it('is that of the Pareto/NBD where it is known in closed form', () => {
    const horizon = 100;
    const told = residualLifetime(paretoNbd, PARETO, REGULAR, { horizon, seed: 5, draws: 20_000 });
    const { s, beta } = PARETO;
    const lived = beta + REGULAR.age;
    const alive = paretoNbd.pAlive(PARETO, REGULAR);
    // E[min(lifetime, H)] = ∫ (1 + t / (β + T))^−s dt
    const mean = (alive * lived * ((1 + horizon / lived) ** (1 - s) - 1)) / (1 - s);
    expect(Math.abs(told.mean - mean) / told.meanError).toBeLessThan(4.5);
    const survival = alive * (1 + horizon / lived) ** -s;
    expect(Math.abs(told.survival - survival)).toBeLessThan(4.5 * Math.sqrt(0.25 / 20_000));
    expect(told.horizon).toBe(horizon);
  });

  it('has a median where half have left within the horizon, and none where more than half stay', () => {
    const short = residualLifetime(mbgNbd, MBG, REGULAR, { horizon: 0.5, seed: 5 });
    expect(short.median).toBeNull();
    const gone = { frequency: 20, recency: 10, age: 90 };
    const long = residualLifetime(mbgNbd, MBG, gone, { horizon: 50, seed: 5 });
    expect(long).toMatchObject({ median: 0, survival: 0 });
  });
});

describe('the next order', () => {
  it('comes at the quantiles of its closed form for customers at random', () => {
    const { median, low, high, withinHorizon } = nextOrder(mbgNbd, MBG, REGULAR, 520, 0.9);
    // Pr(none within t | alive) = (1 + t / (α + T))^−(r + x)
    const quantile = (p: number) =>
      (MBG.alpha + REGULAR.age) * ((1 - p) ** (-1 / (MBG.r + REGULAR.frequency)) - 1);
    expect(median).toBeCloseTo(quantile(0.5), 8);
    expect(low).toBeCloseTo(quantile(0.05), 8);
    expect(high).toBeCloseTo(quantile(0.95), 8);
    expect(withinHorizon).toBeCloseTo(1, 6);
  });

  it('is told more closely where gaps are regular', () => {
    const spread = (k: number) => {
      const { low, high } = nextOrder(bgCnbdK, { ...MBG, alpha: 6 / k, k }, REGULAR, 520);
      return high! - low!;
    };
    expect(spread(6)).toBeLessThan(spread(2));
    expect(spread(2)).toBeLessThan(spread(1));
  });

  it('is not told where it lies beyond the horizon', () => {
    expect(nextOrder(mbgNbd, MBG, { frequency: 0, recency: 0, age: 50 }, 1).median).toBeNull();
    const gone = { frequency: 1000, recency: 10, age: 1000 };
    expect(nextOrder(mbgNbd, MBG, gone, 52)).toEqual({
      median: null,
      low: null,
      high: null,
      withinHorizon: 0,
    });
  });

  it('may never come from who leaves while waiting', () => {
    const quitting = { ...PARETO, s: 5, beta: 1 };
    const { withinHorizon, high } = nextOrder(paretoNbd, quitting, { frequency: 0, recency: 0, age: 1 }, 1e4);
    expect(withinHorizon).toBeLessThan(0.9);
    expect(high).toBeNull();
  });
});
