import type { Random } from './seeded-random';

/**
 * Draws from an exponential distribution.
 *
 * @param rate above zero; its mean is 1 / rate
 */
export function sampleExponential(random: Random, rate: number): number {
  return -Math.log(1 - random()) / rate;
}
