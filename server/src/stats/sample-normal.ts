import type { Random } from './seeded-random';

/** Draws from a normal distribution by Marsaglia's polar method. */
export function sampleNormal(random: Random, mean = 0, sd = 1): number {
  for (;;) {
    const x = 2 * random() - 1;
    const y = 2 * random() - 1;
    const square = x * x + y * y;
    if (square > 0 && square < 1) return mean + sd * x * Math.sqrt((-2 * Math.log(square)) / square);
  }
}
