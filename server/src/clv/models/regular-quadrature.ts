import { incompleteBeta } from '../../stats/incomplete-beta';
import { logRising } from '../../stats/log-rising';
import { meanOverCoins, type Purchases } from './mean-over-coins';
import type { RegularLiving } from './regular-purchases';

/** Below this share of customers who go on, three orders tell all there is, and roots of unity would lose digits. */
const FEW = 1e-5;

/**
 * What `regularPurchases` gives, where the stages to sum over are too many: rates so high that α is nothing beside the horizon.
 *
 * Given p = 1 − q and j stages passed, (1 − q^⌊(j + m) / k⌋) / p orders are expected of m stages more. With θ = q^(1/k) and ω the
 * k-th root of unity, q^⌊s/k⌋ is the sum over l of (θω^l)^s (1 − 1/q) / (k (1 − 1 / (θω^l))), so that its mean over the negative
 * binomial m needs k values of their generating function ((1 − z) / (1 − z s))^shape alone. Then the mean over p.
 */
export function regularQuadrature(living: RegularLiving, time: number): Purchases {
  const { k, shape, rate, waited, a, coins } = living;
  const weights = [1];
  for (let j = 1; j < k; j++) weights.push(((weights[j - 1]! * (shape + j - 1)) / j) * (waited / rate));
  const sum = weights.reduce((total, weight) => total + weight);
  const ofCoin = (p: number, q: number): Purchases => {
    const total = { expected: 0, slope: 0 };
    weights.forEach((weight, j) => {
      const waiting = { j, k, shape: shape + j, rate, time };
      const { expected, slope } = q < FEW ? firstOrders(q, waiting) : byRoots(p, q, waiting);
      total.expected += (weight / sum) * expected;
      total.slope += (weight / sum) * slope;
    });
    return total;
  };
  return meanOverCoins({ a, coins }, ofCoin, ((shape + k) * time) / rate);
}

/** j of k stages have passed since the last order, at rates ~ Gamma(shape, rate). */
interface Waiting {
  j: number;
  k: number;
  shape: number;
  rate: number;
  time: number;
}

function byRoots(p: number, q: number, { j, k, shape, rate, time }: Waiting): Purchases {
  const z = time / (rate + time);
  const logRest = -Math.log1p(time / rate);
  const logQ = p < 0.5 ? Math.log1p(-p) : Math.log(q);
  const theta = Math.exp(logQ / k);
  /** The root 1, whose part is nearly 1 where p is small: 1 − θ and what is left of 1 are told without cancelling. */
  const lack = -Math.expm1(logQ / k);
  const log = logOfMean(-logQ, k) + (j * logQ) / k - shape * Math.log1p((z * lack) / (rate / (rate + time)));
  let expected = -Math.expm1(log) / p;
  let slope = (Math.exp(log) * shape * lack) / (p * (rate / (rate + time) + z * lack));
  for (let l = 1; l < k; l++) {
    const angle = (2 * Math.PI * l) / k;
    const re = 1 - theta * Math.cos(angle);
    const im = -theta * Math.sin(angle);
    const zre = 1 - z * theta * Math.cos(angle);
    const zim = z * im;
    // s^(j+1) / (1 − s) · ((1 − z) / (1 − z s))^shape / (k q), by size and direction
    const size =
      ((j + 1) * logQ) / k -
      Math.log(Math.hypot(re, im)) +
      shape * (logRest - Math.log(Math.hypot(zre, zim)));
    const turn = (j + 1) * angle - Math.atan2(im, re) - shape * Math.atan2(zim, zre);
    const part = Math.exp(size - logQ) / k;
    expected -= part * Math.cos(turn);
    // times shape (1 − s) / (1 − z s)
    const turned = turn + Math.atan2(im, re) - Math.atan2(zim, zre);
    slope += ((part * shape * Math.hypot(re, im)) / Math.hypot(zre, zim)) * Math.cos(turned);
  }
  return { expected, slope: slope / (rate + time) };
}

/** ln of the mean of e^(ε ρ / k) over ρ = 0 … k − 1: ε (k − 1) / 2k + ln(sinh(ε / 2) / (k sinh(ε / 2k))). */
function logOfMean(epsilon: number, k: number): number {
  const tilt = (epsilon * (k - 1)) / (2 * k);
  if (epsilon < 1e-3) return tilt + ((epsilon * epsilon) / 24) * (1 - 1 / (k * k));
  return tilt + Math.log(Math.sinh(epsilon / 2) / (k * Math.sinh(epsilon / (2 * k))));
}

/** Σ q^(n−1) Pr(m ≥ n k − j) for as few n as matter when hardly anybody goes on. */
function firstOrders(q: number, { j, k, shape, rate, time }: Waiting): Purchases {
  const z = time / (rate + time);
  const rest = rate / (rate + time);
  const total = { expected: 0, slope: 0 };
  for (let n = 1; n <= 3; n++) {
    const stages = n * k - j;
    total.expected += q ** (n - 1) * incompleteBeta(z, stages, shape, rest);
    const log =
      logRising(shape, stages) -
      logRising(1, stages - 1) +
      (stages - 1) * Math.log(z) +
      shape * Math.log(rest);
    total.slope += (q ** (n - 1) * Math.exp(log)) / (rate + time);
  }
  return total;
}
