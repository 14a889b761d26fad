import { describe, expect, it } from 'vitest';
import { bgNbd } from '../../../../server/src/clv/models/bg-nbd';
import { bgCnbdK, mbgCnbdK } from '../../../../server/src/clv/models/cnbd-k';
import { mbgNbd } from '../../../../server/src/clv/models/mbg-nbd';
import { seededRandom } from '../../../../server/src/stats/seeded-random';
import { type ExactCustomer, exactBetaGeometric } from '../../../support/exact-beta-geometric';

const MODELS = [
  [bgNbd, bgCnbdK],
  [mbgNbd, mbgCnbdK],
] as const;

/** Parameters over four decades and histories with every corner that models have stumbled over. */
function randomCustomer(random: () => number, stages: number): ExactCustomer {
  const decades = (from: number, to: number) => 10 ** (from + (to - from) * random());
  const chance = (share: number) => random() < share;
  const r = chance(0.05) ? 1 : decades(-2, 2);
  const alpha = decades(-2, 2.5);
  let a = chance(0.1) ? 1 : decades(-2, 2);
  let b = chance(0.05) ? a : decades(-2, 2);
  if (chance(0.1)) [a, b] = [a / (a + b) / 2, b / (a + b) / 2];
  if (chance(0.02)) [a, b] = [0.25, 0.75];
  const age = chance(0.05) ? 0 : chance(0.05) ? alpha : decades(-1, 2);
  let x = age === 0 || chance(0.25) ? 0 : Math.floor(decades(0, 1.7));
  if (x > 0 && chance(0.01)) x = 1000;
  const recency = x === 0 ? 0 : chance(0.1) ? age : age * random();
  const time = (alpha + age) * (chance(0.01) ? 60 : decades(-3, 0.8));
  return { r, alpha, a, b, x, recency, age, time, firstCoin: chance(0.5) ? 1 : 0, k: stages };
}

const apart = (actual: number, expected: number) =>
  actual === expected ? 0 : Math.abs(actual - expected) / Math.max(Math.abs(expected), 1e-290);

function compare(customer: ExactCustomer) {
  const { x: frequency, recency, age, time, k, firstCoin, ...four } = customer;
  const model = MODELS[firstCoin][k === 1 ? 0 : 1];
  const p = { ...four, k };
  const history = { frequency, recency, age, logGaps: 0 };
  const told = JSON.stringify(customer);
  const exact = exactBetaGeometric(customer);
  const gaps = frequency * Math.log([1, 1, 1, 2, 6][k]!);
  const logLikelihood = model.logLikelihood(p, history) + gaps;
  const pAlive = model.pAlive(p, history);
  const expected = model.expectedPurchases(p, history, time);
  const active = model.pActive(p, history, time);
  const purchases = exact.pAlive * exact.expected;
  const size = Math.max(1, Math.abs(exact.logLikelihood));
  expect(Math.abs(logLikelihood - exact.logLikelihood) / size, `likelihood of ${told}`).toBeLessThan(1e-11);
  expect(apart(pAlive, exact.pAlive), `P(alive) of ${told}: ${pAlive}, ${exact.pAlive}`).toBeLessThan(1e-10);
  expect(apart(expected, purchases), `orders of ${told}: ${expected}, ${purchases}`).toBeLessThan(1e-10);
  expect(Math.abs(active - exact.pAlive * (1 - exact.none)), `activity of ${told}`).toBeLessThan(1e-12);
  expect(pAlive >= 0 && pAlive <= 1, told).toBe(true);
  expect(active >= 0 && active <= Math.min(pAlive, expected) * (1 + 1e-12), told).toBe(true);

  const waiting = { ...history, age: age + time };
  expect(model.pAlive(p, waiting), `waiting longer, ${told}`).toBeLessThanOrEqual(pAlive * (1 + 1e-12));
  const later = model.expectedPurchases(p, history, 1.001 * time);
  expect(later, `looking further, ${told}`).toBeGreaterThanOrEqual(expected * (1 - 1e-12));
  const step = 1e-4 * time;
  const around =
    model.expectedPurchases(p, history, time + step) - model.expectedPurchases(p, history, time - step);
  const slope = model.purchaseRate(p, history, time);
  expect(Math.abs(slope - around / (2 * step)), `rate of ${told}`).toBeLessThanOrEqual(
    1e-5 * slope + (1e-9 * expected) / time,
  );
}

describe('against arithmetic with 160 binary digits', () => {
  it('agrees on 10,000 random customers of the BG/NBD and the MBG/NBD, extremes included', () => {
    const random = seededRandom(20_260);
    for (let i = 0; i < 10_000; i++) compare(randomCustomer(random, 1));
  });

  it.each([2, 3, 4])('agrees on 300 random customers whose gaps have %d stages', (stages) => {
    const random = seededRandom(stages);
    for (let i = 0; i < 300; i++) compare(randomCustomer(random, stages));
  });

  it.each([2, 3, 4])(
    'agrees on horizons of more than a hundred times α + T, with gaps of %d stages',
    (stages) => {
      const random = seededRandom(stages, 1);
      for (let i = 0; i < 12; i++) {
        const customer = randomCustomer(random, stages);
        const { alpha, age } = customer;
        compare({ ...customer, x: Math.min(customer.x, 20), time: (101 + 60 * random()) * (alpha + age) });
      }
    },
  );

  it('tells of customers quick beyond measure without delay', () => {
    const quick = { k: 12, r: 0.35, alpha: 4e-5, a: 6400, b: 1.2e6 };
    const expected = mbgCnbdK.expectedOfNew(quick, 52);
    expect(expected).toBeGreaterThan(100);
    expect(expected).toBeLessThan(quick.b / quick.a);
    expect(mbgCnbdK.expectedOfNew({ ...quick, alpha: 4e-8 }, 52)).toBeGreaterThan(expected);
  });

  it.each([
    ['hardly any heterogeneity', { r: 1e5, alpha: 1e5, a: 1e5, b: 1e6 }],
    ['nobody who leaves', { r: 1, alpha: 10, a: 1e-6, b: 1 }],
    ['everybody leaving at once', { r: 1, alpha: 10, a: 1, b: 1e-6 }],
    ['rates of all sizes', { r: 1e-5, alpha: 10, a: 1, b: 2 }],
    ['a very slow pace', { r: 0.5, alpha: 1e8, a: 1, b: 2 }],
    ['a very quick pace', { r: 0.5, alpha: 0.05, a: 1, b: 2 }],
    ['coins of all sorts', { r: 0.5, alpha: 4, a: 1e-4, b: 1e-4 }],
    ['coins all alike', { r: 0.5, alpha: 4, a: 1e7, b: 1e8 }],
  ])('agrees where parameters tell of %s', (_, four) => {
    for (const firstCoin of [0, 1] as const) {
      for (const [x, recency, age] of [
        [0, 0, 0],
        [0, 0, 40],
        [3, 1, 40],
        [3, 40, 40],
        [1000, 39.9, 40],
      ] as const) {
        compare({ ...four, x, recency, age, time: 26, firstCoin, k: 1 });
      }
    }
  });
});
