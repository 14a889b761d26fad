import { sampleGamma } from './sample-gamma';
import type { Random } from './seeded-random';

/** Draws from a beta distribution; a and b above zero, the mean is a / (a + b). */
export function sampleBeta(random: Random, a: number, b: number): number {
  const first = sampleGamma(random, a);
  return first / (first + sampleGamma(random, b));
}
