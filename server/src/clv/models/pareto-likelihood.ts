import { digammaRise } from '../../stats/digamma-rise';
import { logRising } from '../../stats/log-rising';
import { type PowerMeans, powerProduct } from './power-product';

/** Derivatives of a customer's log-likelihood by r, alpha, s and beta, in this order. */
export type ParetoGradient = [number, number, number, number];

const means: PowerMeans = { logA: 0, logB: 0, shareA: 0, shareB: 0 };

/**
 * Log-likelihood of one history under the Pareto/NBD. P. Fader and B. Hardie, "A note on deriving the Pareto/NBD model and
 * related expressions", 2005, before the integral is written as hypergeometric functions:
 *
 *     Γ(r+x)/Γ(r) α^r β^s { (α+T)^−(r+x) (β+T)^−s + s ∫ (α+y)^−(r+x) (β+y)^−(s+1) dy from t_x to T }
 *
 * with (α+t_x)^−(r+x) (β+t_x)^−s taken out of the braces. The first term is "still a customer", the second "gone since y".
 *
 * @param gradient filled in when given; its integrals are those of the derivatives
 */
export function paretoLogLikelihood(
  r: number,
  alpha: number,
  s: number,
  beta: number,
  x: number,
  recency: number,
  age: number,
  gradient?: ParetoGradient,
): number {
  const a = alpha + recency;
  const b = beta + recency;
  const quiet = age - recency;
  const logA = Math.log1p(quiet / a);
  const logB = Math.log1p(quiet / b);
  const alive = Math.exp(-(r + x) * logA - s * logB);
  const gone = (s / b) * powerProduct(a, b, r + x, s + 1, quiet, gradient && means);
  const before = Math.log1p(recency / alpha);
  const beforeB = Math.log1p(recency / beta);
  if (gradient) {
    const pAlive = alive / (alive + gone);
    const pGone = gone / (alive + gone);
    gradient[0] = digammaRise(r, x) - before - pAlive * logA - pGone * means.logA;
    gradient[1] = r / alpha - (r + x) * (pAlive / (alpha + age) + (pGone * means.shareA) / a);
    gradient[2] = pGone / s - beforeB - pAlive * logB - pGone * means.logB;
    gradient[3] = s / beta - (pAlive * s) / (beta + age) - (pGone * (s + 1) * means.shareB) / b;
  }
  return logRising(r, x) - x * Math.log(a) - r * before - s * beforeB + Math.log(alive + gone);
}

/** Probability that the customer is still one: the share of the first term in the likelihood. */
export function paretoAlive(
  r: number,
  alpha: number,
  s: number,
  beta: number,
  x: number,
  recency: number,
  age: number,
): number {
  const a = alpha + recency;
  const b = beta + recency;
  const quiet = age - recency;
  const gone = (s / b) * powerProduct(a, b, r + x, s + 1, quiet);
  return 1 / (1 + gone * Math.exp((r + x) * Math.log1p(quiet / a) + s * Math.log1p(quiet / b)));
}
