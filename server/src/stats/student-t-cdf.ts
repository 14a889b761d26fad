import { studentTTails } from './student-t-tails';

/**
 * P(T ≤ t) of Student's t distribution.
 *
 * @param df degrees of freedom above zero, not necessarily whole
 * @returns NaN when df is not above zero
 */
export function studentTCdf(t: number, df: number): number {
  const tail = studentTTails(t, df) / 2;
  return t < 0 ? tail : 1 - tail;
}
