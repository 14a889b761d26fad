import { midRanks } from './mid-ranks';
import { partialPearson } from './partial-pearson';

/**
 * Spearman's correlation of x and y with the controls held fixed: the partial Pearson correlation of all mid-ranks.
 *
 * @returns NaN when x or y is constant
 */
export function partialSpearman(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  controls: ArrayLike<number>[],
): number {
  return partialPearson(midRanks(x), midRanks(y), controls.map(midRanks));
}
