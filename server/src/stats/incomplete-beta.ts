import { stirlingError } from './stirling-error';

const MAX_STEPS = 100_000;
const TINY = 1e-300;

/**
 * Regularised incomplete beta function I_x(a, b), the continued fraction of DLMF 8.17.22 by Lentz's method.
 * Its leading factor is written around the mean a / (a + b), so that it stays exact where a and b are large
 * (C. Loader, "Fast and accurate computation of binomial probabilities", 2000).
 *
 * @param x from 0 to 1
 * @param a above zero
 * @param b above zero
 * @param y 1 − x; give it where it is known better than the subtraction would tell
 * @returns NaN outside of these ranges
 */
export function incompleteBeta(x: number, a: number, b: number, y = 1 - x): number {
  if (!(x >= 0 && y >= 0 && a > 0 && b > 0)) return Number.NaN;
  if (x === 0) return 0;
  if (y === 0) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - leftTail(y, b, a, x);
  return leftTail(x, a, b, y);
}

function leftTail(x: number, a: number, b: number, y: number): number {
  return (leadingFactor(x, a, b, y) / a) * continuedFraction(x, a, b);
}

/** x^a y^b / B(a, b) */
function leadingFactor(x: number, a: number, b: number, y: number): number {
  const p = a / (a + b);
  const q = b / (a + b);
  const excess = x < y ? x - p : q - y;
  const exponent =
    a * logRatio(x, p, excess) +
    b * logRatio(y, q, -excess) +
    stirlingError(a + b) -
    stirlingError(a) -
    stirlingError(b);
  return Math.exp(exponent) * Math.sqrt((a * q) / (2 * Math.PI));
}

/** ln(value / centre), given value − centre. */
function logRatio(value: number, centre: number, excess: number): number {
  const relative = excess / centre;
  return Math.abs(relative) < 0.5 ? Math.log1p(relative) : Math.log(value / centre);
}

function continuedFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = inverse(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m <= MAX_STEPS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = inverse(1 + even * d);
    c = nonZero(1 + even / c);
    value *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = inverse(1 + odd * d);
    c = nonZero(1 + odd / c);
    value *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return value;
}

const nonZero = (value: number): number => (Math.abs(value) < TINY ? TINY : value);
const inverse = (value: number): number => 1 / nonZero(value);
