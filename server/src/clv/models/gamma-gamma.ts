import { fisherInterval } from '../../stats/fisher-interval';
import { gammaQuantile } from '../../stats/gamma-quantile';
import { sampleGamma } from '../../stats/sample-gamma';
import { fitMaximum } from './fit-maximum';
import { gammaGammaLikelihood, gammaGammaLogLikelihood, type Spends } from './gamma-gamma-likelihood';
import type { Fit, FitOptions, Interval } from './types';
import { uniqueHistories } from './unique-histories';

export type { Spends } from './gamma-gamma-likelihood';

export type GammaGammaName = 'p' | 'q' | 'gamma';
export type GammaGammaParameters = Record<GammaGammaName, number>;

export interface GammaGammaFit extends Fit<GammaGammaName> {
  /** Customers with a repeat order of some value, whom the fit is of. */
  customers: number;
  /** Customers left out: no repeat order (x = 0), or nothing spent on them (m ≤ 0). */
  leftOut: number;
  /** q ≤ 1: the mean spend over all customers has no finite expectation. */
  infiniteMean: boolean;
}

/** What is known of one customer's orders: x of them with mean m; x = 0 for nothing. */
export interface Spend {
  frequency: number;
  mean: number;
}

const NAMES = ['p', 'q', 'gamma'] as const;
const STARTS = [
  [2, 3, 1],
  [6, 4, 0.5],
  [1, 1.5, 1],
];
/** Of many more rows than this, the best start is found on about so many. */
const SAMPLE = 1000;

/**
 * The Gamma-Gamma model of what an order is worth: values of a customer's orders are gamma(p, ν) with the customer's own
 * ν ~ gamma(q, gamma), independent of how often the customer orders. P. Fader and B. Hardie, "The gamma-gamma model of
 * monetary value" (2013); P. Fader, B. Hardie and K. L. Lee, "RFM and CLV", J. Marketing Research 42 (2005).
 */
export const gammaGamma = {
  parameterNames: NAMES,
  fit,
  logLikelihood: ({ p, q, gamma }: GammaGammaParameters, { frequency, mean }: Spend): number =>
    gammaGammaLogLikelihood(p, q, gamma, frequency, mean),
  populationMean: (parameters: GammaGammaParameters) => expectedSpend(parameters, { frequency: 0, mean: 0 }),
  expectedSpend,
  meanSpendInterval,
  drawMeanSpend,
  drawTotal,
  correlation,
};

/**
 * Maximum likelihood over customers with x > 0 and m > 0.
 *
 * @throws RangeError when there are none
 */
function fit(spends: Spends, { penalty }: FitOptions = {}): GammaGammaFit {
  const { rows, customers, leftOut } = spenders(spends);
  if (customers === 0)
    throw new RangeError('nobody has a repeat order of some value: there is no spend to fit a model to');
  const every = Math.ceil(rows.mean.length / SAMPLE);
  const meanOfAll = rows.mean.reduce((sum, mean, i) => sum + mean * rows.weight[i]!, 0) / customers;
  const found = fitMaximum<GammaGammaName>({
    names: NAMES,
    units: [1, 1, meanOfAll],
    starts: STARTS,
    logLikelihood: gammaGammaLikelihood(rows),
    customers,
    ...(every > 2 && { part: partOf(rows, every) }),
    penalty,
  });
  const infiniteMean = found.parameters.q <= 1;
  const problem =
    found.problem ??
    (infiniteMean
      ? 'q is at most 1: the mean spend over all customers is infinite, and what a new one will spend unknown.'
      : null);
  return { ...found, problem, customers, leftOut, infiniteMean };
}

function partOf(rows: Spends, every: number) {
  const pick = (column: Float64Array) => column.filter((_, i) => i % every === 0);
  const weight = pick(rows.weight);
  return {
    logLikelihood: gammaGammaLikelihood({ frequency: pick(rows.frequency), mean: pick(rows.mean), weight }),
    customers: weight.reduce((sum, w) => sum + w, 0),
  };
}

/** Those with x > 0 and m > 0, equal rows merged. */
function spenders({ frequency, mean, weight }: Spends) {
  const has = (i: number) => frequency[i]! > 0 && mean[i]! > 0;
  const pick = (column: Float64Array) => column.filter((_, i) => has(i));
  const kept = pick(weight);
  const merged = uniqueHistories({
    frequency: pick(frequency),
    recency: pick(mean),
    age: new Float64Array(kept.length),
    weight: kept,
  });
  const sum = (column: Float64Array) => column.reduce((total, value) => total + value, 0);
  const customers = sum(kept);
  return {
    rows: { frequency: merged.frequency, mean: merged.recency, weight: merged.weight },
    customers,
    leftOut: sum(weight) - customers,
  };
}

/** E[mean spend | x, m] = p (γ + x m) / (p x + q − 1), equation 5; null when it is infinite, as it may be for q ≤ 1. */
function expectedSpend({ p, q, gamma }: GammaGammaParameters, spend: Spend): number | null {
  const { frequency, mean } = known(spend);
  const divisor = p * frequency + q - 1;
  return divisor > 0 ? (p * (gamma + frequency * mean)) / divisor : null;
}

/** Orders worth nothing tell this model nothing: such a customer is as good as new. */
const known = (spend: Spend): Spend =>
  spend.frequency > 0 && spend.mean > 0 ? spend : { frequency: 0, mean: 0 };

/** Where a customer's own mean spend lies: p / ν with ν ~ gamma(p x + q, γ + x m), given the parameters. */
function meanSpendInterval({ p, q, gamma }: GammaGammaParameters, spend: Spend, confidence = 0.95): Interval {
  const { frequency, mean } = known(spend);
  const shape = p * frequency + q;
  const rate = gamma + frequency * mean;
  return {
    low: (p * rate) / gammaQuantile((1 + confidence) / 2, shape),
    high: (p * rate) / gammaQuantile((1 - confidence) / 2, shape),
  };
}

/** Draws a customer's own mean spend. */
function drawMeanSpend({ p, q, gamma }: GammaGammaParameters, spend: Spend, random: () => number): number {
  const { frequency, mean } = known(spend);
  return p / sampleGamma(random, p * frequency + q, gamma + frequency * mean);
}

/** Draws what so many orders of a customer with this mean spend bring together. */
function drawTotal(
  { p }: GammaGammaParameters,
  meanSpend: number,
  orders: number,
  random: () => number,
): number {
  return orders === 0 ? 0 : sampleGamma(random, p * orders, p / meanSpend);
}

/**
 * The model takes spend and frequency for independent: Pearson's correlation of x and m over the customers it is fitted to,
 * with Fisher's interval. NaN below 4 customers or when one of them does not vary.
 */
function correlation(spends: Spends): { r: number; low: number; high: number; customers: number } {
  const { rows, customers } = spenders(spends);
  const meanOf = (column: Float64Array) =>
    column.reduce((sum, v, i) => sum + v * rows.weight[i]!, 0) / customers;
  const x = meanOf(rows.frequency);
  const m = meanOf(rows.mean);
  let xx = 0;
  let xm = 0;
  let mm = 0;
  for (let i = 0; i < rows.weight.length; i++) {
    const dx = rows.frequency[i]! - x;
    const dm = rows.mean[i]! - m;
    xx += rows.weight[i]! * dx * dx;
    xm += rows.weight[i]! * dx * dm;
    mm += rows.weight[i]! * dm * dm;
  }
  const r = xm / Math.sqrt(xx * mm);
  return { r, ...fisherInterval(r, customers), customers };
}
