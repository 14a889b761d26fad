/** A sum over the stages of a gap between orders, with its derivatives. */
export interface StageSum {
  value: number;
  byShape: number;
  byShare: number;
}

/**
 * Gaps between orders of k exponential stages at rate λ: Pr(gap > Δ | λ) = e^(−λΔ) Σ_{j<k} (λΔ)^j / j!. Under
 * λ ~ Gamma(shape, rate) the mean of λ^n times this keeps the gamma form, times Σ_{j<k} (shape)_j / j! · share^j with
 * share = Δ / (rate + Δ), which is what this gives: 1 for k = 1.
 *
 * @param shape of λ, with the orders so far
 * @param share the part of the time that was spent waiting since the last order, from 0 to below 1
 */
export function stageSum(k: number, shape: number, share: number): StageSum {
  let term = 1;
  let slope = 0;
  let value = 1;
  let byShape = 0;
  let moments = 0;
  for (let j = 1; j < k; j++) {
    slope = ((slope * (shape + j - 1) + term) / j) * share;
    term *= ((shape + j - 1) / j) * share;
    value += term;
    byShape += slope;
    moments += j * term;
  }
  return { value, byShape, byShare: share > 0 ? moments / share : k > 1 ? shape : 0 };
}
