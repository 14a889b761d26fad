import { type Interval, NO_INTERVAL } from './interval';
import { median } from './median';
import { normalQuantile } from './normal-quantile';
import { tieSum } from './tie-sum';

export interface HodgesLehmann extends Interval {
  /** Median of all differences first − other. */
  shift: number;
}

/**
 * Hodges–Lehmann estimate of the shift between two groups, with the interval of all shifts that the Mann–Whitney test
 * (normal approximation, continuity correction, ties within the groups) would not reject.
 * M. Hollander and D. Wolfe, "Nonparametric Statistical Methods", 1999, section 4.2.
 * It holds all n₁ × n₀ differences in memory.
 *
 * @returns NaN when a group is empty; no interval (NaN) when the groups are too small for one
 */
export function hodgesLehmann(
  first: ArrayLike<number>,
  other: ArrayLike<number>,
  confidence = 0.95,
): HodgesLehmann {
  const n1 = first.length;
  const n0 = other.length;
  const n = n1 + n0;
  const differences = new Float64Array(n1 * n0);
  for (let i = 0; i < n1; i++) {
    for (let j = 0; j < n0; j++) differences[i * n0 + j] = first[i]! - other[j]!;
  }
  differences.sort();
  const ties = tieSum(first) + tieSum(other);
  const sd = Math.sqrt(((n1 * n0) / 12) * (n + 1 - ties / (n * (n - 1))));
  const reach = normalQuantile((1 + confidence) / 2) * sd;
  const index = Math.floor((n1 * n0) / 2 - 0.5 - reach);
  const interval =
    index >= 0
      ? { low: differences[index]!, high: differences[differences.length - 1 - index]! }
      : NO_INTERVAL;
  return { shift: median(differences), ...interval };
}
