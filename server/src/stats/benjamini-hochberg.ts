import { stepUp } from './step-up';

/**
 * q-values: the smallest false discovery rate at which each hypothesis would be rejected, for tests that are
 * independent or positively dependent. Y. Benjamini and Y. Hochberg, J. R. Stat. Soc. B 57 (1995).
 *
 * @param pValues of one family; none of them NaN
 */
export function benjaminiHochberg(pValues: ArrayLike<number>): number[] {
  return stepUp(pValues, 1);
}
