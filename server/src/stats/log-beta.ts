import { stirlingError } from './stirling-error';

const HALF_LOG_TWO_PI = Math.log(2 * Math.PI) / 2;

/**
 * Natural logarithm of the beta function B(a, b) = Γ(a) Γ(b) / Γ(a + b), from Stirling's formula for each of the three
 * with its large terms cancelled by hand, so that it stays exact where a and b are large or far apart.
 *
 * @param a above zero
 * @param b above zero
 * @returns NaN outside of these ranges
 */
export function logBeta(a: number, b: number): number {
  const errors = stirlingError(a) + stirlingError(b) - stirlingError(a + b);
  return HALF_LOG_TWO_PI + errors - (a - 0.5) * Math.log1p(b / a) - b * Math.log1p(a / b) - Math.log(b) / 2;
}
