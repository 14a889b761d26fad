import { logGamma } from './log-gamma';
import { normalQuantile } from './normal-quantile';
import { studentTTails } from './student-t-tails';

/**
 * The t with P(T ≤ t) = p of Student's t distribution: Newton's method on ln(tail) as a function of ln(t). That function
 * is concave, so after one step every further one approaches the root from the same side.
 *
 * @param p from 0 to 1
 * @param df degrees of freedom above zero, not necessarily whole
 * @returns −Infinity at 0, Infinity at 1, NaN outside of these ranges
 */
export function studentTQuantile(p: number, df: number): number {
  if (!(p >= 0 && p <= 1 && df > 0)) return Number.NaN;
  if (p < 0.5) return -studentTQuantile(1 - p, df);
  const tail = 1 - p;
  if (tail === 0) return Number.POSITIVE_INFINITY;
  if (tail === 0.5) return 0;
  const logDensityAtZero = logGamma((df + 1) / 2) - logGamma(df / 2) - 0.5 * Math.log(df * Math.PI);
  let s = Math.log(normalQuantile(p));
  for (let step = 0; step < 200; step++) {
    const t = Math.exp(s);
    const reached = studentTTails(t, df) / 2;
    const density = Math.exp(logDensityAtZero - ((df + 1) / 2) * Math.log1p((t * t) / df));
    const change = (Math.log(reached / tail) * reached) / (t * density);
    s += change;
    if (Math.abs(change) < 1e-15) break;
  }
  return Math.exp(s);
}
