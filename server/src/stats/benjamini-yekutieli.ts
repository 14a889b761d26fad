import { stepUp } from './step-up';

/**
 * q-values that hold under any dependence of the tests. Y. Benjamini and D. Yekutieli, Annals of Statistics 29 (2001).
 *
 * @param pValues of one family; none of them NaN
 */
export function benjaminiYekutieli(pValues: ArrayLike<number>): number[] {
  let harmonic = 0;
  for (let i = 1; i <= pValues.length; i++) harmonic += 1 / i;
  return stepUp(pValues, harmonic);
}
