import { digammaRise } from '../../stats/digamma-rise';
import { logRising } from '../../stats/log-rising';
import { type DistinctValues, distinctValues } from './distinct-values';
import { stageSum } from './erlang-survival';
import type { LogLikelihood } from './fit-maximum';
import type { Histories, History } from './types';

export type BetaGeometricName = 'r' | 'alpha' | 'a' | 'b';
export type BetaGeometricParameters = Record<BetaGeometricName, number>;

/**
 * What tells the models of this family apart. A customer orders after gaps of k exponential stages at rate
 * λ ~ Gamma(r, α) and, after an order, stops for good with probability p ~ Beta(a, b).
 */
export interface BetaGeometricKind {
  /** 1 when the customer may stop after the first order already (the models called MBG), 0 when only after a repeat order. */
  firstCoin: 0 | 1;
  /** Stages of a gap; with 1 it is exponential and orders are at random. */
  k: number;
}

/** A customer's likelihood and what follows for the time after the observation. */
export interface BetaGeometricState {
  logLikelihood: number;
  pAlive: number;
  /** Of one who still orders: λ ~ Gamma(shape, rate) while no stage has passed since the last order, p ~ Beta(a, coins). */
  shape: number;
  rate: number;
  coins: number;
}

/**
 * One customer. With y = x + firstCoin coins thrown, R = r + k x and Δ = T − t_x, integrating λ and p out gives
 *
 *   L = e^((k − 1) Σ ln gap) Γ(k)^(−x) (r)_{kx} α^r (b)_y / (a + b)_y · (e^A + e^D),
 *   A = −R ln(α + T) + ln Σ_{j<k} (R)_j / j! (Δ / (α + T))^j            still a customer,
 *   D = ln a − ln(b + y − 1) − R ln(α + t_x)                            stopped after the last order; none if y = 0,
 *
 * and P(alive) = e^A / (e^A + e^D). k = 1: Fader, Hardie and Lee, Marketing Science 24 (2005), equation 6, and Batislam,
 * Denizel and Filiztekin, Int. J. Research in Marketing 24 (2007); any k: Reutterer, Platzer and Schröder, Int. J. Research
 * in Marketing 38 (2021).
 */
export function betaGeometricState(
  { r, alpha, a, b }: BetaGeometricParameters,
  { frequency: x, recency, age, logGaps }: History,
  { firstCoin, k }: BetaGeometricKind,
): BetaGeometricState {
  if (k > 1 && x > 0 && logGaps === undefined) {
    throw new RangeError('regular gaps need their logarithms: the history has no `logGaps`');
  }
  const coins = x + firstCoin;
  const shape = r + k * x;
  const rate = alpha + age;
  const waited = age - recency;
  const stages = Math.log(stageSum(k, shape, waited / rate).value);
  const beta = logRising(b, coins) - logRising(a + b, coins);
  const common = logRising(r, k * x) - r * Math.log1p(age / alpha) + beta + gapTerm(k, x, logGaps);
  const alive = stages - k * x * Math.log(rate);
  /** D − A */
  const logOdds =
    coins === 0
      ? Number.NEGATIVE_INFINITY
      : Math.log(a / (b + (coins - 1))) + shape * Math.log1p(waited / (alpha + recency)) - stages;
  return {
    logLikelihood: common + alive + Math.max(logOdds, 0) + Math.log1p(Math.exp(-Math.abs(logOdds))),
    pAlive: 1 / (1 + Math.exp(logOdds)),
    shape,
    rate,
    coins: b + coins,
  };
}

/** What the gaps themselves add: it does not depend on the parameters, only on k. */
export function gapTerm(k: number, x: number, logGaps = 0): number {
  return k === 1 ? 0 : (k - 1) * logGaps - x * logRising(1, k - 1);
}

/**
 * Σ weight · ln L over all histories, less the part of the gaps that holds no parameter (`gapTerm`), with its gradient by
 * r, α, a, b. What depends on the number of orders, the age or the
 * time of the last order alone is computed once for each value these take.
 */
export function betaGeometricLikelihood(histories: Histories, kind: BetaGeometricKind): LogLikelihood {
  const { firstCoin, k } = kind;
  const { weight } = histories;
  const orders = distinctValues(histories.frequency);
  const ages = distinctValues(histories.age);
  const recencies = distinctValues(histories.recency);
  const customers = sumByValue(orders, weight);

  return (parameters, gradient) => {
    const [r, alpha, a, b] = parameters as [number, number, number, number];
    // ln(α + T) − ln α: with r and α large, r ln α and R ln(α + T) would leave nothing but rounding of their difference.
    const ageLogs = logsOverAlpha(ages, alpha);
    const recencyLogs = logsOverAlpha(recencies, alpha);
    const byOrders = termsByOrders(orders.values, customers, r, a, b, kind);
    let { sum, byR, byA, byB } = byOrders;
    let byAlpha = 0;
    for (let i = 0; i < weight.length; i++) {
      const w = weight[i]!;
      const x = orders.values[orders.index[i]!]!;
      const shape = r + k * x;
      const t = ages.index[i]!;
      const rate = alpha + ages.values[t]!;
      let alive = -shape * ageLogs[t]!;
      let aliveByShape = -ageLogs[t]!;
      let aliveByAlpha = ((r / alpha) * ages.values[t]! - k * x) / rate;
      if (k > 1) {
        const share = (ages.values[t]! - recencies.values[recencies.index[i]!]!) / rate;
        const { value, byShape, byShare } = stageSum(k, shape, share);
        alive += Math.log(value);
        aliveByShape += byShape / value;
        aliveByAlpha -= ((byShare / value) * share) / rate;
      }
      const coins = x + firstCoin;
      if (coins === 0) {
        sum += w * alive;
        byR += w * aliveByShape;
        byAlpha += w * aliveByAlpha;
        continue;
      }
      const s = recencies.index[i]!;
      const stop = byOrders.stop[orders.index[i]!]! - shape * recencyLogs[s]!;
      const lesser = Math.exp(-Math.abs(stop - alive));
      const gone = (stop > alive ? 1 : lesser) / (1 + lesser);
      const still = (stop > alive ? lesser : 1) / (1 + lesser);
      sum += w * (Math.max(stop, alive) + Math.log1p(lesser));
      byR += w * (still * aliveByShape - gone * recencyLogs[s]!);
      const recency = recencies.values[s]!;
      const stopByAlpha = ((r / alpha) * recency - k * x) / (alpha + recency);
      byAlpha += w * (still * aliveByAlpha + gone * stopByAlpha);
      byA += (w * gone) / a;
      byB -= (w * gone) / (b + (coins - 1));
    }
    gradient[0] = byR;
    gradient[1] = byAlpha;
    gradient[2] = byA;
    gradient[3] = byB;
    return sum - byOrders.stages * Math.log(alpha);
  };
}

/** The factors (r)_{kx} (b)_y / (a + b)_y of all customers, their stages k x, and ln a − ln(b + y − 1) by x. */
function termsByOrders(
  orders: Float64Array,
  customers: Float64Array,
  r: number,
  a: number,
  b: number,
  { firstCoin, k }: BetaGeometricKind,
) {
  const totals = { sum: 0, byR: 0, byA: 0, byB: 0, stages: 0, stop: new Float64Array(orders.length) };
  let x = 0;
  let y = 0;
  let value = 0;
  let byR = 0;
  let byA = 0;
  let byB = 0;
  for (let i = 0; i < orders.length; i++) {
    const stages = k * (orders[i]! - x);
    const coins = orders[i]! + firstCoin - y;
    value += logRising(r + k * x, stages) + logRising(b + y, coins) - logRising(a + b + y, coins);
    byR += digammaRise(r + k * x, stages);
    const either = digammaRise(a + b + y, coins);
    byA -= either;
    byB += digammaRise(b + y, coins) - either;
    x = orders[i]!;
    y = x + firstCoin;
    const w = customers[i]!;
    totals.sum += w * value;
    totals.byR += w * byR;
    totals.byA += w * byA;
    totals.byB += w * byB;
    totals.stages += w * k * x;
    totals.stop[i] = y > 0 ? Math.log(a / (b + (y - 1))) : Number.NEGATIVE_INFINITY;
  }
  return totals;
}

function sumByValue({ values, index }: DistinctValues, weight: Float64Array): Float64Array {
  const sums = new Float64Array(values.length);
  for (let i = 0; i < index.length; i++) sums[index[i]!]! += weight[i]!;
  return sums;
}

function logsOverAlpha({ values }: DistinctValues, alpha: number): Float64Array {
  const logs = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) logs[i] = Math.log1p(values[i]! / alpha);
  return logs;
}
