import { incompleteBeta } from '../../stats/incomplete-beta';
import type { BetaGeometricKind, BetaGeometricParameters } from './beta-geometric-likelihood';

/**
 * Probabilities of 0, 1, …, `most` repeat orders of somebody new in the time t after the first order, for the models of the
 * beta-geometric family. N stages pass with the negative binomial law of r and z = t / (α + t), so that Pr(N ≥ m) = I_z(m, r);
 * exactly n orders come when somebody is left after n and the next gap is not over, or when the n-th was the last.
 * For k = 1 this is equation 8 of P. Fader, B. Hardie and K. L. Lee, Marketing Science 24 (2005).
 */
export function orderProbabilities(
  { r, alpha, a, b }: BetaGeometricParameters,
  { firstCoin, k }: BetaGeometricKind,
  t: number,
  most: number,
): number[] {
  const rest = alpha / (alpha + t);
  const z = t / (alpha + t);
  const probabilities: number[] = [];
  /** Somebody is left after n orders; the n-th was the last; gaps leave time for n. */
  let left = firstCoin ? b / (a + b) : 1;
  let last = firstCoin ? a / (a + b) : 0;
  let reached = 1;
  /** Pr(N = m) = (r)_m / m! z^m (1 − z)^r */
  let probability = Math.exp(r * Math.log(rest));
  for (let n = 0, m = 0; n <= most; n++) {
    let waiting = 0;
    for (; m < (n + 1) * k; m++) {
      waiting += probability;
      probability *= ((r + m) / (m + 1)) * z;
    }
    probabilities.push(left * waiting + last * reached);
    const coins = n + firstCoin;
    reached = incompleteBeta(z, (n + 1) * k, r, rest);
    last = (left * a) / (a + b + coins);
    left *= (b + coins) / (a + b + coins);
  }
  return probabilities;
}
