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
 * The terms are taken backwards from the first, "still a customer", as ratios to it, which recursions give: no term
 * overflows, none is a difference.
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
  const missed = n - x;
  const logTaken = logRising(alpha, x) + logRising(beta, missed) - logRising(alpha + beta, n);
  const logAlive = logTaken + logStaying(gamma, delta, n);

  /** Ratio of the beta functions of the two probabilities to those of the first term, and their log-derivatives. */
  let taken = 1;
  let stayed = 1;
  let sum = 1;
  const slopes: BgBbGradient = [0, 0, 0, 0];
  let [byAlpha, byBeta, byGamma, byDelta] = slopes;
  for (let m = n - 1; m >= recency; m--) {
    taken *= (alpha + beta + m) / (beta + m - x);
    if (m < n - 1) stayed *= (gamma + delta + m + 1) / (delta + m + 1);
    // From "stayed m + 1 times" to "stayed m times, then left".
    const left = (stayed * gamma) / (delta + m);
    sum += taken * left;
    if (!gradient) continue;
    byAlpha += 1 / (alpha + beta + m);
    byBeta += 1 / (alpha + beta + m) - 1 / (beta + m - x);
    if (m < n - 1) {
      byGamma += 1 / (gamma + delta + m + 1);
      byDelta += 1 / (gamma + delta + m + 1) - 1 / (delta + m + 1);
    }
    slopes[0] += taken * left * byAlpha;
    slopes[1] += taken * left * byBeta;
    slopes[2] += taken * left * (byGamma + 1 / gamma);
    slopes[3] += taken * left * (byDelta - 1 / (delta + m));
  }
  if (gradient) {
    const all = digammaRise(alpha + beta, n);
    const stays = digammaRise(gamma + delta, n);
    gradient[0] = digammaRise(alpha, x) - all + slopes[0] / sum;
    gradient[1] = digammaRise(beta, missed) - all + slopes[1] / sum;
    gradient[2] = -stays + slopes[2] / sum;
    gradient[3] = digammaRise(delta, n) - stays + slopes[3] / sum;
  }
  return { logLikelihood: logAlive + Math.log(sum), pAlive: 1 / sum };
}
