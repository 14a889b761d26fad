import { sampleGamma } from './sample-gamma';
import type { Random } from './seeded-random';

/** Draws from a beta distribution; a and b above zero, the mean is a / (a + b). */
export function sampleBeta(random: Random, a: number, b: number): number {
  const first = sampleGamma(random, a);
  const sum = first + sampleGamma(random, b);
  if (sum > 0) return first / sum;
  // Both below the smallest double, as happens where a and b are tiny: all but certainly 1 or 0.
  return random() < a / (a + b) ? 1 : 0;
}
