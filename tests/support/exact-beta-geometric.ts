import { exp, type Fixed, fixed, ln, lnProduct, ONE, over, times, toNumber } from './high-precision';

export interface ExactCustomer {
  r: number;
  alpha: number;
  a: number;
  b: number;
  x: number;
  recency: number;
  age: number;
  /** 1 for the models whose customers may stop after the first order. */
  firstCoin: 0 | 1;
  /** Stages of a gap. */
  k: number;
  /** How far to look. */
  time: number;
}

export interface Exact {
  /** Without what the gaps add for k > 1. */
  logLikelihood: number;
  pAlive: number;
  /** Orders to expect of one who is alive. */
  expected: number;
  /** Probability of no order, of one who is alive. */
  none: number;
}

/**
 * Likelihood, P(alive) and the future of a customer of the beta-geometric family from the law of its stages, with 160 binary
 * digits: rising factorials are multiplied out factor by factor, and negative binomial probabilities summed one by one
 * until what remains is below 2⁻⁹⁰. No gamma, beta or hypergeometric function is involved.
 */
export function exactBetaGeometric({ firstCoin, k, x, ...given }: ExactCustomer): Exact {
  const r = fixed(given.r);
  const alpha = fixed(given.alpha);
  const a = fixed(given.a);
  const b = fixed(given.b);
  const rate = alpha + fixed(given.age);
  const waited = fixed(given.age) - fixed(given.recency);
  const shape = r + BigInt(k * x) * ONE;
  const coins = x + firstCoin;

  const stages = [ONE];
  for (let j = 1; j < k; j++) {
    stages.push(times(times(stages[j - 1]!, shape + BigInt(j - 1) * ONE) / BigInt(j), over(waited, rate)));
  }
  const running = stages.reduce((sum, stage) => sum + stage);
  const stopped =
    coins === 0
      ? 0n
      : exp(
          ln(over(a, b + BigInt(coins - 1) * ONE)) +
            times(shape, ln(rate) - ln(alpha + fixed(given.recency))) -
            ln(running),
        );
  const factors = lnProduct(rising(r, k * x)) + lnProduct(rising(b, coins)) - lnProduct(rising(a + b, coins));
  const logLikelihood =
    factors + times(r, ln(alpha)) - times(shape, ln(rate)) + ln(running) + ln(ONE + stopped);

  const z = over(fixed(given.time), rate + fixed(given.time));
  const enough = orders(a, b + BigInt(coins) * ONE);
  let expected = 0n;
  let none = 0n;
  for (let j = 0; j < k; j++) {
    const future = fromStage(shape + BigInt(j) * ONE, z, j, k, enough);
    expected += times(stages[j]!, future.expected);
    none += times(stages[j]!, future.none);
  }
  return {
    logLikelihood: toNumber(logLikelihood),
    pAlive: 1 / toNumber(ONE + stopped),
    expected: toNumber(over(expected, running)),
    none: toNumber(over(none, running)),
  };
}

function* rising(from: Fixed, factors: number): Iterable<Fixed> {
  for (let i = 0; i < factors; i++) yield from + BigInt(i) * ONE;
}

/** Orders to expect when gaps leave time for n, for n = 0, 1, …, as far as asked. */
function orders(a: Fixed, coins: Fixed): (n: number) => Fixed {
  const expected = [0n];
  let left = ONE;
  return (n) => {
    while (expected.length <= n) {
      const i = BigInt(expected.length - 1) * ONE;
      expected.push(expected.at(-1)! + left);
      left = (left * (coins + i)) / (a + coins + i);
    }
    return expected[n]!;
  };
}

function fromStage(shape: Fixed, z: Fixed, j: number, k: number, enough: (n: number) => Fixed) {
  let weight = ONE;
  let sum = 0n;
  let expected = 0n;
  let none = 0n;
  for (let m = 0; ; m++) {
    sum += weight;
    expected += weight * enough(Math.floor((j + m) / k));
    if (j + m < k) none += weight;
    const ratio = times(shape + BigInt(m) * ONE, z) / BigInt(m + 1);
    weight = times(weight, ratio);
    if (ratio < ONE && (weight * ONE) / (ONE - ratio) < sum >> 90n) break;
  }
  return { expected: expected / sum, none: over(none, sum) };
}
