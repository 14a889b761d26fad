import { describe, expect, test } from 'vitest';
import { bgNbd } from '../../../../server/src/clv/models/bg-nbd';
import {
  customerValues,
  discountedByPeriods,
  fitSpend,
} from '../../../../server/src/clv/models/customer-value';
import { gammaGamma } from '../../../../server/src/clv/models/gamma-gamma';
import { paretoNbd } from '../../../../server/src/clv/models/pareto-nbd';
import type { Rfm } from '../../../../server/src/clv/models/rfm';
import { ratePerUnit, unitsPerYear } from '../../../../server/src/clv/models/units';
import { seededRandom } from '../../../../server/src/stats/seeded-random';
import { cdnow, hasCdnow } from './cdnow';

/** Customers of whom only the spend matters, with more repeat days that brought nothing or a loss. */
function spending(days: number[], mean: number[], { idleDays = 0, loss = 0 } = {}): Rfm {
  const repeatDays = days.reduce((sum, n) => sum + n, idleDays);
  const repeatValue = days.reduce((sum, n, i) => sum + n * mean[i]!, -loss);
  return {
    spendDays: Float64Array.from(days),
    meanSpend: Float64Array.from(mean),
    sums: { days: repeatDays + days.length, value: repeatValue + 10 * days.length, repeatDays, repeatValue },
  } as Rfm;
}

const random = seededRandom(4);
const DAYS = Array.from({ length: 400 }, () => Math.floor(4 * random()));
const MEANS = DAYS.map((n) => (n === 0 ? 0 : 5 + 60 * random() ** 2));

describe('units', () => {
  test('a year of ten percent is ten percent in every unit', () => {
    for (const unit of ['day', 'week', 'month'] as const) {
      expect(Math.exp(ratePerUnit(0.1, unit) * unitsPerYear(unit))).toBeCloseTo(1.1, 12);
    }
    expect(unitsPerYear('month')).toBeCloseTo(12, 12);
    expect(ratePerUnit(0, 'week')).toBe(0);
  });

  // The textbook example counts twelve months of 4.345 weeks at one percent. Stepping a model in weeks by 30, as if it were
  // in days, gives four times as much: a mistake of units that is often met.
  test.each([
    [{ frequency: 2, recency: 30.43, age: 38.86, mean: 22.35 }, 36.2785, 140.0962],
    [{ frequency: 1, recency: 1.71, age: 38.86, mean: 11.77 }, 4.6375, 18.9435],
    [{ frequency: 0, recency: 0, age: 38.86, mean: 0 }, 8.3441, 38.1806],
    [{ frequency: 7, recency: 29.43, age: 38.86, mean: 73.74 }, 283.5236, 1003.8679],
  ])('twelve months of a model in weeks are worth %j %d, not %d', ({ mean, ...history }, right, wrong) => {
    const orders = { r: 0.2425929, alpha: 4.4135315, a: 0.7928863, b: 2.4257542 };
    const spend = { p: 6.248803, q: 3.744588, gamma: 15.447745 };
    const worth = (period: number) =>
      gammaGamma.expectedSpend(spend, { frequency: history.frequency, mean })! *
      discountedByPeriods((time) => bgNbd.expectedPurchases(orders, history, time), {
        period,
        periods: 12,
        rate: 0.01,
      });
    expect(worth(4.345)).toBeCloseTo(right, 3);
    expect(worth(30)).toBeCloseTo(wrong, 3);
  });

  test('discounting by ever shorter periods comes to the continuous one, from below', () => {
    const p = { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 };
    const history = { frequency: 7, recency: 29.43, age: 38.86 };
    const rate = ratePerUnit(0.1, 'week');
    const continuous = paretoNbd.discountedPurchases(p, history, { horizon: 52, rate });
    const by = (period: number) =>
      discountedByPeriods((time) => paretoNbd.expectedPurchases(p, history, time), {
        period,
        periods: 52 / period,
        rate: Math.expm1(rate * period),
      });
    expect(by(13)).toBeLessThan(by(1));
    expect(by(1)).toBeLessThan(continuous);
    expect(by(0.01)).toBeCloseTo(continuous, 3);
  });
});

describe('the expected value of an order', () => {
  test('lies between what the customer spent and what all spend', () => {
    const spend = fitSpend(spending(DAYS, MEANS));
    expect(spend).toMatchObject({ kind: 'gamma-gamma', realised: 1, problem: null });
    const ofNew = gammaGamma.populationMean(spend.fit!.parameters)!;
    DAYS.forEach((n, i) => {
      const [low, high] = n === 0 ? [ofNew, ofNew] : [Math.min(MEANS[i]!, ofNew), Math.max(MEANS[i]!, ofNew)];
      expect(spend.expected[i]).toBeGreaterThanOrEqual(low - 1e-9);
      expect(spend.expected[i]).toBeLessThanOrEqual(high + 1e-9);
    });
  });

  test('is lowered by orders of nothing, by the share of them', () => {
    const all = fitSpend(spending(DAYS, MEANS));
    const total = DAYS.reduce((sum, n) => sum + n, 0);
    const some = fitSpend(spending(DAYS, MEANS, { idleDays: total }));
    expect(some.realised).toBeCloseTo(0.5, 12);
    all.expected.forEach((value, i) => {
      expect(some.expected[i]).toBeCloseTo(value / 2, 8);
    });
  });

  test('is one mean for all where there are too few to fit', () => {
    const spend = fitSpend(spending([1, 2, 0], [10, 40, 0]));
    expect(spend).toMatchObject({ kind: 'pooled', customers: 2, fit: null });
    expect(spend.problem).toContain('not enough data: 2 of 30');
    expect([...spend.expected]).toEqual([30, 30, 30]);
  });

  test('is that of first orders where nobody came back', () => {
    const spend = fitSpend(spending([0, 0], [0, 0]));
    expect([...spend.expected]).toEqual([10, 10]);
    expect(spend.correlation).toBeNull();
  });

  test('may be zero or negative with margins that are, and says so', () => {
    const total = DAYS.reduce((sum, n, i) => sum + n * MEANS[i]!, 0);
    for (const loss of [1.001 * total, 2 * total]) {
      const spend = fitSpend(spending(DAYS, MEANS, { idleDays: 400, loss }));
      expect(spend.kind).toBe('pooled');
      expect(spend.problem).toContain('bring nothing');
      expect(spend.expected[0]).toBeLessThan(1e-9);
      expect(spend.expected.every(Number.isFinite)).toBe(true);
    }
  });

  test('is one mean for all where everybody spends the same, for nothing tells the parameters then', () => {
    const spend = fitSpend(
      spending(
        DAYS,
        DAYS.map((n) => (n === 0 ? 0 : 25)),
      ),
    );
    expect(spend.kind).toBe('pooled');
    expect(spend.problem).toMatch(/identify|converge/);
    expect(spend.expected[0]).toBeCloseTo(25, 9);
    expect(customerValues(Float64Array.of(2), spend.expected)[0]).toBeCloseTo(50, 9);
  });
});

describe.skipIf(!hasCdnow)('on CDNOW', () => {
  test('is that of the literature for the first ten customers', () => {
    const spend = fitSpend(cdnow());
    const expected = [24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17];
    expected.forEach((value, i) => {
      expect(spend.expected[i]).toBeCloseTo(value, 1);
    });
    expect(spend).toMatchObject({ customers: 946, kind: 'gamma-gamma' });
    expect(spend.fit!.logLikelihood).toBeCloseTo(-4055.9177, 4);
    expect(spend.correlation).toBeCloseTo(0.114, 3);
  });
});
