import { incompleteBeta } from '../../stats/incomplete-beta';
import type { Living } from './living-purchases';
import type { Purchases } from './mean-over-coins';
import { regularQuadrature } from './regular-quadrature';

/** Somebody who still is a customer and orders after gaps of k stages each: see `BetaGeometricKind`. */
export interface RegularLiving extends Living {
  k: number;
  /** Time since the last order, of the time `rate` = α + T. */
  waited: number;
}

const PRECISION = 1e-17;
/** Beyond so many times α + T the sums take too many terms. */
const MANY = 100;

/**
 * Expected orders of a living customer of the (M)BG/CNBD-k in the next `time`. Of the stages since the last order, j < k have
 * passed with probability ∝ (shape)_j / j! (waited / rate)^j; then m more pass within `time` with the negative binomial
 * probability of shape + j, the n-th order is placed when the stages reach n k, and somebody is left to place it with
 * probability (coins)_{n−1} / (a + coins)_{n−1}. All sums are of positive terms.
 * After T. Reutterer, M. Platzer and N. Schröder, "Leveraging purchase regularity for predicting customer behavior the easy
 * way", Int. J. Research in Marketing 38 (2021), whose expectation is an approximation; this one is exact.
 */
export function regularPurchases(living: RegularLiving, time: number): Purchases {
  const { k, shape, rate, waited } = living;
  if (time > MANY * rate) return regularQuadrature(living, time);
  const orders = ordersByCount(living);
  const total = { expected: 0, slope: 0 };
  let weights = 0;
  let weight = 1;
  for (let j = 0; j < k; j++) {
    if (j > 0) weight *= (((shape + j - 1) / j) * waited) / rate;
    const { expected, slope } = fromStage(j, living, time, orders);
    weights += weight;
    total.expected += weight * expected;
    total.slope += weight * slope;
  }
  return { expected: total.expected / weights, slope: total.slope / weights };
}

/** Probability that a living customer orders in the next `time`: with j stages passed, that k − j more pass. */
export function regularActivity({ k, shape, rate, waited }: RegularLiving, time: number): number {
  const z = time / (rate + time);
  const rest = rate / (rate + time);
  let active = 0;
  let weights = 0;
  let weight = 1;
  for (let j = 0; j < k; j++) {
    if (j > 0) weight *= (((shape + j - 1) / j) * waited) / rate;
    weights += weight;
    active += weight * incompleteBeta(z, k - j, shape + j, rest);
  }
  return active / weights;
}

/** With j stages passed: the mean over the m that follow, outwards from their mode. */
function fromStage(
  j: number,
  { k, shape, rate }: RegularLiving,
  time: number,
  { left, expected, grow }: Orders,
): Purchases {
  const grown = shape + j;
  const z = time / (rate + time);
  const mode = Math.floor(Math.max(0, ((grown - 1) * time) / rate));
  const first = Math.floor((j + mode) / k);
  while (first >= left.length) grow();
  let sum = 0;
  let mean = 0;
  let slope = 0;
  let weight = 1;
  for (let m = mode, orders = first, stage = j + mode - first * k; ; m++) {
    sum += weight;
    mean += weight * expected[orders]!;
    if (++stage === k) {
      stage = 0;
      slope += weight * left[orders]! * (grown + m);
      if (++orders === left.length) grow();
    }
    weight *= ((grown + m) / (m + 1)) * z;
    if (weight <= PRECISION * (1 - z) * Math.min(sum, mean) || weight === 0) break;
  }
  weight = 1;
  for (let m = mode - 1, orders = first, stage = j + mode - first * k; m >= 0; m--) {
    weight *= (m + 1) / ((grown + m) * z);
    if (weight < PRECISION * sum) break;
    if (--stage < 0) {
      stage = k - 1;
      orders--;
      slope += weight * left[orders]! * (grown + m);
    }
    sum += weight;
    mean += weight * expected[orders]!;
  }
  return { expected: mean / sum, slope: slope / (sum * (rate + time)) };
}

/** By the number of orders that gaps leave time for. */
interface Orders {
  /** Probability to be a customer still after so many. */
  left: number[];
  /** Orders to expect. */
  expected: number[];
  /** Doubles both. */
  grow(): void;
}

function ordersByCount({ a, coins }: Living): Orders {
  const left = [1];
  const expected = [0];
  const grow = () => {
    for (let n = left.length - 1, end = 2 * n + 16; n < end; n++) {
      left.push((left[n]! * (coins + n)) / (a + coins + n));
      expected.push(expected[n]! + left[n]!);
    }
  };
  return { left, expected, grow };
}
