import { type Interval, NO_INTERVAL } from './interval';
import { normalQuantile } from './normal-quantile';
import type { Sample } from './sample';

export interface RatioOfMeans extends Interval {
  /** mean of the first / mean of the other */
  ratio: number;
}

/**
 * Ratio of two means with an interval by the delta method on its logarithm:
 * ln(m₁/m₀) ± z √(s₁²/(n₁m₁²) + s₀²/(n₀m₀²)).
 *
 * @returns NaN unless both means are above zero; no interval (NaN) when a sample has fewer than two values or neither
 *   varies
 */
export function ratioOfMeans(first: Sample, other: Sample, confidence = 0.95): RatioOfMeans {
  if (!(first.mean > 0 && other.mean > 0)) return { ratio: Number.NaN, ...NO_INTERVAL };
  const ratio = first.mean / other.mean;
  const standardError = Math.sqrt(
    first.variance / first.n / first.mean ** 2 + other.variance / other.n / other.mean ** 2,
  );
  if (!(standardError > 0)) return { ratio, ...NO_INTERVAL };
  const reach = normalQuantile((1 + confidence) / 2) * standardError;
  return { ratio, low: ratio * Math.exp(-reach), high: ratio * Math.exp(reach) };
}
