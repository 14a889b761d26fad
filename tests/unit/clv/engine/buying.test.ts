import { describe, expect, test } from 'vitest';
import { expectationsOf, MODELS } from '../../../../server/src/clv/engine/buying';
import type { Engine } from '../../../../server/src/clv/engine/engine';
import { dayNumber } from '../../../../server/src/clv/models/local-days';
import type { TransactionModelName } from '../../../../server/src/clv/models/types';
import { seededRandom } from '../../../../server/src/stats/seeded-random';

const PARAMETERS: Record<TransactionModelName, Record<string, number>> = {
  'bg-nbd': { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 },
  'mbg-nbd': { r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 },
  'pareto-nbd': { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 },
  'bg-cnbd-k': { k: 12, r: 0.5, alpha: 0.6, a: 0.8, b: 2.4 },
  'mbg-cnbd-k': { k: 12, r: 1.2e6, alpha: 1.9e5, a: 8e-7, b: 1.2e6 },
};
const TODAY = dayNumber('1998-06-30');
const HISTORIES = [
  { frequency: 0, recency: 0, age: 38.86, logGaps: 0 },
  { frequency: 1, recency: 38.86, age: 38.86, logGaps: Math.log(38.86) },
  { frequency: 2, recency: 30.43, age: 38.86, logGaps: 2 * Math.log(30.43 / 2) },
  { frequency: 26, recency: 30.86, age: 31, logGaps: 26 * Math.log(30.86 / 26) },
  { frequency: 0, recency: 0, age: 0, logGaps: 0 },
];

const engineWith = (name: TransactionModelName, discountRate: number) =>
  ({
    unit: 'week',
    horizonDays: 365,
    discountRate,
    buying: { model: name, parameters: PARAMETERS[name] },
  }) as unknown as Engine;

describe.each(Object.keys(PARAMETERS) as TransactionModelName[])('what is expected by %s', (name) => {
  test('service is expected for no longer than somebody can be a customer, and orders lose by discounting', () => {
    const expect10 = expectationsOf(engineWith(name, 0.1), TODAY)!;
    const expect0 = expectationsOf(engineWith(name, 0), TODAY)!;
    for (const history of HISTORIES) {
      const { pAlive, orders, discounted, months, gap } = expect10(history);
      expect(pAlive).toBeGreaterThanOrEqual(0);
      expect(months).toBeGreaterThanOrEqual(0);
      expect(months).toBeLessThanOrEqual(pAlive! * 12 + 1e-9);
      expect(discounted).toBeLessThanOrEqual(orders);
      expect(discounted).toBeGreaterThan(0.89 * orders);
      expect(gap).toBeGreaterThan(0);
      const plain = expect0(history);
      expect(plain.discounted).toBeCloseTo(plain.orders, 9);
      expect(plain.months).toBeGreaterThanOrEqual(months);
    }
  });
});

test('months of service agree with drawn lifetimes where rate and leaving are independent', () => {
  const model = MODELS['pareto-nbd'];
  const history = HISTORIES[2]!;
  const { months } = expectationsOf(engineWith('pareto-nbd', 0), TODAY)!(history);
  const random = seededRandom(3);
  const horizon = 365 / 7;
  const draws = 20_000;
  let weeks = 0;
  for (let i = 0; i < draws; i++) {
    weeks += Math.min(horizon, model.drawFuture(PARAMETERS['pareto-nbd'], history, horizon, random).lifetime);
  }
  // The standard error of the drawn mean is about 0.015 of it.
  expect((weeks / draws) * (7 / (365.25 / 12))).toBeCloseTo(months, 0);
  expect(Math.abs((weeks / draws) * (7 / (365.25 / 12)) - months) / months).toBeLessThan(0.05);
});

test('without a model the rule in its place expects orders, and knows nothing of who is still a customer', () => {
  const engine = {
    ...engineWith('bg-nbd', 0.1),
    buying: { rule: 'rate', since: dayNumber('1997-01-01') },
  } as unknown as Engine;
  const { pAlive, orders, discounted } = expectationsOf(engine, TODAY)!({
    frequency: 4,
    recency: 35,
    age: 40,
  });
  expect(pAlive).toBeNull();
  expect(orders).toBeCloseTo((4 / 40) * (365 / 7), 9);
  expect(discounted / orders).toBeCloseTo(
    (1 - 1 / 1.1 ** (365 / 365.25)) / (Math.log(1.1) * (365 / 365.25)),
    9,
  );
});
