import type { Figure } from '../../../clv/api-types';
import { notEnough, shareFigure } from '../../../clv/kpis/figure';
import { ratioOfProportions } from '../../../stats/ratio-of-proportions';
import { NEEDED } from './thresholds';

/** A share of persons, where there are enough of them. */
export const shareOf = (some: number, all: number): Figure =>
  all < NEEDED ? notEnough('people', all, NEEDED) : shareFigure(some, all, 'people');

/** How many times as large a share is among `n` persons as among `m` others, where each are enough. */
export function liftOf(a: number, n: number, b: number, m: number): Figure {
  const fewest = Math.min(n, m);
  if (fewest < NEEDED) return notEnough('people', fewest, NEEDED);
  const { ratio, low, high } = ratioOfProportions(a, n, b, m);
  // Nobody among the others, of however many: there is nothing that it could be a multiple of.
  if (Number.isNaN(ratio)) return notEnough('people', b, 1);
  return { value: ratio, low: orNull(low), high: orNull(high), n };
}

const orNull = (value: number) => (Number.isNaN(value) ? null : value);
