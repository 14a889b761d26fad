import { digammaRise } from '../../stats/digamma-rise';
import { logRising } from '../../stats/log-rising';
import { logStaying } from './geometric-survival';

/** Derivatives of a customer's log-likelihood by alpha, beta, gamma and delta, in this order. */
export type BgBbGradient = [number, number, number, number];

/**
 * Log-likelihood of one history under the BG/BB (Fader, Hardie and Shang 2010), a sum over when the customer left:
 *
 *     B(α+x, β+n−x)/B(α,β) · B(γ,δ+n)/B(γ,δ)  +  Σ B(α+x, β+m−x)/B(α,β) · B(γ+1,δ+m)/B(γ,δ)   for m = t_x … n − 1
 *
 * What was certain at t_x is taken out of the sum. The rest is walked through forwards: at each opportunity the customer left
 * before it, or stayed and did not take it. These are products of probabilities, so nothing overflows or cancels.
 *
 * @param gradient filled in when given
 * @returns the log-likelihood, and the share of the first term: the probability of being a customer at opportunity n
 */
export function bgBbLikelihood(
  alpha: number,
  beta: number,
  gamma: number,
  delta: number,
  x: number,
  recency: number,
  n: number,
  gradient?: BgBbGradient,
): { logLikelihood: number; pAlive: number } {
  const missed = recency - x;
  const certain =
    logRising(alpha, x) +
    logRising(beta, missed) -
    logRising(alpha + beta, recency) +
    logStaying(gamma, delta, recency);

  /** Probability of having stayed in silence so far, and its logarithm's derivatives. */
  let silent = 1;
  let [byAlpha, byBeta, byGamma, byDelta] = [0, 0, 0, 0];
  /** Σ of the ways to have left, and of their derivatives. */
  let gone = 0;
  const slopes: BgBbGradient = [0, 0, 0, 0];
  for (let m = recency; m < n; m++) {
    const left = (silent * gamma) / (gamma + delta + m);
    gone += left;
    if (gradient) {
      slopes[0] += left * byAlpha;
      slopes[1] += left * byBeta;
      slopes[2] += left * (byGamma + 1 / gamma - 1 / (gamma + delta + m));
      slopes[3] += left * (byDelta - 1 / (gamma + delta + m));
      byAlpha -= 1 / (alpha + beta + m);
      byBeta += 1 / (beta + m - x) - 1 / (alpha + beta + m);
      byGamma -= 1 / (gamma + delta + m);
      byDelta += 1 / (delta + m) - 1 / (gamma + delta + m);
    }
    silent *= ((delta + m) / (gamma + delta + m)) * ((beta + m - x) / (alpha + beta + m));
  }
  const sum = silent + gone;
  if (gradient) {
    const taking = digammaRise(alpha + beta, recency);
    const staying = digammaRise(gamma + delta, recency);
    gradient[0] = digammaRise(alpha, x) - taking + (silent * byAlpha + slopes[0]) / sum;
    gradient[1] = digammaRise(beta, missed) - taking + (silent * byBeta + slopes[1]) / sum;
    gradient[2] = (silent * byGamma + slopes[2]) / sum - staying;
    gradient[3] = digammaRise(delta, recency) - staying + (silent * byDelta + slopes[3]) / sum;
  }
  return { logLikelihood: certain + Math.log(sum), pAlive: silent / sum };
}
