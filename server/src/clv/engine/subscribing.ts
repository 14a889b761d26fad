import type { Convert } from '../convert';
import { renewalsBetween } from '../models/life-table';
import { shiftedBetaGeometric } from '../models/sbg';
import { DAYS_PER } from '../models/units';
import type { Subscription } from '../people/subscriptions';
import type { Engine } from './engine';

const DAY = 86_400_000;

/** What the running subscriptions of one person are still expected to bring. */
export interface Subscribed {
  /** Discounted revenue within the horizon, in minor units of the report's currency; null when nothing can be said. */
  revenue: number | null;
  /** Discounted months of being a subscriber, of the longest. */
  months: number;
}

const runs = ({ startedAt, endedAt }: Subscription, now: number) =>
  startedAt <= now && (endedAt === null || endedAt > now);

/**
 * The value of running subscriptions: the revenue of a billing period times the discounted renewals to be expected until
 * the horizon. Null when none runs.
 */
export function subscribed(
  subscriptions: readonly Subscription[],
  { subscription: parameters, horizonDays, discountRate }: Engine,
  convert: Convert,
  now: number,
): Subscribed | null {
  const running = subscriptions.filter((one) => runs(one, now));
  if (running.length === 0) return null;
  if (!parameters) return { revenue: null, months: 0 };
  let revenue = 0;
  let months = 0;
  for (const { startedAt, mrr, currency, billingMonths } of running) {
    const days = billingMonths * DAYS_PER.month;
    const passed = (now - startedAt) / (days * DAY);
    const subscriber = {
      renewals: renewalsBetween(startedAt, now, billingMonths),
      untilRenewal: Math.ceil(passed) - passed,
    };
    const discount = { horizon: horizonDays / days, rate: (Math.log1p(discountRate) / 365.25) * days };
    const renewals = shiftedBetaGeometric.residualLifetime(parameters, subscriber, discount);
    revenue += renewals * billingMonths * convert(mrr, currency);
    months = Math.max(months, renewals * billingMonths);
  }
  return { revenue, months };
}
