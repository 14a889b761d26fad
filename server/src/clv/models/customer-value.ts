import { type GammaGammaFit, gammaGamma, type Spends } from './gamma-gamma';
import type { Rfm } from './rfm';

/** Fewer customers with a repeat order that brought something than this, and everyone is given the same mean. */
export const SPENDERS_NEEDED = 30;

/** What an order is expected to bring. */
export interface SpendModel {
  /** `pooled` gives everyone the mean of all orders. */
  kind: 'gamma-gamma' | 'pooled';
  /** The Gamma-Gamma fit, also when it is not in use; null when there were too few to fit. */
  fit: GammaGammaFit | null;
  /** Customers with a repeat order that brought something. */
  customers: number;
  /** Correlation of number and mean of repeat orders, which the Gamma-Gamma model takes for 0; null when unknown. */
  correlation: number | null;
  /** What a repeat order brings on the mean, as a share of what those bring that bring something; 1 without the others. */
  realised: number;
  /** Why not Gamma-Gamma, in English; null when it is in use. */
  problem: string | null;
  /** Expected value of one order of each customer. */
  expected: Float64Array;
}

/**
 * What each customer's next orders will bring on the mean: the conditional expectation of the Gamma-Gamma model over the
 * repeat days that brought something, times the share that is realised (which takes orders of nothing, refunds and losses
 * into account; they are no part of that model). Where it cannot be fitted or is not identified: one mean for all, of
 * repeat orders if there are any. It may be zero or negative then, as margins may be.
 */
export function fitSpend(seen: Rfm): SpendModel {
  const { sums, spendDays, meanSpend } = seen;
  const spends: Spends = {
    frequency: spendDays,
    mean: meanSpend,
    weight: new Float64Array(spendDays.length).fill(1),
  };
  let customers = 0;
  let days = 0;
  let spent = 0;
  for (let i = 0; i < spendDays.length; i++) {
    if (spendDays[i] === 0) continue;
    customers++;
    days += spendDays[i]!;
    spent += spendDays[i]! * meanSpend[i]!;
  }
  const pooled = sums.repeatDays > 0 ? sums.repeatValue / sums.repeatDays : sums.value / sums.days;
  const realised = days === sums.repeatDays ? 1 : days > 0 ? pooled / (spent / days) : 0;
  const fit = customers < SPENDERS_NEEDED ? null : gammaGamma.fit(spends);
  const problem = problemOf(fit, customers, realised);
  const { r } = gammaGamma.correlation(spends);
  return {
    kind: problem ? 'pooled' : 'gamma-gamma',
    fit,
    customers,
    correlation: Number.isFinite(r) ? r : null,
    realised,
    problem,
    expected:
      fit && !problem
        ? spendDays.map(
            (frequency, i) =>
              gammaGamma.expectedSpend(fit.parameters, { frequency, mean: meanSpend[i]! })! * realised,
          )
        : new Float64Array(spendDays.length).fill(pooled),
  };
}

function problemOf(fit: GammaGammaFit | null, customers: number, realised: number): string | null {
  if (!fit) {
    return `not enough data: ${customers} of ${SPENDERS_NEEDED} customers with a repeat order that brought something`;
  }
  if (realised <= 0) return 'repeat orders bring nothing on the mean: refunds and costs are as high as they';
  return fit.problem;
}

/** Expected value of each customer: discounted expected orders times what an order is expected to bring. */
export function customerValues(discountedPurchases: Float64Array, expectedValue: Float64Array): Float64Array {
  return discountedPurchases.map((orders, i) => orders * expectedValue[i]!);
}

export interface PeriodDiscount {
  /** Length of a period, in units. */
  period: number;
  periods: number;
  /** Interest of one period: 0.01 for one percent. */
  rate: number;
}

/**
 * Discounts as a spreadsheet does: what each period brings counts at its end, Σ (E(t_k) − E(t_{k−1})) / (1 + rate)^k. It
 * comes to less than the continuous discounting of `discountedPurchases`, by about half a period's interest.
 *
 * @param expectedPurchases expected orders within a time, in the same unit as the period: weeks with weeks
 */
export function discountedByPeriods(
  expectedPurchases: (time: number) => number,
  { period, periods, rate }: PeriodDiscount,
): number {
  let sum = 0;
  let before = 0;
  for (let k = 1; k <= periods; k++) {
    const until = expectedPurchases(k * period);
    sum += (until - before) * (1 + rate) ** -k;
    before = until;
  }
  return sum;
}
