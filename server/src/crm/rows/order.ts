import { z } from 'zod';
import { parseStatus } from '../csv/order-row';
import { currencyIn } from './currency';
import { key, label, money, needed, optional, time } from './fields';
import { rowParser } from './row-parser';
import type { Rules } from './rules';

const schemaFor = (rules: Rules, currency: string | null) =>
  z.object(
    {
      order_id: needed('give every order an id of its own', key),
      customer_id: needed('say whose order it is', key),
      ordered_at: needed('write it like 2026-01-31 or 2026-01-31T09:30:00Z', time(rules)),
      amount: needed('write it like 1234.50', money(currency)),
      cost: optional(money(currency)),
      currency: needed('write it like EUR', currencyIn(rules)),
      product_line: optional(label),
      channel: optional(label),
      /** When the deal that this order won was created: the milestone of attribution. */
      deal_created_at: optional(time(rules)),
      /** Emptied, it is the usual one again. */
      status: optional(parseStatus).transform((said) => (said === null ? ('paid' as const) : said)),
    },
    { error: 'is not an object of columns' },
  );

/** An order as it is stored; what was not said is undefined, what was emptied is null. */
export type Order = z.output<ReturnType<typeof schemaFor>>;

/** Reads orders with the columns of the CSV contract (`order_id`, …), from a file or a request. */
export const orderParser = (rules: Rules) =>
  rowParser<Order>(rules, (currency) => schemaFor(rules, currency));
