import type { Figure, ValueReport } from '../api-types';
import { NEEDED, notEnough, Z } from './figure';

const DAY = 86_400_000;

/** Where the bars of the histogram begin, in days. */
const BINS = [0, 1, 2, 4, 7, 14, 30, 60, 90, 180, 365];

/**
 * A quantile with an interval that needs no distribution: the order statistics whose ranks lie 1.96 binomial standard
 * deviations around it (W. Conover, "Practical Nonparametric Statistics", 3.2).
 *
 * @param sorted ascending
 */
export function quantileFigure(sorted: ArrayLike<number>, p: number): Figure {
  const n = sorted.length;
  if (n < NEEDED) return notEnough('people', n, NEEDED);
  const at = (rank: number) => sorted[Math.min(n - 1, Math.max(0, rank))]!;
  const place = p * (n - 1);
  const below = Math.floor(place);
  const value = at(below) + (place - below) * (at(below + 1) - at(below));
  const reach = Z * Math.sqrt(n * p * (1 - p));
  return { value, low: at(Math.floor(n * p - reach) - 1), high: at(Math.ceil(n * p + reach)), n };
}

/**
 * Days from the first touch to the first order, of people who read before they bought.
 *
 * @param times milliseconds, each at least zero
 */
export function timeToConversion(times: ArrayLike<number>): ValueReport['timeToConversion'] {
  const days = Float64Array.from(times, (time) => time / DAY).sort();
  const histogram = BINS.map((bin) => ({ days: bin, people: 0 }));
  for (const day of days) {
    let bin = BINS.length - 1;
    while (day < BINS[bin]!) bin -= 1;
    histogram[bin]!.people += 1;
  }
  return {
    median: quantileFigure(days, 0.5),
    lowerQuartile: quantileFigure(days, 0.25),
    upperQuartile: quantileFigure(days, 0.75),
    histogram,
  };
}
