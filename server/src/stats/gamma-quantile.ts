import { gammaDensity, incompleteGamma } from './incomplete-gamma';
import { normalQuantile } from './normal-quantile';

/**
 * The x with P(Gamma(shape, 1) ≤ x) = p: from Wilson and Hilferty's approximation (Abramowitz and Stegun 26.4.17) by Newton's
 * method on ln x, kept within the bounds that it finds.
 *
 * @param p from 0 to 1
 * @param shape above zero
 * @returns NaN outside of these ranges
 */
export function gammaQuantile(p: number, shape: number): number {
  if (!(p >= 0 && p <= 1 && shape > 0)) return Number.NaN;
  if (p === 0) return 0;
  if (p === 1) return Number.POSITIVE_INFINITY;
  let low = Number.NEGATIVE_INFINITY;
  let high = Number.POSITIVE_INFINITY;
  let log = firstGuess(p, shape);
  for (let step = 0; step < 200; step++) {
    const x = Math.exp(log);
    const error = incompleteGamma(shape, x) - p;
    if (error < 0) low = log;
    else high = log;
    let next = log - error / (gammaDensity(shape, x) * x);
    if (!(next > low && next < high)) next = between(low, high);
    if (Math.abs(next - log) < 1e-15 * Math.max(1, Math.abs(log))) return Math.exp(next);
    log = next;
  }
  return Math.exp(log);
}

/** ln x */
function firstGuess(p: number, shape: number): number {
  const root = 1 - 1 / (9 * shape) + normalQuantile(p) / (3 * Math.sqrt(shape));
  // Where that fails, the first term of the series: p ≈ x^shape / Γ(shape + 1), and Γ(shape + 1) ≈ 1 for small shapes.
  return root > 0.1 ? Math.log(shape) + 3 * Math.log(root) : Math.log(p) / shape;
}

function between(low: number, high: number): number {
  if (low === Number.NEGATIVE_INFINITY) return high - 1;
  return high === Number.POSITIVE_INFINITY ? low + 1 : (low + high) / 2;
}
