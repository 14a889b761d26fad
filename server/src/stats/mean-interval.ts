import { type Interval, NO_INTERVAL } from './interval';
import type { Sample } from './sample';
import { studentTQuantile } from './student-t-quantile';

/**
 * Confidence interval of a mean by Student's t.
 *
 * @returns none (NaN) for fewer than two values
 */
export function meanInterval({ n, mean, variance }: Sample, confidence = 0.95): Interval {
  if (n < 2) return NO_INTERVAL;
  const reach = studentTQuantile((1 + confidence) / 2, n - 1) * Math.sqrt(variance / n);
  return { low: mean - reach, high: mean + reach };
}
