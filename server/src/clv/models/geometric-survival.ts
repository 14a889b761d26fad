import { logRising } from '../../stats/log-rising';

/*
 * What the shifted-beta-geometric and the BG/BB share: at each occasion a customer leaves with a probability of their own,
 * θ ~ beta(a, b). Whoever has stayed n times has θ ~ beta(a, b + n), so "given that they stayed" is but another b.
 */

/** Probability of staying at the n-th occasion of those who stayed at all before it: (b + n − 1) / (a + b + n − 1). */
export const retentionAt = (a: number, b: number, n: number): number => (b + n - 1) / (a + b + n - 1);

/** ln P(staying n times) = ln B(a, b + n) − ln B(a, b). */
export const logStaying = (a: number, b: number, n: number): number => logRising(b, n) - logRising(a + b, n);

const NEGLIGIBLE = 1e-17;
const MOST_FRACTIONS = 10_000_000;

/**
 * Σ P(staying k times) qᵏ⁻¹ for k = 1 … occasions: the occasions that are still to come, the next one counted in full.
 *
 * @param q what an occasion later is worth, above 0 and at most 1
 * @param occasions whole number; Infinity only with q below 1
 */
export function expectedStays(a: number, b: number, q: number, occasions: number): number {
  if (occasions === Number.POSITIVE_INFINITY)
    return retentionAt(a, b, 1) * hypergeometric(b + 1, a + b + 1, q);
  let sum = 0;
  let term = 1;
  for (let k = 1; k <= occasions && term > NEGLIGIBLE * sum * (1 - q); k++) {
    term *= retentionAt(a, b, k) * (k > 1 ? q : 1);
    sum += term;
  }
  return sum;
}

/** ₂F₁(1, b; c; z) with c > b > 0 and z in [0, 1), by Gauss's continued fraction (DLMF 15.7.5) and Lentz's method. */
function hypergeometric(b: number, c: number, z: number): number {
  let value = 1;
  let numerator = 1;
  let denominator = 0;
  for (let m = 1; m < MOST_FRACTIONS; m++) {
    const half = m >> 1;
    const factor =
      m % 2 === 1
        ? ((b + half) * (c + half - 1)) / ((c + m - 2) * (c + m - 1))
        : (half * (c - b + half - 1)) / ((c + m - 2) * (c + m - 1));
    denominator = 1 / (1 - factor * z * denominator);
    numerator = 1 - (factor * z) / numerator;
    value *= numerator * denominator;
    if (Math.abs(numerator * denominator - 1) < 1e-16) break;
  }
  return 1 / value;
}
