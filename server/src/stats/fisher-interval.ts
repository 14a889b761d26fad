import { type Interval, NO_INTERVAL } from './interval';
import { normalQuantile } from './normal-quantile';

/**
 * Confidence interval of Pearson's correlation by Fisher's z: atanh(r) ± z / √(n − 3 − controls).
 *
 * @param controls variables held fixed
 * @returns none (NaN) when there are fewer than 4 + controls pairs or |r| is 1
 */
export function fisherInterval(r: number, n: number, confidence = 0.95, controls = 0): Interval {
  const df = n - 3 - controls;
  if (!(df > 0 && Math.abs(r) < 1)) return NO_INTERVAL;
  const reach = normalQuantile((1 + confidence) / 2) / Math.sqrt(df);
  return { low: Math.tanh(Math.atanh(r) - reach), high: Math.tanh(Math.atanh(r) + reach) };
}
