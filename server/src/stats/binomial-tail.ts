import { logGamma } from './log-gamma';

/** P(X ≥ k) of the binomial distribution with n trials of probability p, by its sum; for some hundred trials at most. */
export function binomialTail(k: number, n: number, p: number): number {
  let tail = 0;
  for (let x = Math.max(0, k); x <= n; x++) {
    tail += Math.exp(logChoose(n, x) + x * Math.log(p) + (n - x) * Math.log1p(-p));
  }
  return Math.min(1, tail);
}

const logChoose = (n: number, k: number) => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
