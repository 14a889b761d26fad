import { type Coins, meanOverCoins, type Purchases } from './mean-over-coins';

/** Somebody who still is a customer and orders at random: λ ~ Gamma(shape, rate), p ~ Beta(a, coins). */
export interface Living extends Coins {
  shape: number;
  rate: number;
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
 * Given p, (1 − (1 + p time / rate)^−shape) / p orders are expected; their mean over p. Slower than the series, and exact
 * wherever that loses digits: all terms are positive.
 */
function byQuadrature({ shape, rate, a, coins }: Living, time: number): Purchases {
  const scale = time / rate;
  const purchases = (p: number) => {
    const log = Math.log1p(p * scale);
    return {
      expected: -Math.expm1(-shape * log) / p,
      slope: (shape / rate) * Math.exp(-(shape + 1) * log),
    };
  };
  return meanOverCoins({ a, coins }, purchases, (shape + 1) * scale);
}
