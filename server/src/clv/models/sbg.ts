import { sampleBeta } from '../../stats/sample-beta';
import { sampleExponential } from '../../stats/sample-exponential';
import type { Random } from '../../stats/seeded-random';
import { fitMaximum } from './fit-maximum';
import { expectedStays, logStaying, retentionAt } from './geometric-survival';
import type { LifeTable } from './life-table';
import type { Discount, Fit, FitOptions } from './types';

export type SbgName = 'alpha' | 'beta';
export type SbgParameters = Record<SbgName, number>;

const NAMES = ['alpha', 'beta'] as const;
const STARTS = [
  [1, 1],
  [1, 10],
];

/**
 * The shifted-beta-geometric model of subscriptions: at each renewal a subscriber leaves with a probability of their own,
 * θ ~ beta(alpha, beta). P. Fader and B. Hardie, "How to project customer retention", Journal of Interactive Marketing 21
 * (2007). Its unit of time is the billing period: `renewals` is how often somebody has renewed so far, horizons and rates
 * are per period.
 */
export const shiftedBetaGeometric = {
  name: 'sbg',
  parameterNames: NAMES,
  fit,
  logLikelihood: ({ alpha, beta }: SbgParameters, table: LifeTable): number =>
    logLikelihood([alpha, beta], [], table),
  /** Probability of renewing at least so often, S(renewals). */
  survival: ({ alpha, beta }: SbgParameters, renewals: number): number =>
    Math.exp(logStaying(alpha, beta, renewals)),
  /** Share of those who came to the n-th renewal that renew. It rises with n: the loyal stay. */
  retention: ({ alpha, beta }: SbgParameters, n: number): number => retentionAt(alpha, beta, n),
  /** Share of those who came to the n-th renewal that leave. */
  churn: ({ alpha, beta }: SbgParameters, n: number): number => alpha / (alpha + beta + n - 1),
  /** Expected periods, the first included, that somebody new stays within a horizon of whole periods. */
  expectedTenure: ({ alpha, beta }: SbgParameters, horizon: number): number =>
    horizon < 1 ? 0 : 1 + expectedStays(alpha, beta, 1, horizon - 1),
  residualLifetime,
  /** What a running subscription is still expected to bring: the amount of a period × its discounted residual lifetime. */
  expectedValue: (p: SbgParameters, amount: number, subscriber: Subscriber, discount: Discount): number =>
    amount * residualLifetime(p, subscriber, discount),
  drawRenewals,
};

/** A running subscription. */
export interface Subscriber {
  /** Renewals so far; 0 in the first period. */
  renewals: number;
  /** Periods until the next renewal, from 0 (it is due now, which is what the paper counts from) to 1. */
  untilRenewal?: number;
}

/**
 * Discounted expected residual lifetime: the expected renewals to come before the horizon, each discounted to now.
 * P. Fader and B. Hardie, "Customer-base valuation in a contractual setting: the perils of ignoring heterogeneity",
 * Marketing Science 29 (2010), their DERL, there without a horizon and with the next renewal due at once.
 *
 * @throws RangeError for an infinite horizon without a rate, which may have no finite value
 */
function residualLifetime(
  { alpha, beta }: SbgParameters,
  { renewals, untilRenewal = 0 }: Subscriber,
  { horizon, rate }: Discount,
): number {
  if (horizon === Number.POSITIVE_INFINITY && !(rate > 0)) {
    throw new RangeError(
      'all renewals to come have no finite value without a discount rate: give a rate or a horizon',
    );
  }
  const occasions = Math.max(0, Math.ceil(horizon - untilRenewal));
  return Math.exp(-rate * untilRenewal) * expectedStays(alpha, beta + renewals, Math.exp(-rate), occasions);
}

/** Draws how often a running subscription will still be renewed; at most `most` times. */
function drawRenewals(
  { alpha, beta }: SbgParameters,
  renewals: number,
  most: number,
  random: Random,
): number {
  const leaving = sampleBeta(random, alpha, beta + renewals);
  // Geometric: the largest k with (1 − θ)^k above a uniform number.
  const drawn = Math.floor(sampleExponential(random, -Math.log1p(-Math.max(leaving, Number.MIN_VALUE))));
  return Math.min(drawn, most);
}

/** Maximum likelihood from a life table, of cohorts or of single subscriptions. */
function fit(table: LifeTable, { penalty }: FitOptions = {}): Fit<SbgName> {
  const customers = (table.lost[0] ?? 0) + (table.kept[0] ?? 0);
  if (!(customers > 0)) {
    throw new RangeError('no subscription has come to its first renewal yet: there is nothing to fit');
  }
  return fitMaximum({
    names: NAMES,
    units: [1, 1],
    starts: STARTS,
    logLikelihood: (p, gradient) => logLikelihood(p, gradient, table),
    customers,
    penalty,
  });
}

/** Σ over renewals of lost · ln churn + kept · ln retention: the same as the paper's product over subscribers, sorted by renewal. */
function logLikelihood(
  [alpha, beta]: readonly number[],
  gradient: number[],
  { lost, kept }: LifeTable,
): number {
  let sum = 0;
  gradient[0] = 0;
  gradient[1] = 0;
  for (let k = 0; k < lost.length; k++) {
    const all = alpha! + beta! + k;
    const leaving = alpha! / all;
    const staying = (beta! + k) / all;
    if (lost[k]! > 0) sum += lost[k]! * Math.log(leaving);
    if (kept[k]! > 0) sum += kept[k]! * Math.log1p(-leaving);
    gradient[0] += (lost[k]! * staying) / alpha! - kept[k]! / all;
    gradient[1] += (kept[k]! * leaving) / (beta! + k) - lost[k]! / all;
  }
  return sum;
}
