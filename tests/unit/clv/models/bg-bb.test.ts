import { describe, expect, it, test } from 'vitest';
import { bgBb, type OpportunityTable } from '../../../../server/src/clv/models/bg-bb';
import { bgBbLikelihood } from '../../../../server/src/clv/models/bg-bb-likelihood';
import { logBeta } from '../../../../server/src/stats/log-beta';
import { seededRandom } from '../../../../server/src/stats/seeded-random';
import { clvPoints, expectClose, referenceData } from '../../../support/clv-points';
import { logIntegral, logSum } from '../../../support/double-exponential';

const PUBLISHED = { alpha: 1.204, beta: 0.75, gamma: 0.657, delta: 2.783 };
const history = (frequency: number, recency: number, opportunities: number) => ({
  frequency,
  recency,
  opportunities,
});

interface Donors {
  x: number;
  tx: number;
  n: number;
  custs: number;
  ll: number;
  palive_n1: number;
  cet5: number;
}

describe.skipIf(!referenceData)('the BG/BB and the donations', () => {
  const rows = (): Donors[] => clvPoints().BGBB_donations.rows;
  const table = (): OpportunityTable => ({
    frequency: rows().map(({ x }) => x),
    recency: rows().map(({ tx }) => tx),
    opportunities: rows().map(({ n }) => n),
    weight: rows().map(({ custs }) => custs),
  });

  test('every point value is met to nine digits, and the totals with them', () => {
    let logLikelihood = 0;
    let expected = 0;
    for (const { x, tx, n, custs, ...row } of rows()) {
      const h = history(x, tx, n);
      expectClose(bgBb.logLikelihood(PUBLISHED, h), row.ll);
      expectClose(bgBb.pAlive(PUBLISHED, h), row.palive_n1);
      expectClose(bgBb.expectedPurchases(PUBLISHED, h, 5), row.cet5);
      logLikelihood += custs * bgBb.logLikelihood(PUBLISHED, h);
      expected += custs * bgBb.expectedPurchases(PUBLISHED, h, 5);
    }
    expect(logLikelihood).toBeCloseTo(-33225.58175, 5);
    expect(expected).toBeCloseTo(12_882.27, 2);
  });

  test('a fit gives the published parameters', () => {
    const fit = bgBb.fit(table());
    for (const name of bgBb.parameterNames) {
      expect(Math.abs(fit.parameters[name] - PUBLISHED[name])).toBeLessThan(1e-3);
    }
    expect(fit.logLikelihood).toBeGreaterThan(-33225.58176);
    expect(fit).toMatchObject({ converged: true, identified: true, problem: null });
  });
});

/** ln of the likelihood from its definition: the two probabilities integrated out numerically, term by term. */
function reference(p: typeof PUBLISHED, x: number, recency: number, n: number) {
  const mixed = (a: number, b: number, taken: number, missed: number) =>
    logIntegral((w, rest) => (a + taken - 1) * Math.log(w) + (b + missed - 1) * Math.log(rest)) -
    logBeta(a, b);
  const alive = mixed(p.alpha, p.beta, x, n - x) + mixed(p.gamma, p.delta, 0, n);
  const terms = [alive];
  for (let m = recency; m < n; m++) {
    terms.push(mixed(p.alpha, p.beta, x, m - x) + mixed(p.gamma, p.delta, 1, m));
  }
  return { logLikelihood: logSum(terms), alive };
}

describe('the BG/BB', () => {
  it('agrees with numerical integration of its definition over four decades of parameters', () => {
    const random = seededRandom(3);
    const between = (low: number, high: number) => 10 ** (low + (high - low) * random());
    for (let i = 0; i < 60; i++) {
      const p = { alpha: between(-1, 2), beta: between(-1, 2), gamma: between(-1, 2), delta: between(-1, 2) };
      const n = Math.floor(12 * random());
      const recency = Math.floor((n + 1) * random());
      const x = recency === 0 ? 0 : 1 + Math.floor(recency * random());
      const truth = reference(p, x, recency, n);
      const { logLikelihood, pAlive } = bgBbLikelihood(p.alpha, p.beta, p.gamma, p.delta, x, recency, n);
      expect(Math.abs(logLikelihood - truth.logLikelihood)).toBeLessThan(1e-9);
      expectClose(pAlive, Math.exp(truth.alive - truth.logLikelihood), 1e-8);
    }
  });

  it('stays finite with a thousand opportunities, and its probabilities within 0 and 1', () => {
    const random = seededRandom(4);
    for (let i = 0; i < 2000; i++) {
      const [alpha, beta, gamma, delta] = [0, 1, 2, 3].map(() => 10 ** (6 * random() - 3));
      const p = { alpha: alpha!, beta: beta!, gamma: gamma!, delta: delta! };
      const n = i % 9 === 0 ? 1000 : Math.floor(30 * random());
      const recency = i % 4 === 0 ? n : Math.floor((n + 1) * random());
      const x = recency === 0 ? 0 : 1 + Math.floor(recency * random());
      const h = history(x, recency, n);
      const pAlive = bgBb.pAlive(p, h);
      const [five, ten] = [5, 10].map((more) => bgBb.expectedPurchases(p, h, more));
      const forever = bgBb.discountedPurchases(p, h, { horizon: Infinity, rate: 0.05 });
      expect([bgBb.logLikelihood(p, h), pAlive, five, ten, forever].every(Number.isFinite)).toBe(true);
      expect(pAlive >= 0 && pAlive <= 1).toBe(true);
      expect(five! <= ten! * (1 + 1e-12) && five! <= 5 * pAlive * (1 + 1e-12)).toBe(true);
    }
  });

  it('has the derivatives of its log-likelihood', () => {
    const p = Object.values(PUBLISHED) as [number, number, number, number];
    for (const [x, recency, n] of [
      [0, 0, 6],
      [2, 4, 6],
      [6, 6, 6],
      [1, 1, 9],
      [0, 0, 1],
    ] as const) {
      const gradient: [number, number, number, number] = [0, 0, 0, 0];
      bgBbLikelihood(...p, x, recency, n, gradient);
      for (let k = 0; k < 4; k++) {
        const at = (shift: number) => {
          const moved: typeof p = [...p];
          moved[k]! += shift;
          return bgBbLikelihood(...moved, x, recency, n).logLikelihood;
        };
        expect(gradient[k]).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 8);
      }
    }
  });

  it('gives probabilities that sum to 1 over all histories, and their mean is the expectation', () => {
    const n = 7;
    let total = 0;
    let mean = 0;
    for (let history = 0; history < 2 ** n; history++) {
      const bits = history.toString(2);
      const x = [...bits].filter((bit) => bit === '1').length;
      const recency = x === 0 ? 0 : bits.length;
      const { logLikelihood } = bgBbLikelihood(1.204, 0.75, 0.657, 2.783, x, recency, n);
      total += Math.exp(logLikelihood);
      mean += x * Math.exp(logLikelihood);
    }
    expect(total).toBeCloseTo(1, 12);
    expect(mean).toBeCloseTo(bgBb.expectedOfNew(PUBLISHED, n), 12);
  });

  it('discounts each opportunity by its distance', () => {
    const h = history(2, 4, 6);
    const steps = [1, 2, 3].map(
      (k) => bgBb.expectedPurchases(PUBLISHED, h, k) - bgBb.expectedPurchases(PUBLISHED, h, k - 1),
    );
    const byHand = steps.reduce((sum, step, k) => sum + step * Math.exp(-0.1 * (k + 1)), 0);
    expectClose(bgBb.discountedPurchases(PUBLISHED, h, { horizon: 3, rate: 0.1 }), byHand, 1e-13);
    const [long, endless] = [5000, Infinity].map((horizon) =>
      bgBb.discountedPurchases(PUBLISHED, h, { horizon, rate: 0.1 }),
    );
    expectClose(long!, endless!, 1e-13);
    const forever = { horizon: Infinity, rate: 0 };
    expect(() => bgBb.discountedPurchases(PUBLISHED, h, forever)).toThrow('give a rate or a horizon');
  });

  it('draws futures whose mean is what it expects', () => {
    const random = seededRandom(8);
    for (const h of [history(2, 4, 6), history(6, 6, 6)]) {
      const counts = Array.from({ length: 30_000 }, () => bgBb.drawFuture(PUBLISHED, h, 5, random));
      const taken = counts.map(({ purchases }) => purchases.length);
      const mean = taken.reduce((sum, count) => sum + count, 0) / taken.length;
      const noise = Math.sqrt(taken.reduce((sum, count) => sum + (count - mean) ** 2, 0)) / taken.length;
      expect(Math.abs(mean - bgBb.expectedPurchases(PUBLISHED, h, 5))).toBeLessThan(4 * noise);
      const staying = counts.filter(({ lifetime }) => lifetime > 0).length / counts.length;
      expect(Math.abs(staying - bgBb.pAlive(PUBLISHED, h))).toBeLessThan(0.015);
    }
  });

  it('refuses histories that cannot be, naming the row', () => {
    const one = (x: number, recency: number, n: number) => () =>
      bgBb.fit({ frequency: [0, x], recency: [0, recency], opportunities: [6, n], weight: [5, 5] });
    expect(one(3, 2, 6)).toThrow('row 2: 3 of 6 opportunities taken, the last one number 2, cannot be');
    expect(one(1, 7, 6)).toThrow('row 2');
    expect(one(0, 2, 6)).toThrow('row 2');
    expect(one(1.5, 2, 6)).toThrow('row 2');
  });

  it('says when data do not identify it', () => {
    const all = bgBb.fit({ frequency: [6], recency: [6], opportunities: [6], weight: [100] });
    expect(all.identified).toBe(false);
    expect(all.problem).toContain('do not identify');
  });
});
