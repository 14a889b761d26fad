import { type Interval, NO_INTERVAL } from './interval';
import { normalQuantile } from './normal-quantile';

/**
 * Confidence interval of Spearman's correlation: atanh(ρ) ± z √((1 + ρ²/2) / (n − 3)).
 * D. Bonett and T. Wright, "Sample size requirements for estimating Pearson, Kendall and Spearman correlations",
 * Psychometrika 65 (2000).
 *
 * @returns none (NaN) when there are fewer than 4 pairs or |ρ| is 1
 */
export function bonettWrightInterval(rho: number, n: number, confidence = 0.95): Interval {
  if (!(n > 3 && Math.abs(rho) < 1)) return NO_INTERVAL;
  const reach = normalQuantile((1 + confidence) / 2) * Math.sqrt((1 + (rho * rho) / 2) / (n - 3));
  return { low: Math.tanh(Math.atanh(rho) - reach), high: Math.tanh(Math.atanh(rho) + reach) };
}
