import type { Rfm } from './rfm';
import { DAYS_PER } from './units';

/** Repeat orders of all customers in one unit of time, counted from the first order of the data. */
export interface TrackedPeriod {
  /** From 1. */
  period: number;
  /** Its last day; a day number. */
  end: number;
  actual: number;
  predicted: number;
  cumulativeActual: number;
  cumulativePredicted: number;
  /** True when the period ends after the observation. */
  holdout: boolean;
}

/**
 * Follows what the model expects of everyone, unconditionally: the sum of E[X(t)] over customers, each since their first
 * order, next to what happened. Only whole periods.
 *
 * @param expectedOfNew E[X(t)], expected repeat orders in the time t after a first order
 */
export function track(seen: Rfm, expectedOfNew: (t: number) => number): TrackedPeriod[] {
  const perUnit = DAYS_PER[seen.unit];
  const days = seen.births.length;
  const expected = Float64Array.from({ length: days }, (_, age) =>
    age > 0 ? expectedOfNew(age / perUnit) : 0,
  );
  const periods: TrackedPeriod[] = [];
  let cumulativeActual = 0;
  let cumulativePredicted = 0;
  let next = 0;
  for (let period = 1; ; period++) {
    const length = Math.round(period * perUnit);
    if (length > days) return periods;
    let actual = 0;
    for (; next < length; next++) actual += seen.repeats[next]!;
    let total = 0;
    for (let day = 0; day < length; day++) {
      if (seen.births[day]! > 0) total += seen.births[day]! * expected[length - 1 - day]!;
    }
    cumulativeActual += actual;
    const end = seen.origin + length - 1;
    periods.push({
      period,
      end,
      actual,
      predicted: total - cumulativePredicted,
      cumulativeActual,
      cumulativePredicted: total,
      holdout: end > seen.until,
    });
    cumulativePredicted = total;
  }
}
