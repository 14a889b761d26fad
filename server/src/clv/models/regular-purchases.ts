import type { Living, Purchases } from './living-purchases';

/** Somebody who still is a customer and orders after gaps of k stages each: see `BetaGeometricKind`. */
export interface RegularLiving extends Living {
  k: number;
  /** Time since the last order, of the time `rate` = α + T. */
  waited: number;
}

const PRECISION = 1e-18;

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
  const orders = ordersByCount(living);
  const total = { expected: 0, slope: 0 };
  let weights = 0;
  let weight = 1;
  for (let j = 0; j < k; j++) {
    if (j > 0) weight *= (((shape + j - 1) / j) * waited) / rate;
    const { expected, slope } = fromStage(j, k, shape, rate, time, orders);
    weights += weight;
    total.expected += weight * expected;
    total.slope += weight * slope;
  }
  return { expected: total.expected / weights, slope: total.slope / weights };
}

/** With j stages passed: the mean over the m that follow, outwards from their mode. */
function fromStage(
  j: number,
  k: number,
  shape: number,
  rate: number,
  time: number,
  orders: Orders,
): Purchases {
  const grown = shape + j;
  const z = time / (rate + time);
  const mode = Math.floor(Math.max(0, ((grown - 1) * time) / rate));
  let sum = 0;
  let expected = 0;
  let slope = 0;
  const add = (m: number, probability: number) => {
    const stages = j + m;
    sum += probability;
    expected += probability * orders.expected(Math.floor(stages / k));
    if ((stages + 1) % k === 0)
      slope += (probability * orders.left((stages + 1) / k - 1) * (grown + m)) / (rate + time);
  };
  let probability = 1;
  for (let m = mode; ; m++) {
    add(m, probability);
    if (probability < PRECISION * (1 - z) * sum) break;
    probability *= ((grown + m) / (m + 1)) * z;
    if (probability === 0) break;
  }
  probability = 1;
  for (let m = mode; m > 0; m--) {
    probability *= m / ((grown + m - 1) * z);
    if (probability < PRECISION * sum) break;
    add(m - 1, probability);
  }
  return { expected: expected / sum, slope: slope / sum };
}

interface Orders {
  /** Probability to still be a customer after n orders more. */
  left(n: number): number;
  /** Expected orders when gaps leave time for n. */
  expected(n: number): number;
}

function ordersByCount({ a, coins }: Living): Orders {
  const left = [1];
  const expected = [0];
  const grow = (n: number) => {
    for (let i = left.length - 1; i < n; i++) {
      left.push((left[i]! * (coins + i)) / (a + coins + i));
      expected.push(expected[i]! + left[i]!);
    }
  };
  return {
    left(n) {
      grow(n);
      return left[n]!;
    },
    expected(n) {
      grow(n);
      return expected[n]!;
    },
  };
}
