import { stirlingError } from '../../stats/stirling-error';

/** Somebody who still is a customer and orders at random: λ ~ Gamma(shape, rate), p ~ Beta(a, coins). */
export interface Living {
  shape: number;
  rate: number;
  a: number;
  coins: number;
}

/** Expected orders within some time, and how many more a unit of time adds at its end. */
export interface Purchases {
  expected: number;
  slope: number;
}

const PRECISION = 1e-17;

/** Expected orders of a living customer of the BG/NBD or MBG/NBD in the next `time`. */
export function livingPurchases(living: Living, time: number): Purchases {
  const { shape, rate, a, coins } = living;
  if (time === 0) return { expected: 0, slope: shape / rate };
  const powers = Math.abs((a - 1) * Math.log1p(time / rate));
  const digitsStay = a + coins < 1e4 * shape && a + coins - 1 - shape > -3;
  return digitsStay && powers < 300 && time < 20 * rate ? bySeries(living, time) : byQuadrature(living, time);
}

/**
 * The hypergeometric function of Fader, Hardie and Lee (Marketing Science 24, 2005, equation 10) after Euler's
 * transformation (DLMF 15.8.1): with C = a + coins − 1, E = C − shape, d = a − 1, z = time / (rate + time) and L = ln(1 − z),
 *
 *   −C (e^(dL) − 1) / d − e^(dL) Σ_{n≥1} (E)_n (a)_{n−1} / ((C + 1)_{n−1} n!) z^n,
 *
 * which is regular where a = 1 and where a + b < 1 and takes a few dozen terms.
 */
function bySeries({ shape, rate, a, coins }: Living, time: number): Purchases {
  const z = time / (rate + time);
  const logRest = -Math.log1p(time / rate);
  const c = a + coins - 1;
  const e = c - shape;
  const d = a - 1;
  const power = Math.exp(d * logRest);
  const first = d === 0 ? -c * logRest : (-c * Math.expm1(d * logRest)) / d;
  let term = e * z;
  let sum = 0;
  let slope = 0;
  for (let n = 1; ; n++) {
    sum += term;
    slope += n * term;
    const ratio = ((e + n) * (a + n - 1) * z) / ((c + n) * (n + 1));
    if (
      Math.abs(term) * power <= PRECISION * (1 - z) * (Math.abs(first) + power * Math.abs(sum)) &&
      Math.abs(ratio) < 1
    )
      break;
    term *= ratio;
  }
  const byZ = power * ((c + d * sum) / (1 - z) - slope / z);
  return { expected: first - power * sum, slope: (byZ * (1 - z)) / (rate + time) };
}

/**
 * Given p, (1 − (1 + p time / rate)^−shape) / p orders are expected; their mean over p ~ Beta(a, coins) by the trapezoidal
 * rule in u = ln(p / (1 − p)), which converges geometrically for integrands analytic about the real line (L. Trefethen and
 * J. Weideman, SIAM Review 56, 2014). Slower than the series, and exact wherever that loses digits: all terms are positive.
 */
function byQuadrature({ shape, rate, a, coins }: Living, time: number): Purchases {
  const scale = time / rate;
  const step = Math.min(0.2, 0.5 * Math.sqrt(1 / a + 1 / coins));
  const p0 = a / (a + coins);
  const q0 = coins / (a + coins);
  /** The weight of p0, where v = u − ln(p0 / q0) is 0; the others are told from there, without loss of digits. */
  const errors = stirlingError(a + coins) - stirlingError(a) - stirlingError(coins);
  const highest = Math.exp(errors) * Math.sqrt((a * q0) / (2 * Math.PI)) * step;
  const at = (v: number) => {
    const logP = -logMix(p0, q0, -v);
    const logQ = -logMix(q0, p0, v);
    const p = p0 * Math.exp(logP);
    const log = Math.log1p(p * scale);
    const weight = highest * Math.exp(a * logP + coins * logQ);
    return {
      expected: (-weight * Math.expm1(-shape * log)) / p,
      slope: ((weight * shape) / rate) * Math.exp(-(shape + 1) * log),
    };
  };
  const total = { expected: 0, slope: 0 };
  /** Beyond these, all factors but p^a or (1 − p)^coins are constant and the terms are a geometric sequence. */
  const left = 40 + Math.log1p((shape + 1) * scale + coins);
  const right = 40 + Math.log1p(a + shape + 1);
  const middle = Math.log(a / coins);
  for (const [sign, from, to, decay] of [
    [-1, 0, left + middle, a],
    [1, step, right - middle, coins],
  ] as const) {
    const ratio = Math.exp(-decay * step);
    for (let v = from; ; v += sign * step) {
      const term = at(v);
      total.expected += term.expected;
      total.slope += term.slope;
      if (term.expected <= PRECISION * total.expected && term.slope <= PRECISION * total.slope) break;
      if (sign * v > to) {
        total.expected += (term.expected * ratio) / (1 - ratio);
        total.slope += (term.slope * ratio) / (1 - ratio);
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
