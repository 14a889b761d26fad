import type { Random } from './seeded-random';

/** Counts of at most this mean are drawn at once; e⁻³⁰ is far from the smallest double. */
const PIECE = 30;

/**
 * Draws from a Poisson distribution by multiplying uniform numbers (D. Knuth, TAOCP 2, 3.4.1), piece by piece for large
 * means, since a sum of Poisson counts is a Poisson count. The time it takes grows with the mean.
 *
 * @param mean at least zero
 */
export function samplePoisson(random: Random, mean: number): number {
  let count = 0;
  for (let rest = mean; rest > 0; rest -= PIECE) {
    const floor = Math.exp(-Math.min(rest, PIECE));
    for (let product = random(); product > floor; product *= random()) count++;
  }
  return count;
}
