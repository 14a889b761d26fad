import { pearson } from './pearson';
import { residuals } from './residuals';

/**
 * Pearson's correlation of x and y with the controls held fixed: that of the residuals of both on the controls.
 * For its p-value see `correlationPValue` with as many controls.
 *
 * @returns NaN when x or y is constant
 */
export function partialPearson(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  controls: ArrayLike<number>[],
): number {
  return pearson(residuals(x, controls), residuals(y, controls));
}
