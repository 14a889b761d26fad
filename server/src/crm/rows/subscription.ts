import { z } from 'zod';
import { currencyIn } from './currency';
import { anyTime, key, label, needed, numberWithin, optional, time, unsigned } from './fields';
import { rowParser } from './row-parser';
import type { Rules } from './rules';

const MOST_BILLING_MONTHS = 120;

const schemaFor = (rules: Rules, currency: string | null) =>
  z
    .object(
      {
        subscription_id: needed('give every subscription an id of its own', key),
        customer_id: needed('say whose subscription it is', key),
        started_at: needed('write it like 2026-01-31', time(rules)),
        /** Empty while it runs; may be to come. */
        ended_at: optional(anyTime(rules)),
        mrr: needed('write the revenue of one month like 49.00', unsigned(currency, 'recurring revenue')),
        currency: needed('write it like EUR', currencyIn(rules)),
        product_line: optional(label),
        /** Emptied, it is billed monthly. */
        billing_months: optional(numberWithin(1, MOST_BILLING_MONTHS, true)).transform((said) =>
          said === null ? 1 : said,
        ),
      },
      { error: 'is not an object of columns' },
    )
    .superRefine(({ started_at, ended_at }, context) => {
      if (typeof ended_at !== 'number' || ended_at >= started_at) return;
      context.addIssue({
        code: 'custom',
        path: ['ended_at'],
        message: 'is before started_at; correct one of them',
      });
    });

/** A subscription as it is stored; what was not said is undefined, what was emptied is null. */
export type Subscription = z.output<ReturnType<typeof schemaFor>>;

/** Reads subscriptions with the columns of the CSV contract (`subscription_id`, …), from a file or a request. */
export const subscriptionParser = (rules: Rules) =>
  rowParser<Subscription>(rules, (currency) => schemaFor(rules, currency));
