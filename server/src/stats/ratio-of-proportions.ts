import { type Interval, NO_INTERVAL } from './interval';
import { normalQuantile } from './normal-quantile';

export interface RatioOfProportions extends Interval {
  /** (a / n) / (b / m) */
  ratio: number;
}

/**
 * Ratio of the shares of two groups of different persons, with the interval on its logarithm: ln ratio ±
 * z √(1/a − 1/n + 1/b − 1/m). D. Katz and others, "Obtaining confidence intervals for the risk ratio in cohort studies",
 * Biometrics 34 (1978).
 *
 * @returns NaN unless b is above zero; no interval (NaN) when a is zero too, or when both shares are one
 */
export function ratioOfProportions(
  a: number,
  n: number,
  b: number,
  m: number,
  confidence = 0.95,
): RatioOfProportions {
  if (!(n > 0 && m > 0 && b > 0)) return { ratio: Number.NaN, ...NO_INTERVAL };
  const ratio = a / n / (b / m);
  const variance = 1 / a - 1 / n + 1 / b - 1 / m;
  if (!(variance > 0 && Number.isFinite(variance))) return { ratio, ...NO_INTERVAL };
  const reach = normalQuantile((1 + confidence) / 2) * Math.sqrt(variance);
  return { ratio, low: ratio * Math.exp(-reach), high: ratio * Math.exp(reach) };
}
