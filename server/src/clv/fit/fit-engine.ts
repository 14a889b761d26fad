import type { Knex } from 'knex';
import type { ModelReport, ValueRun } from '../api-types';
import { minorDigits } from '../convert';
import type { Contents } from '../engine/contents';
import type { Engine } from '../engine/engine';
import { tierSettings } from '../kpis/tiers';
import { localDaysIn } from '../models/local-days';
import { orderDays } from '../models/order-days';
import type { ValueTaskData } from '../value.task';
import { fitBuying } from './fit-buying';
import { fitContent } from './fit-content';
import { type FittedSubscription, fitSubscription } from './fit-subscription';
import { modelReport } from './model-report';
import { readWorld } from './read-world';

export interface FittedEngine {
  /** All but the limits of the tiers, which follow from the values of everyone. */
  engine: Engine;
  model: ModelReport;
  subscription: FittedSubscription;
  facts: Pick<ValueRun, 'subscriptions' | 'orders' | 'problem'>;
}

/**
 * Reads everyone and fits all models.
 *
 * @param report of what it does: a fraction, and a key of the translations
 * @throws when amounts are in a currency without a rate, or settings do not fit together, naming the setting
 */
export async function fitEngine(
  knex: Knex,
  settings: ValueTaskData,
  contents: Contents,
  report: (fraction: number, stage: string) => void,
): Promise<FittedEngine> {
  const { now, currency, timezone, prediction } = settings;
  const minorUnits = 10 ** minorDigits(currency);
  const tiers = tierSettings(settings.tiers, minorUnits);
  report(0, 'reading');
  const world = await readWorld(knex, settings, (done) => report(0.3 * done, 'reading'));
  const today = localDaysIn(timezone)(now);
  const days = orderDays(world.orders, { customers: world.persons, timezone, end: today });

  report(0.3, 'fitting');
  const { unit, horizonDays, discountRate } = prediction;
  const buying = fitBuying(days, { ...prediction, today, minorUnits });
  const subscription = fitSubscription(world.subscriptions, now);
  report(0.45, 'content');
  const content = fitContent(world, days, contents, {
    engine: { currency, rates: settings.rates, timezone, unit, horizonDays },
    buying: buying.buying,
    content: prediction.content,
    now,
    minorUnits,
  });
  const customers = buying.fits.length > 0 ? customersIn(days.start, days.isOrder) : 0;
  return {
    engine: {
      runId: settings.runId,
      at: now,
      currency,
      rates: settings.rates,
      timezone,
      unit,
      horizonDays,
      discountRate,
      buying: buying.buying,
      spending: buying.spending,
      marginShare: world.revenue > 0 ? (world.revenue - world.cost) / world.revenue : null,
      subscription: subscription.parameters,
      content: { customers: content.customers.model, prospects: content.prospects.model },
      inactivityDays: world.gaps.inactivityDays(),
      tiers: { ...tiers, of: settings.tiers.of, limits: [] },
    },
    model: modelReport(buying, subscription, content, customers),
    subscription,
    facts: {
      subscriptions: world.subscriptions.length,
      orders: world.orders.refund.reduce((count, refund) => count + (refund ? 0 : 1), 0),
      problem: problemOf(buying.problem, subscription, world.revenue),
    },
  };
}

/** Customers with an order that is no refund. */
function customersIn(start: Int32Array, isOrder: Uint8Array): number {
  let customers = 0;
  for (let c = 0; c < start.length - 1; c++) {
    if (isOrder.subarray(start[c]!, start[c + 1]!).includes(1)) customers += 1;
  }
  return customers;
}

function problemOf(buying: string | null, subscription: FittedSubscription, revenue: number): string | null {
  if (buying && !subscription.parameters) return buying;
  if (revenue <= 0 && !subscription.parameters) {
    return 'No value can be predicted: refunds are as high as all orders together, so that an order to come is worth nothing.';
  }
  return null;
}
