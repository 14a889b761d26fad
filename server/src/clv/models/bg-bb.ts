import { sampleBeta } from '../../stats/sample-beta';
import type { Random } from '../../stats/seeded-random';
import { type BgBbGradient, bgBbLikelihood } from './bg-bb-likelihood';
import { fitMaximum } from './fit-maximum';
import { expectedStays } from './geometric-survival';
import type { Discount, DrawnFuture, Fit, FitOptions } from './types';

export type BgBbName = 'alpha' | 'beta' | 'gamma' | 'delta';
export type BgBbParameters = Record<BgBbName, number>;

/** What a customer did with the opportunities so far. */
export interface OpportunityHistory {
  /** Opportunities taken (x). */
  frequency: number;
  /** Number of the last one taken, counted from 1; 0 when there was none (t_x). */
  recency: number;
  /** Opportunities there were (n). */
  opportunities: number;
}

/** Such histories in columns, each with the number of customers who have it. */
export interface OpportunityTable {
  frequency: ArrayLike<number>;
  recency: ArrayLike<number>;
  opportunities: ArrayLike<number>;
  weight: ArrayLike<number>;
}

const NAMES = ['alpha', 'beta', 'gamma', 'delta'] as const;
const STARTS = [
  [1, 1, 1, 2],
  [0.5, 2, 0.5, 5],
];

/**
 * The BG/BB: opportunities come at fixed times (a yearly donation, an issue, an event). A customer takes each with a
 * probability p ~ beta(alpha, beta) and before each leaves for good with a probability θ ~ beta(gamma, delta). P. Fader,
 * B. Hardie and J. Shang, "Customer-base analysis in a discrete-time noncontractual setting", Marketing Science 29 (2010).
 * Of one who was a customer at opportunity n, p and θ are independent: beta(alpha + x, beta + n − x) and
 * beta(gamma, delta + n); all that is said of the future follows from these two.
 */
export const bgBb = {
  name: 'bg-bb',
  parameterNames: NAMES,
  fit,
  logLikelihood: (p: BgBbParameters, h: OpportunityHistory): number => of(p, h).logLikelihood,
  /** Probability of being a customer still at the next opportunity, n + 1. */
  pAlive: (p: BgBbParameters, h: OpportunityHistory): number =>
    of(p, h).pAlive * expectedStays(p.gamma, p.delta + h.opportunities, 1, 1),
  /** Expected opportunities taken of the next ones. */
  expectedPurchases: (p: BgBbParameters, h: OpportunityHistory, opportunities: number): number =>
    takeRate(p, h) * expectedStays(p.gamma, p.delta + h.opportunities, 1, opportunities),
  discountedPurchases,
  /** Expected opportunities taken by somebody new. */
  expectedOfNew: (p: BgBbParameters, opportunities: number): number =>
    (p.alpha / (p.alpha + p.beta)) * expectedStays(p.gamma, p.delta, 1, opportunities),
  drawFuture,
};

const of = (p: BgBbParameters, h: OpportunityHistory) =>
  bgBbLikelihood(p.alpha, p.beta, p.gamma, p.delta, h.frequency, h.recency, h.opportunities);

/** P(a customer at opportunity n) · E p. */
function takeRate(p: BgBbParameters, h: OpportunityHistory): number {
  return (of(p, h).pAlive * (p.alpha + h.frequency)) / (p.alpha + p.beta + h.opportunities);
}

/**
 * Discounted expected transactions: the next opportunity is one period away, as in their DERT, which has no horizon.
 *
 * @throws RangeError for an infinite horizon without a rate, which may have no finite value
 */
function discountedPurchases(p: BgBbParameters, h: OpportunityHistory, { horizon, rate }: Discount): number {
  if (horizon === Number.POSITIVE_INFINITY && !(rate > 0)) {
    throw new RangeError(
      'all opportunities to come have no finite value without a discount rate: give a rate or a horizon',
    );
  }
  const q = Math.exp(-rate);
  return takeRate(p, h) * q * expectedStays(p.gamma, p.delta + h.opportunities, q, Math.floor(horizon));
}

/** Draws which of the next opportunities are taken (1 is the next one), and how many the customer stays for. */
function drawFuture(p: BgBbParameters, h: OpportunityHistory, horizon: number, random: Random): DrawnFuture {
  const purchases: number[] = [];
  if (random() >= of(p, h).pAlive) return { purchases, lifetime: 0 };
  const taking = sampleBeta(random, p.alpha + h.frequency, p.beta + h.opportunities - h.frequency);
  const leaving = sampleBeta(random, p.gamma, p.delta + h.opportunities);
  for (let k = 1; k <= horizon; k++) {
    if (random() < leaving) return { purchases, lifetime: k - 1 };
    if (random() < taking) purchases.push(k);
  }
  return { purchases, lifetime: Number.POSITIVE_INFINITY };
}

/**
 * Maximum likelihood from a table of histories.
 *
 * @throws RangeError when it is empty, or naming a row that cannot be
 */
function fit(table: OpportunityTable, { penalty }: FitOptions = {}): Fit<BgBbName> {
  let customers = 0;
  for (let i = 0; i < table.weight.length; i++) {
    const [x, last, n] = [table.frequency[i]!, table.recency[i]!, table.opportunities[i]!];
    const whole = Number.isInteger(x) && Number.isInteger(last) && Number.isInteger(n);
    if (!(whole && x >= 0 && x <= last && last <= n && x > 0 === last > 0)) {
      throw new RangeError(
        `row ${i + 1}: ${x} of ${n} opportunities taken, the last one number ${last}, cannot be`,
      );
    }
    customers += table.weight[i]!;
  }
  const row: BgBbGradient = [0, 0, 0, 0];
  const logLikelihood = ([alpha, beta, gamma, delta]: readonly number[], gradient: number[]): number => {
    let sum = 0;
    gradient.fill(0);
    for (let i = 0; i < table.weight.length; i++) {
      const w = table.weight[i]!;
      const [x, last, n] = [table.frequency[i]!, table.recency[i]!, table.opportunities[i]!];
      sum += w * bgBbLikelihood(alpha!, beta!, gamma!, delta!, x, last, n, row).logLikelihood;
      for (let k = 0; k < 4; k++) gradient[k]! += w * row[k]!;
    }
    return sum;
  };
  return fitMaximum({ names: NAMES, units: [1, 1, 1, 1], starts: STARTS, logLikelihood, customers, penalty });
}
