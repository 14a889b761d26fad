import { describe, expect, test } from 'vitest';
import type { Figure } from '../../../../server/src/clv/api-types';
import { yearSums } from '../../../../server/src/clv/kpis/quantities';
import { addTo } from '../../../../server/src/clv/kpis/sums';
import { type Changes, changed, type WhatIfBasis, whatIf } from '../../../../server/src/clv/kpis/what-if';
import { seededRandom } from '../../../../server/src/stats/seeded-random';

const NONE: Changes = { retention: 0, orderValue: 0, frequency: 0, margin: 0, cac: 0 };

/** Orders of 100 at a margin of 40 %, one in two months; 2 a month to serve; 5 % leave each month. */
function basisOf(seed: number, customers = 400): WhatIfBasis {
  const random = seededRandom(seed);
  const sums = yearSums();
  for (let i = 0; i < customers; i++) {
    let months = 0;
    let lost = 0;
    while (months < 12 && lost === 0) {
      months += 1;
      lost = random() < 0.05 ? 1 : 0;
    }
    let orders = 0;
    for (let month = 0; month < months; month++) orders += random() < 0.5 ? 1 : 0;
    addTo(sums, [orders, orders * 10_000, orders * 6_000, months * 200, months, months, lost]);
  }
  return { customers, sums, cac: 12_000, newCustomers: 90 };
}

const estimate = (figure: Figure) => {
  if (!('value' in figure)) throw new Error(JSON.stringify(figure));
  return figure;
};

/** (100 × 0.5 × 0.4 − 2) / 0.05 */
const TRUTH = 36_000;

describe('what-if', () => {
  test('says today what the B2B formula says, and nothing changes where nothing is changed', () => {
    const basis = basisOf(1);
    const result = whatIf(basis, NONE, null);
    expect(result.then).toEqual(result.today);
    const [orders, revenue, cost, service, months, atRisk, lost] = basis.sums.totals as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    expect(orders).toBeGreaterThan(0);
    expect(estimate(result.today.clv).value).toBeCloseTo(
      (revenue - cost - service) / months / (lost / atRisk),
      6,
    );
    expect(result.today.cac).toEqual({ value: 12_000, low: null, high: null, n: 90 });
    expect(estimate(result.today.ratio).value).toBeCloseTo(estimate(result.today.clv).value / 12_000, 12);
  });

  test('has an interval that holds the truth as often as it says', () => {
    let held = 0;
    for (let seed = 1; seed <= 300; seed++) {
      const { low, high } = estimate(whatIf(basisOf(seed), NONE, null).today.clv);
      if (low! <= TRUTH && TRUTH <= high!) held += 1;
    }
    expect(held / 300).toBeGreaterThan(0.91);
    expect(held / 300).toBeLessThan(0.99);
  });

  test.each<[Partial<Changes>, (inputs: { gross: number; service: number; churn: number }) => number]>([
    [{ orderValue: 0.1 }, ({ gross, service, churn }) => (1.1 * gross - service) / churn],
    [{ frequency: -0.5 }, ({ gross, service, churn }) => (0.5 * gross - service) / churn],
    [{ margin: 0.25 }, ({ gross, service, churn }) => (1.25 * gross - service) / churn],
    [
      { retention: 0.05 },
      ({ gross, service, churn }) => (gross - service) / (1 - (1.05 * (1 - churn) ** 12) ** (1 / 12)),
    ],
  ])('changes %j as the formula does', (changes, expected) => {
    const basis = basisOf(2);
    const [, revenue, cost, service, months, atRisk, lost] = basis.sums.totals as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const inputs = { gross: (revenue - cost) / months, service: service / months, churn: lost / atRisk };
    const { then } = whatIf(basis, { ...NONE, ...changes }, null);
    expect(estimate(then.clv).value).toBeCloseTo(expected(inputs), 6);
  });

  test.each([0.3, 0.05, 0.0009, 1e-6])(
    'at a churn of %d, wanting to keep more never loses customers',
    (churn) => {
      const inputs = { orderValue: 100, frequency: 1, margin: 0.4, churn, service: 0, discount: 0, cac: 0 };
      const after = [0, 0.001, 0.05, 0.5, 10].map(
        (retention) => changed(inputs, { ...NONE, retention }).churn,
      );
      for (const [i, value] of after.entries())
        expect(value).toBeLessThanOrEqual(after[i - 1] ?? churn + 1e-15);
    },
  );

  test('a better margin is a smaller loss where each order loses money', () => {
    const inputs = {
      orderValue: 100,
      frequency: 1,
      margin: -0.2,
      churn: 0.1,
      service: 0,
      discount: 0,
      cac: 0,
    };
    expect(changed(inputs, { ...NONE, margin: 0.1 }).margin).toBeCloseTo(-0.18, 12);
    expect(changed(inputs, { ...NONE, margin: -0.1 }).margin).toBeCloseTo(-0.22, 12);
  });

  test('a dearer acquisition lowers the ratio alone', () => {
    const { today, then } = whatIf(basisOf(3), { ...NONE, cac: 1 }, null);
    expect(then.clv).toEqual(today.clv);
    expect(estimate(then.ratio).value).toBeCloseTo(estimate(today.ratio).value / 2, 12);
  });

  test('an item adds its difference times the share it reaches more, and its doubt', () => {
    const item = {
      title: 'A guide',
      adjusted: true,
      difference: 5_000,
      low: -1_000,
      high: 11_000,
      n: 70,
      reach: 0.2,
    };
    const { today, then, item: told } = whatIf(basisOf(4), NONE, item);
    expect(estimate(then.clv).value).toBeCloseTo(estimate(today.clv).value + 1_000, 6);
    const width = (figure: Figure) => estimate(figure).high! - estimate(figure).low!;
    expect(width(then.clv)).toBeCloseTo(Math.hypot(width(today.clv), 0.2 * 12_000), 6);
    expect(told).toEqual({
      title: 'A guide',
      adjusted: true,
      perReader: { value: 5_000, low: -1_000, high: 11_000, n: 70 },
    });
  });

  test.each<[string, WhatIfBasis, Changes]>([
    ['nobody', { customers: 0, sums: yearSums(), cac: null, newCustomers: 0 }, NONE],
    ['wild changes', basisOf(5), { retention: 50, orderValue: -3, frequency: 1e6, margin: 1e6, cac: -5 }],
    ['everyone leaving', basisOf(5), { ...NONE, retention: -1 }],
    ['no cost of acquisition', { ...basisOf(5), cac: 0 }, NONE],
  ])('of %s is finite or says what is missing', (_, basis, changes) => {
    const { today, then } = whatIf(basis, changes, null);
    for (const figure of [...Object.values(today), ...Object.values(then)] as Figure[]) {
      if ('value' in figure)
        for (const value of [figure.value, figure.low ?? 0, figure.high ?? 0])
          expect(Number.isFinite(value)).toBe(true);
      else expect(figure.notEnough.needs).toBeGreaterThan(figure.notEnough.has);
    }
  });

  test('survives JSON, as a run keeps it', () => {
    const basis = basisOf(6);
    const kept = JSON.parse(JSON.stringify(basis)) as WhatIfBasis;
    expect(whatIf(kept, { ...NONE, retention: 0.02 }, null)).toEqual(
      whatIf(basis, { ...NONE, retention: 0.02 }, null),
    );
  });
});
