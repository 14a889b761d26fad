import { stirlingError } from './stirling-error';

const MAX_STEPS = 100_000;
const TINY = 1e-300;

/**
 * Regularised lower incomplete gamma function P(a, x): the probability that Gamma(a, 1) is at most x. Its series below
 * (DLMF 8.11.4) and the continued fraction of its complement above (DLMF 8.9.2, by Lentz's method), the factor before them
 * written around its peak at x = a so that it stays exact where a is large.
 *
 * @param a above zero
 * @param x not below zero
 * @returns NaN outside of these ranges
 */
export function incompleteGamma(a: number, x: number): number {
  if (!(a > 0 && x >= 0)) return Number.NaN;
  if (x === 0) return 0;
  if (x === Number.POSITIVE_INFINITY) return 1;
  return x < a + 1
    ? gammaDensity(a, x) * (x / a) * series(a, x)
    : 1 - gammaDensity(a, x) * x * fraction(a, x);
}

/** Its complement Q(a, x) = 1 − P(a, x), exact where that difference would be lost: the p-value of a chi-square test, say. */
export function upperIncompleteGamma(a: number, x: number): number {
  return a > 0 && x >= a + 1 && x < Number.POSITIVE_INFINITY
    ? gammaDensity(a, x) * x * fraction(a, x)
    : 1 - incompleteGamma(a, x);
}

/** Density of Gamma(a, 1) at x > 0. */
export function gammaDensity(a: number, x: number): number {
  const excess = (x - a) / a;
  const logRatio = Math.abs(excess) < 0.5 ? Math.log1p(excess) : Math.log(x / a);
  return (Math.exp(a * (logRatio - excess) - stirlingError(a)) * Math.sqrt(a / (2 * Math.PI))) / x;
}

/** Σ x^n / ((a + 1) … (a + n)) */
function series(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; n < MAX_STEPS && term > 1e-17 * sum; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

/** 1 / (x + 1 − a − 1 (1 − a) / (x + 3 − a − …)) */
function fraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let value = d;
  for (let n = 1; n < MAX_STEPS; n++) {
    const numerator = n * (a - n);
    b += 2;
    d = 1 / nonZero(b + numerator * d);
    c = nonZero(b + numerator / c);
    value *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return value;
}

const nonZero = (value: number): number => (Math.abs(value) < TINY ? TINY : value);
