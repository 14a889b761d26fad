import { incompleteBeta } from './incomplete-beta';

/**
 * P(|T| ≥ |t|) of Student's t distribution: the two-sided p-value.
 *
 * @param df degrees of freedom above zero, not necessarily whole
 * @returns NaN when df is not above zero
 */
export function studentTTails(t: number, df: number): number {
  const ratio = (t * t) / df;
  return incompleteBeta(1 / (1 + ratio), df / 2, 0.5, 1 / (1 + 1 / ratio));
}
