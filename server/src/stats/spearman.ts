import { midRanks } from './mid-ranks';
import { pearson } from './pearson';

/**
 * Spearman's rank correlation: Pearson's of the mid-ranks.
 *
 * @returns from −1 to 1; NaN for fewer than two pairs or when either sample is constant
 */
export function spearman(x: ArrayLike<number>, y: ArrayLike<number>): number {
  return pearson(midRanks(x), midRanks(y));
}
