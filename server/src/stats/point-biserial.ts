import { correlationPValue } from './correlation-p-value';
import { fisherInterval } from './fisher-interval';
import type { Interval } from './interval';
import { pearson } from './pearson';

export interface PointBiserial extends Interval {
  r: number;
  /** Two-sided; the same as that of the t-test with equal variances. */
  pValue: number;
}

/**
 * Point-biserial correlation: Pearson's of a yes-or-no variable (1 or 0) with a number, with Fisher's interval.
 *
 * @returns NaN when all are alike in either, or there are fewer than three pairs (interval: four)
 */
export function pointBiserial(
  group: ArrayLike<number>,
  values: ArrayLike<number>,
  confidence = 0.95,
): PointBiserial {
  const n = values.length;
  const r = pearson(group, values);
  return { r, pValue: correlationPValue(r, n), ...fisherInterval(r, n, confidence) };
}
