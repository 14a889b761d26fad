import { stirlingError } from '../../stats/stirling-error';

/** A customer's probability to stop after an order: p ~ Beta(a, coins). */
export interface Coins {
  a: number;
  coins: number;
}

/** Expected orders within some time, and how many more a unit of time adds at its end. */
export interface Purchases {
  expected: number;
  slope: number;
}

const PRECISION = 1e-17;

/**
 * Mean of a function of p over p ~ Beta(a, coins) by the trapezoidal rule in ln(p / (1 − p)), which converges geometrically
 * for integrands analytic about the real line (L. Trefethen and J. Weideman, SIAM Review 56, 2014).
 *
 * @param of a function of p and 1 − p, positive and constant where p is far below 1 / `bend` or 1 − p far below 1
 */
export function meanOverCoins(
  { a, coins }: Coins,
  of: (p: number, q: number) => Purchases,
  bend: number,
): Purchases {
  const step = Math.min(0.2, 0.5 * Math.sqrt(1 / a + 1 / coins));
  const p0 = a / (a + coins);
  const q0 = coins / (a + coins);
  /** The weight of p0, where v = 0; the others are told from there, without loss of digits. */
  const errors = stirlingError(a + coins) - stirlingError(a) - stirlingError(coins);
  const highest = Math.exp(errors) * Math.sqrt((a * q0) / (2 * Math.PI)) * step;
  const middle = Math.log(a / coins);
  const total = { expected: 0, slope: 0 };
  /** Beyond these, all factors but p^a or (1 − p)^coins are constant and the terms are a geometric sequence. */
  const left = 40 + Math.log1p(bend + coins) + middle;
  const right = 40 + Math.log1p(a + bend) - middle;
  for (const [sign, from, to, decay] of [
    [-1, 0, left, a],
    [1, step, right, coins],
  ] as const) {
    const ratio = Math.exp(-decay * step);
    for (let v = from; ; v += sign * step) {
      const logP = -logMix(p0, q0, -v);
      const logQ = -logMix(q0, p0, v);
      const weight = highest * Math.exp(a * logP + coins * logQ);
      const { expected, slope } = of(p0 * Math.exp(logP), q0 * Math.exp(logQ));
      total.expected += weight * expected;
      total.slope += weight * slope;
      if (weight * expected <= PRECISION * total.expected && weight * slope <= PRECISION * total.slope) break;
      if (sign * v > to) {
        total.expected += (weight * expected * ratio) / (1 - ratio);
        total.slope += (weight * slope * ratio) / (1 - ratio);
        break;
      }
    }
  }
  return total;
}

/** ln(first + second e^v) of two shares that add up to 1. */
function logMix(first: number, second: number, v: number): number {
  return Math.abs(v) < 1 ? Math.log1p(second * Math.expm1(v)) : Math.log(first + second * Math.exp(v));
}
