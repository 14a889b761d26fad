import type { RankSums } from './rank-sums';

/**
 * Rank-biserial correlation: the share of pairs in which the first group's value is the larger one, less the share in
 * which it is the smaller one. D. Kerby, "The simple difference formula", Comprehensive Psychology 3 (2014).
 *
 * @returns from −1 to 1; NaN when a group is empty
 */
export function rankBiserial({ n1, n0, rankSum }: RankSums): number {
  const u = rankSum - (n1 * (n1 + 1)) / 2;
  return (2 * u) / (n1 * n0) - 1;
}
