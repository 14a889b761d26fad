import { digamma } from './digamma';

/** Up to this many terms, adding them is as quick and more exact. */
const FEW = 50;

/**
 * ψ(a + n) − ψ(a), the derivative of `logRising` by a, without the loss of digits of that difference where n is small.
 *
 * @param a above zero
 * @param n not below zero
 */
export function digammaRise(a: number, n: number): number {
  if (n > FEW || !Number.isInteger(n)) return digamma(a + n) - digamma(a);
  let sum = 0;
  for (let i = 0; i < n; i++) sum += 1 / (a + i);
  return sum;
}
