import { discountedPower } from '../../stats/discounted-power';
import { sampleExponential } from '../../stats/sample-exponential';
import { sampleGamma } from '../../stats/sample-gamma';
import { largestAge } from './beta-geometric-fit';
import { fitMaximum } from './fit-maximum';
import { type ParetoGradient, paretoAlive, paretoLogLikelihood } from './pareto-likelihood';
import { powerProduct } from './power-product';
import type { Discount, DrawnFuture, Fit, FitOptions, Histories, History, TransactionModel } from './types';
import { uniqueHistories } from './unique-histories';

export type ParetoName = 'r' | 'alpha' | 's' | 'beta';
export type ParetoParameters = Record<ParetoName, number>;

const NAMES = ['r', 'alpha', 's', 'beta'] as const;
const STARTS = [
  [0.5, 0.3, 0.5, 0.3],
  [1, 1, 1, 1],
];
/** Of many more different rows than this, the best start is found on about so many. */
const SAMPLE = 1000;

/**
 * The Pareto/NBD: orders come at a customer's own rate λ ~ gamma(r, alpha) until an end that comes at the customer's own
 * rate μ ~ gamma(s, beta). D. Schmittlein, D. Morrison and R. Colombo, "Counting your customers", Management Science 33
 * (1987); likelihood in `pareto-likelihood.ts`. Of one who still is a customer at T, λ and μ are independent:
 * gamma(r + x, alpha + T) and gamma(s, beta + T); all that is said of the future follows from these two.
 */
export const paretoNbd: TransactionModel<ParetoName> = {
  name: 'pareto-nbd',
  parameterNames: NAMES,
  fit,
  logLikelihood: ({ r, alpha, s, beta }, h) =>
    paretoLogLikelihood(r, alpha, s, beta, h.frequency, h.recency, h.age),
  pAlive,
  expectedPurchases(p, h, horizon) {
    const lived = p.beta + h.age;
    return rateNow(p, h) * lived * declining(p.s - 1, Math.log1p(horizon / lived));
  },
  discountedPurchases,
  /** The first order comes at y with density (r+x)/(α+T) (1 + y/(α+T))^−(r+x+1) (1 + y/(β+T))^−s. */
  pActive: (p, h, horizon) =>
    // Rounding may lead a hair beyond 1.
    Math.min(
      1,
      rateNow(p, h) * powerProduct(p.alpha + h.age, p.beta + h.age, p.r + h.frequency + 1, p.s, horizon),
    ),
  expectedOfNew: ({ r, alpha, s, beta }, t) => ((r * beta) / alpha) * declining(s - 1, Math.log1p(t / beta)),
  purchaseRate: (p, h, at) => rateNow(p, h) * Math.exp(-p.s * Math.log1p(at / (p.beta + h.age))),
  drawFuture,
};

function pAlive({ r, alpha, s, beta }: ParetoParameters, h: History): number {
  return paretoAlive(r, alpha, s, beta, h.frequency, h.recency, h.age);
}

const rateNow = (p: ParetoParameters, h: History): number =>
  (pAlive(p, h) * (p.r + h.frequency)) / (p.alpha + h.age);

/** ∫ (1+u)^−(d+1) du up to u = e^log − 1: what is left of a unit rate while customers leave. */
function declining(d: number, log: number): number {
  return d === 0 ? log : -Math.expm1(-d * log) / d;
}

/**
 * Discounted expected residual transactions: for an infinite horizon the DERT of P. Fader, B. Hardie and K. L. Lee, "RFM and
 * CLV: using iso-value curves for customer base analysis", Journal of Marketing Research 42 (2005).
 *
 * @throws RangeError for an infinite horizon without a rate, which may have no finite value
 */
function discountedPurchases(p: ParetoParameters, h: History, { horizon, rate }: Discount): number {
  if (rate === 0 && horizon === Number.POSITIVE_INFINITY) {
    throw new RangeError(
      'all orders to come have no finite value without a discount rate: give a rate or a horizon',
    );
  }
  if (rate === 0) return paretoNbd.expectedPurchases(p, h, horizon);
  const lived = p.beta + h.age;
  return rateNow(p, h) * lived * discountedPower(p.s, rate * lived, horizon / lived);
}

function drawFuture(p: ParetoParameters, h: History, horizon: number, random: () => number): DrawnFuture {
  if (random() >= pAlive(p, h)) return { purchases: [], lifetime: 0 };
  const rate = sampleGamma(random, p.r + h.frequency, p.alpha + h.age);
  const lifetime = sampleExponential(random, sampleGamma(random, p.s, p.beta + h.age));
  const end = Math.min(lifetime, horizon);
  const purchases: number[] = [];
  for (let at = sampleExponential(random, rate); at < end; at += sampleExponential(random, rate)) {
    purchases.push(at);
  }
  return { purchases, lifetime: lifetime < horizon ? lifetime : Number.POSITIVE_INFINITY };
}

function fit(histories: Histories, { penalty }: FitOptions = {}): Fit<ParetoName> {
  const rows = uniqueHistories(histories);
  const unit = largestAge(rows);
  const every = Math.ceil(rows.age.length / SAMPLE);
  return fitMaximum({
    names: NAMES,
    units: [1, unit, 1, unit],
    starts: STARTS,
    ...likelihoodOf(rows, 1),
    ...(every > 2 && { part: likelihoodOf(rows, every) }),
    penalty,
  });
}

/** The log-likelihood of every n-th row. */
function likelihoodOf({ frequency, recency, age, weight }: Histories, every: number) {
  const row: ParetoGradient = [0, 0, 0, 0];
  const logLikelihood = ([r, alpha, s, beta]: readonly number[], gradient: number[]): number => {
    let sum = 0;
    gradient.fill(0);
    for (let i = 0; i < age.length; i += every) {
      const w = weight[i]!;
      sum += w * paretoLogLikelihood(r!, alpha!, s!, beta!, frequency[i]!, recency[i]!, age[i]!, row);
      for (let k = 0; k < 4; k++) gradient[k]! += w * row[k]!;
    }
    return sum;
  };
  let customers = 0;
  for (let i = 0; i < weight.length; i += every) customers += weight[i]!;
  return { logLikelihood, customers };
}
