import { logGamma } from './log-gamma';

/**
 * P(X ≥ k) of the hypergeometric distribution: of `drawn` things out of `all`, of which `marked` are marked, at least k are
 * marked.
 */
export function hypergeometricTail(k: number, all: number, marked: number, drawn: number): number {
  let tail = 0;
  for (let x = Math.max(k, drawn + marked - all, 0); x <= Math.min(marked, drawn); x++) {
    tail += Math.exp(logChoose(marked, x) + logChoose(all - marked, drawn - x) - logChoose(all, drawn));
  }
  return Math.min(1, tail);
}

const logChoose = (n: number, k: number) => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
