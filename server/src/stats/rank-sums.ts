import { midRanks } from './mid-ranks';
import { tieSum } from './tie-sum';

/** All that the tests of two groups by ranks need: no matter how large the groups, four numbers. */
export interface RankSums {
  /** Size of the first group. */
  n1: number;
  /** Size of the other group. */
  n0: number;
  /** Sum of the first group's mid-ranks among all values. */
  rankSum: number;
  /** Σ (t³ − t) over all values. */
  ties: number;
}

/** Ranks two groups together. */
export function rankSums(first: ArrayLike<number>, other: ArrayLike<number>): RankSums {
  const all = Float64Array.from([...Array.from(first), ...Array.from(other)]);
  const ranks = midRanks(all);
  let rankSum = 0;
  for (let i = 0; i < first.length; i++) rankSum += ranks[i]!;
  return { n1: first.length, n0: other.length, rankSum, ties: tieSum(all) };
}
