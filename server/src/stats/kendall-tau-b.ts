import { normalCdf } from './normal-cdf';

export interface KendallTauB {
  tau: number;
  /** Two-sided, by the normal approximation with the variance corrected for ties. */
  pValue: number;
}

/** Σ over groups of equal values of t(t − 1), t(t − 1)(t − 2) and t(t − 1)(2t + 5). */
function tieSums(values: ArrayLike<number>): { pairs: number; triples: number; variance: number } {
  const sorted = Float64Array.from(values).sort();
  const sums = { pairs: 0, triples: 0, variance: 0 };
  for (let start = 0; start < sorted.length; ) {
    let end = start + 1;
    while (end < sorted.length && sorted[end] === sorted[start]) end++;
    const t = end - start;
    sums.pairs += t * (t - 1);
    sums.triples += t * (t - 1) * (t - 2);
    sums.variance += t * (t - 1) * (2 * t + 5);
    start = end;
  }
  return sums;
}

/**
 * Kendall's rank correlation with ties (τ-b). M. Kendall, "Rank Correlation Methods", 1970, chapters 3 and 4.
 * It compares every pair, so its time grows with the square of the length.
 *
 * @returns NaN for fewer than three pairs or when either sample is constant
 */
export function kendallTauB(x: ArrayLike<number>, y: ArrayLike<number>): KendallTauB {
  const n = x.length;
  let score = 0;
  for (let i = 1; i < n; i++) {
    for (let j = 0; j < i; j++) score += Math.sign((x[i]! - x[j]!) * (y[i]! - y[j]!));
  }
  const pairs = n * (n - 1);
  const inX = tieSums(x);
  const inY = tieSums(y);
  const variance =
    (pairs * (2 * n + 5) - inX.variance - inY.variance) / 18 +
    (inX.triples * inY.triples) / (9 * pairs * (n - 2)) +
    (inX.pairs * inY.pairs) / (2 * pairs);
  return {
    tau: (2 * score) / Math.sqrt((pairs - inX.pairs) * (pairs - inY.pairs)),
    pValue: Math.min(1, 2 * normalCdf(-Math.abs(score) / Math.sqrt(variance))),
  };
}
