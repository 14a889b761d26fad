import { normalCdf } from './normal-cdf';
import type { RankSums } from './rank-sums';

export interface MannWhitney {
  /** Pairs in which the first group's value is the larger one; equal ones count half. */
  u: number;
  z: number;
  /** Two-sided. */
  pValue: number;
}

/**
 * Mann–Whitney test (Wilcoxon's rank-sum test) by the normal approximation with the variance corrected for ties, as R's
 * `wilcox.test(exact = FALSE)`.
 *
 * @param continuity moves u half a step towards its expectation, as R does unless told otherwise
 * @returns z and pValue NaN when a group is empty or all values are equal
 */
export function mannWhitney({ n1, n0, rankSum, ties }: RankSums, continuity = true): MannWhitney {
  const n = n1 + n0;
  const u = rankSum - (n1 * (n1 + 1)) / 2;
  const distance = u - (n1 * n0) / 2;
  const variance = ((n1 * n0) / 12) * (n + 1 - ties / (n * (n - 1)));
  if (!(variance > 0)) return { u, z: Number.NaN, pValue: Number.NaN };
  const step = continuity ? 0.5 * Math.sign(distance) : 0;
  const z = (distance - step) / Math.sqrt(variance);
  return { u, z, pValue: Math.min(1, 2 * normalCdf(-Math.abs(z))) };
}
