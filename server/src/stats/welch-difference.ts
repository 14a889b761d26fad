import { type Interval, NO_INTERVAL } from './interval';
import type { Sample } from './sample';
import { studentTQuantile } from './student-t-quantile';
import { studentTTails } from './student-t-tails';

export interface WelchDifference extends Interval {
  /** mean of the first − mean of the other */
  difference: number;
  standardError: number;
  /** Welch–Satterthwaite degrees of freedom. */
  df: number;
  /** Two-sided p-value of no difference. */
  pValue: number;
}

/**
 * Difference of two means without assuming equal variances. B. Welch, Biometrika 34 (1947).
 *
 * @returns difference NaN when a sample is empty, standardError NaN when one has fewer than two values; df, pValue and
 *   interval NaN in both cases and when neither sample varies
 */
export function welchDifference(first: Sample, other: Sample, confidence = 0.95): WelchDifference {
  const difference = first.mean - other.mean;
  const a = first.variance / first.n;
  const b = other.variance / other.n;
  const standardError = Math.sqrt(a + b);
  if (!(standardError > 0)) {
    const nan = Number.NaN;
    return { difference, standardError, df: nan, pValue: nan, ...NO_INTERVAL };
  }
  const df = (a + b) ** 2 / (a ** 2 / (first.n - 1) + b ** 2 / (other.n - 1));
  const reach = studentTQuantile((1 + confidence) / 2, df) * standardError;
  return {
    difference,
    standardError,
    df,
    pValue: studentTTails(difference / standardError, df),
    low: difference - reach,
    high: difference + reach,
  };
}
