import { normalQuantile } from '../../stats/normal-quantile';
import { studentTQuantile } from '../../stats/student-t-quantile';
import type { Figure, NotEnough } from '../api-types';

/** Customers (or answers, …) below which no interval is given, and so no figure that needs one. */
export const NEEDED = 10;

export const Z = normalQuantile(0.975);

/** A figure that is counted, not estimated. */
export const exactly = (value: number, n: number): Figure => ({ value, low: null, high: null, n });

/** What there is too little of. */
export const notEnough = (of: NotEnough['of'], has: number, needs: number): Figure => ({
  notEnough: { has, needs, of },
});

/** The value of a figure, or null where there is too little data. */
export const numberOf = (figure: Figure): number | null => ('value' in figure ? figure.value : null);

/** A mean with Student's interval, from a sum and a sum of squares. */
export function meanFigure(n: number, sum: number, squares: number, of: NotEnough['of']): Figure {
  if (n < NEEDED) return notEnough(of, n, NEEDED);
  const mean = sum / n;
  const variance = Math.max(0, squares - n * mean * mean) / (n - 1);
  const reach = studentTQuantile(0.975, n - 1) * Math.sqrt(variance / n);
  return { value: mean, low: mean - reach, high: mean + reach, n };
}

/**
 * A share with Wilson's score interval (E. Wilson, "Probable inference, the law of succession, and statistical
 * inference", JASA 22, 1927), which stays within 0 and 1.
 */
export function shareFigure(successes: number, n: number, of: NotEnough['of']): Figure {
  if (n < NEEDED) return notEnough(of, n, NEEDED);
  const p = successes / n;
  const centre = p + (Z * Z) / (2 * n);
  const reach = Z * Math.sqrt((p * (1 - p)) / n + (Z * Z) / (4 * n * n));
  const scale = 1 + (Z * Z) / n;
  // Exactly 0 and 1 at the ends, which floating point may miss by a hair.
  const low = successes === 0 ? 0 : (centre - reach) / scale;
  const high = successes === n ? 1 : (centre + reach) / scale;
  return { value: p, low, high, n };
}

/** A figure in another unit: both limits turn with it. `convert` must be monotone. */
export function mapFigure(figure: Figure, convert: (value: number) => number): Figure {
  if (!('value' in figure)) return figure;
  const limits = [figure.low, figure.high].map((limit) => (limit === null ? null : convert(limit)));
  const [a, b] = limits as [number | null, number | null];
  const low = a !== null && b !== null ? Math.min(a, b) : null;
  const high = a !== null && b !== null ? Math.max(a, b) : null;
  return { value: convert(figure.value), low, high, n: figure.n };
}
