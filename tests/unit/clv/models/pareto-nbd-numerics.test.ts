import { expect, test } from 'vitest';
import { paretoNbd } from '../../../../server/src/clv/models/pareto-nbd';
import type { History } from '../../../../server/src/clv/models/types';
import { logGamma } from '../../../../server/src/stats/log-gamma';
import { seededRandom } from '../../../../server/src/stats/seeded-random';
import { logIntegral, logSum } from '../../../support/double-exponential';

const SETS = 10_000;
const HORIZON = 26;
const RATE = 0.01;

/** Six decades of each parameter, and every corner that formulas divide by zero in. */
function drawSets() {
  const random = seededRandom(2026);
  const between = (low: number, high: number) => 10 ** (low + (high - low) * random());
  return Array.from({ length: SETS }, (_, i) => {
    const p = { r: between(-3, 3), alpha: between(-3, 3), s: between(-3, 3), beta: between(-3, 3) };
    if (i % 7 === 0) p.beta = p.alpha;
    if (i % 11 === 0) p.s = 1;
    const age = i % 13 === 0 ? 0 : between(-2, 3);
    const some = i % 17 === 0 ? 1000 : Math.ceil(between(0, 3));
    const frequency = age === 0 || random() < 0.2 ? 0 : some;
    const recency = frequency === 0 ? 0 : i % 5 === 0 ? age : age * random();
    return { p, h: { frequency, recency, age } };
  });
}

type Parameters = ReturnType<typeof drawSets>[number]['p'];

/** ln ∫₀^length (1 + y/a)^−p (1 + y/b)^−q e^{−rate·y} dy */
function logOf(a: number, b: number, p: number, q: number, length: number, rate = 0): number {
  const logF = (w: number) => {
    const y = length * w;
    return -p * Math.log1p(y / a) - q * Math.log1p(y / b) - rate * y;
  };
  return length > 0 ? Math.log(length) + logIntegral(logF) : Number.NEGATIVE_INFINITY;
}

/** The likelihood's two ways, still a customer and gone, by their definition. */
function reference({ r, alpha, s, beta }: Parameters, { frequency: x, recency, age }: History) {
  const start =
    logGamma(r + x) -
    logGamma(r) +
    r * Math.log(alpha) +
    s * Math.log(beta) -
    (r + x) * Math.log(alpha + recency);
  const quiet = age - recency;
  const alive =
    start -
    (r + x) * Math.log1p(quiet / (alpha + recency)) -
    s * Math.log1p(quiet / (beta + recency)) -
    s * Math.log(beta + recency);
  const integral = logOf(alpha + recency, beta + recency, r + x, s + 1, quiet);
  const gone = start + Math.log(s) - (s + 1) * Math.log(beta + recency) + integral;
  const logLikelihood = logSum([alive, gone]);
  return { logLikelihood, pAlive: Math.exp(alive - logLikelihood) };
}

/** Largest error, relative to the value; errors below the smallest normal double do not count. */
const errorOf = (value: number, truth: number) => Math.abs(value - truth) / Math.max(Math.abs(truth), 1e-280);

test('10,000 histories agree with double-exponential quadrature of the definitions', () => {
  const worst = { logLikelihood: 0, pAlive: 0, expected: 0, discounted: 0, active: 0 };
  drawSets().forEach(({ p, h }, i) => {
    const truth = reference(p, h);
    const logLikelihood = paretoNbd.logLikelihood(p, h);
    const pAlive = paretoNbd.pAlive(p, h);
    const error = Math.abs(logLikelihood - truth.logLikelihood) / Math.max(1, Math.abs(truth.logLikelihood));
    worst.logLikelihood = Math.max(worst.logLikelihood, error);
    worst.pAlive = Math.max(worst.pAlive, errorOf(pAlive, truth.pAlive));
    if (i % 10 > 0) return;
    const a = p.alpha + h.age;
    const b = p.beta + h.age;
    const shape = p.r + h.frequency;
    const ifAlive = (log: number) => pAlive * Math.exp(Math.log(shape / a) + log);
    const expected = ifAlive(logOf(a, b, 0, p.s, HORIZON));
    const discounted = ifAlive(logOf(a, b, 0, p.s, HORIZON, RATE));
    const active = ifAlive(logOf(a, b, shape + 1, p.s, HORIZON));
    const discount = { horizon: HORIZON, rate: RATE };
    worst.expected = Math.max(worst.expected, errorOf(paretoNbd.expectedPurchases(p, h, HORIZON), expected));
    worst.discounted = Math.max(
      worst.discounted,
      errorOf(paretoNbd.discountedPurchases(p, h, discount), discounted),
    );
    worst.active = Math.max(worst.active, errorOf(paretoNbd.pActive(p, h, HORIZON), active));
  });
  for (const [what, error] of Object.entries(worst)) expect(error, what).toBeLessThan(1e-9);
});

test('10,000 histories give probabilities, and what theory says rises or falls does', () => {
  /** Rounding may turn equal things around. */
  const atMost = (low: number, high: number) => low <= high * (1 + 1e-12);
  for (const { p, h } of drawSets()) {
    const pAlive = paretoNbd.pAlive(p, h);
    const expected = paretoNbd.expectedPurchases(p, h, HORIZON);
    const active = paretoNbd.pActive(p, h, HORIZON);
    const forever = paretoNbd.discountedPurchases(p, h, { horizon: Infinity, rate: RATE });
    const ofNew = paretoNbd.expectedOfNew(p, HORIZON);
    const facts = {
      'P(alive) is a probability': pAlive >= 0 && pAlive <= 1,
      'that of an order is one, too': active >= 0 && active <= 1,
      'all is finite': [paretoNbd.logLikelihood(p, h), expected, active, forever, ofNew].every(
        Number.isFinite,
      ),
      'only who is a customer will order': atMost(active, pAlive),
      'who will order orders at least once': atMost(active, expected),
      'a longer silence makes a customer less likely': atMost(
        paretoNbd.pAlive(p, { ...h, age: h.age + 1 }),
        pAlive,
      ),
      'a longer horizon brings more': atMost(expected, paretoNbd.expectedPurchases(p, h, 2 * HORIZON)),
      'a discount takes some': atMost(
        paretoNbd.discountedPurchases(p, h, { horizon: HORIZON, rate: RATE }),
        Math.min(expected, forever),
      ),
      'the rate falls': atMost(paretoNbd.purchaseRate(p, h, HORIZON), paretoNbd.purchaseRate(p, h, 0)),
      'new customers order more in more time': atMost(ofNew, paretoNbd.expectedOfNew(p, 2 * HORIZON)),
    };
    for (const [fact, holds] of Object.entries(facts)) {
      if (!holds) expect.fail(`${fact}: not for ${JSON.stringify({ p, h })}`);
    }
  }
});

test('whoever is all but sure to order does so with a probability of 1 at most', () => {
  const p = { r: 35_427, alpha: 2.115e-5, s: 0.001443, beta: 830.35 };
  const chances = [1e-6, 1, 39, 520].map((time) =>
    paretoNbd.pActive(p, { frequency: 0, recency: 0, age: 0 }, time),
  );
  for (const chance of chances) {
    expect(chance).toBeLessThanOrEqual(1);
    expect(chance).toBeCloseTo(1, 12);
  }
});
