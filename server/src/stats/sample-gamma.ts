import { sampleNormal } from './sample-normal';
import type { Random } from './seeded-random';

/**
 * Draws from a gamma distribution. G. Marsaglia and W. Tsang, "A simple method for generating gamma variables",
 * ACM TOMS 26 (2000).
 *
 * @param shape above zero
 * @param rate above zero; the mean is shape / rate
 */
export function sampleGamma(random: Random, shape: number, rate = 1): number {
  if (shape < 1) {
    const boost = Math.exp(Math.log(1 - random()) / shape);
    return boost * sampleGamma(random, shape + 1, rate);
  }
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = sampleNormal(random);
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    if (Math.log(1 - random()) < 0.5 * x * x + d * (1 - v + Math.log(v))) return (d * v) / rate;
  }
}
