import type { Figure, NotEnough } from '../api-types';
import { NEEDED, notEnough, Z } from './figure';

/**
 * Sums over customers of several quantities, and of their products. Most key figures are functions of such sums, and the
 * products tell how the sums would differ with other customers of the same kind. Plain data: it may be kept as JSON.
 */
export interface Sums {
  /** Customers. */
  n: number;
  totals: number[];
  /** Row by row: the sum over customers of quantity i × quantity j at i × k + j. */
  products: number[];
}

export const noSums = (quantities: number): Sums => ({
  n: 0,
  totals: new Array<number>(quantities).fill(0),
  products: new Array<number>(quantities * quantities).fill(0),
});

/** Adds one customer. */
export function addTo(sums: Sums, row: ArrayLike<number>): void {
  const k = sums.totals.length;
  sums.n += 1;
  for (let i = 0; i < k; i++) {
    const value = row[i]!;
    if (value === 0) continue;
    sums.totals[i]! += value;
    for (let j = 0; j < k; j++) sums.products[i * k + j]! += value * row[j]!;
  }
}

/** Covariance of the sums when n customers are drawn: n/(n−1) Σ (x − x̄)(y − ȳ). */
export function covarianceOf({ n, totals, products }: Sums): number[] {
  const k = totals.length;
  return products.map((product, at) => {
    const i = Math.floor(at / k);
    const j = at % k;
    return (n / (n - 1)) * (product - (totals[i]! * totals[j]!) / n);
  });
}

/** Step of the numerical derivative, relative to the sum. */
const STEP = 1e-4;

/** Standard error of a smooth function of sums by the delta method, with central differences. */
export function standardErrorOf(f: (totals: number[]) => number, sums: Sums): number {
  const { totals } = sums;
  const k = totals.length;
  const gradient = totals.map((total, i) => {
    const step = STEP * Math.abs(total);
    if (step === 0) return 0;
    const moved = (by: number) => f(totals.map((value, j) => (i === j ? value + by : value)));
    return (moved(step) - moved(-step)) / (2 * step);
  });
  const covariance = covarianceOf(sums);
  let variance = 0;
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) variance += gradient[i]! * gradient[j]! * covariance[i * k + j]!;
  }
  return Math.sqrt(Math.max(0, variance));
}

/**
 * A function of sums with its interval by the delta method; of what is positive by nature, on the scale of its
 * logarithm.
 *
 * @returns "not enough" when there are fewer than NEEDED customers, or when the function is not finite
 */
export function sumsFigure(
  sums: Sums,
  f: (totals: number[]) => number,
  { positive = true, of = 'customers' as NotEnough['of'] } = {},
): Figure {
  if (sums.n < NEEDED) return notEnough(of, sums.n, NEEDED);
  const value = f(sums.totals);
  if (!Number.isFinite(value)) return notEnough(of, 0, 1);
  const error = standardErrorOf(f, sums);
  if (!Number.isFinite(error)) return { value, low: null, high: null, n: sums.n };
  if (!positive || value <= 0) return { value, low: value - Z * error, high: value + Z * error, n: sums.n };
  const factor = Math.exp((Z * error) / value);
  return { value, low: value / factor, high: value * factor, n: sums.n };
}
