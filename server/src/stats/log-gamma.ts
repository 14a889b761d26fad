import { stirling, stirlingError } from './stirling-error';

/**
 * Natural logarithm of the gamma function, to about 1e-14 (absolute near its zeros at 1 and 2, relative elsewhere).
 *
 * @returns Infinity at 0, NaN below
 */
export function logGamma(x: number): number {
  if (x === 0 || x === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
  return stirling(x) + stirlingError(x);
}
