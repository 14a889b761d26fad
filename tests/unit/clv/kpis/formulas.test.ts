import { describe, expect, test } from 'vitest';
import {
  b2bClv,
  comprehensiveClv,
  lifespanOf,
  marginClv,
  monthlyRate,
  simpleClv,
} from '../../../../server/src/clv/kpis/formulas';

const yearly = {
  orderValue: 200,
  frequency: 4,
  margin: 0.5,
  churn: 0.2,
  service: 50,
  discount: 0.1,
  cac: 120,
};

describe('the textbook formulas on worked examples', () => {
  test('an order of 200 in each quarter of five years is worth 4,000', () => {
    expect(simpleClv({ orderValue: 200, frequency: 4 }, 5)).toBe(4_000);
    expect(simpleClv({ orderValue: 200, frequency: 1 }, 20)).toBe(4_000);
    expect(simpleClv({ orderValue: 200, frequency: 1 / 3 }, 60)).toBeCloseTo(4_000, 9);
  });

  test('half of it is left after the cost of goods, as churn of a fifth means five years', () => {
    expect(lifespanOf(0.2)).toBe(5);
    expect(marginClv(yearly)).toBe(2_000);
  });

  test('with 500 a month, a margin of 75 % and a churn of 5 % it is 7,500', () => {
    expect(marginClv({ orderValue: 500, frequency: 1, margin: 0.75, churn: 0.05 })).toBeCloseTo(7_500, 9);
  });

  test('of a business customer the cost to serve of those years goes off', () => {
    expect(b2bClv(yearly)).toBe(2_000 - 50 / 0.2);
  });

  test('the comprehensive one is the sum of all years, kept and discounted, less the acquisition', () => {
    let sum = -yearly.cac;
    for (let year = 0; year < 2_000; year++) sum += 350 * (0.8 / 1.1) ** year;
    expect(comprehensiveClv(yearly)).toBeCloseTo(sum, 9);
    expect(comprehensiveClv({ ...yearly, discount: 0, cac: 0 })).toBeCloseTo(b2bClv(yearly), 9);
  });

  test('a yearly rate is the monthly one twelve times over', () => {
    expect((1 + monthlyRate(0.1)) ** 12).toBeCloseTo(1.1, 12);
  });
});
