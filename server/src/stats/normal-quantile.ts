import { normalCdf, normalDensity } from './normal-cdf';

/**
 * The x with P(Z ≤ x) = p of the standard normal distribution: Hastings' approximation (Abramowitz and Stegun 26.2.23,
 * good to 4.5e-4) sharpened by three of Halley's steps, each of which cubes the error.
 *
 * @param p from 0 to 1
 * @returns −Infinity at 0, Infinity at 1, NaN outside
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN;
  if (p === 0) return Number.NEGATIVE_INFINITY;
  if (p > 0.5) return -normalQuantile(1 - p) || 0;
  const t = Math.sqrt(-2 * Math.log(p));
  const numerator = 2.515517 + t * (0.802853 + t * 0.010328);
  const denominator = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
  let x = numerator / denominator - t;
  for (let step = 0; step < 3; step++) {
    const error = (normalCdf(x) - p) / normalDensity(x);
    x -= error / (1 + 0.5 * x * error);
  }
  return x;
}
