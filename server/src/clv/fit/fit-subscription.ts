import type { ModelFit, NotEnough } from '../api-types';
import { lifeTableOfSubscriptions } from '../models/life-table';
import { type SbgParameters, shiftedBetaGeometric } from '../models/sbg';
import type { Subscription } from '../people/subscriptions';
import { modelFit } from './model-fit';

/** Fewer subscriptions that were ended at a renewal than this say too little of when the others will. */
export const ENDED_NEEDED = 20;

export type FittedSubscription =
  | {
      parameters: SbgParameters;
      covariance: number[][] | null;
      /** Subscriptions that the fit is of, and the months between two renewals of the typical one. */
      customers: number;
      billingMonths: number;
      fit: ModelFit;
    }
  | { parameters: null; fit: ModelFit | null; notEnough: NotEnough };

/** How subscribers renew, by all subscriptions seen so far. Those with slips in their dates are passed over. */
export function fitSubscription(subscriptions: readonly Subscription[], now: number): FittedSubscription {
  const spans = subscriptions
    .filter(({ startedAt, endedAt, billingMonths }) => billingMonths > 0 && (endedAt ?? now) >= startedAt)
    .filter(({ startedAt }) => startedAt <= now)
    .map(({ startedAt, endedAt, billingMonths }) => ({ start: startedAt, end: endedAt, billingMonths }));
  const table = lifeTableOfSubscriptions(spans, now);
  const ended = table.lost.reduce((sum, lost) => sum + lost, 0);
  const notEnough: NotEnough = { has: ended, needs: ENDED_NEEDED, of: 'subscriptions' };
  if (ended < ENDED_NEEDED) return { parameters: null, fit: null, notEnough };
  const fit = shiftedBetaGeometric.fit(table);
  const told = modelFit('sbg', spans.length, fit);
  if (!fit.converged) return { parameters: null, fit: told, notEnough };
  const billing = spans.map(({ billingMonths }) => billingMonths).sort((a, b) => a - b);
  return {
    parameters: fit.parameters,
    covariance: fit.covariance,
    customers: spans.length,
    billingMonths: billing[billing.length >> 1]!,
    fit: told,
  };
}
