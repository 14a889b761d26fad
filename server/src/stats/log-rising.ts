import { stirlingError } from './stirling-error';

/** Up to this many factors, taking each logarithm is as quick and more exact. */
const FEW = 12;

/**
 * Logarithm of the rising factorial: ln Γ(a + n) − ln Γ(a), without the loss of digits of that difference.
 *
 * @param a above zero
 * @param n not below zero
 */
export function logRising(a: number, n: number): number {
  if (n <= FEW && Number.isInteger(n)) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += Math.log(a + i);
    return sum;
  }
  const errors = stirlingError(a + n) - stirlingError(a);
  return (a - 0.5) * Math.log1p(n / a) + n * (Math.log(a + n) - 1) + errors;
}
