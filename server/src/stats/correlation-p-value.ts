import { studentTTails } from './student-t-tails';

/**
 * Two-sided p-value of a correlation by t = r √(df / (1 − r²)): exact for Pearson's under normality, the usual
 * approximation for Spearman's and for partial correlations.
 *
 * @param r the correlation
 * @param n pairs
 * @param controls variables held fixed, each of which takes one degree of freedom
 * @returns NaN when n − 2 − controls is not above zero
 */
export function correlationPValue(r: number, n: number, controls = 0): number {
  const df = n - 2 - controls;
  if (df <= 0) return Number.NaN;
  return studentTTails(r * Math.sqrt(df / ((1 - r) * (1 + r))), df);
}
