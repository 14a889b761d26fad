import type { Convert } from '../convert';
import { minorDigits } from '../convert';
import { localDaysIn } from '../models/local-days';
import { orderDays } from '../models/order-days';
import { rfm } from '../models/rfm';
import type { History } from '../models/types';
import type { PersonFacts } from '../people/facts';
import type { Engine } from './engine';

/** What the models need to know of one customer. */
export interface CustomerHistory extends History {
  logGaps: number;
  /** Repeat days that brought something, and the mean of what they brought, in major units. */
  spendDays: number;
  meanSpend: number;
}

/**
 * The histories of persons up to a moment, by their place in the list, as the models were fitted to: order days of the
 * engine's time zone, in its unit. Whoever has not ordered by then has none.
 */
export function historiesOf(
  facts: readonly PersonFacts[],
  { timezone, unit, currency }: Pick<Engine, 'timezone' | 'unit' | 'currency'>,
  convert: Convert,
  now: number,
): (CustomerHistory | undefined)[] {
  const orders = facts.flatMap((person, customer) => person.orders.map((order) => ({ customer, ...order })));
  const today = localDaysIn(timezone)(now);
  const columns = {
    customer: Int32Array.from(orders, ({ customer }) => customer),
    at: Float64Array.from(orders, ({ at }) => at),
    value: Float64Array.from(orders, ({ amount, currency: of }) => convert(amount, of)),
    refund: Uint8Array.from(orders, ({ amount }) => (amount < 0 ? 1 : 0)),
  };
  const days = orderDays(columns, { customers: facts.length, timezone, end: today });
  const seen = rfm(days, { unit, until: today, minorUnits: 10 ** minorDigits(currency) });
  const histories = new Array<CustomerHistory | undefined>(facts.length);
  seen.customer.forEach((customer, i) => {
    histories[customer] = {
      frequency: seen.frequency[i]!,
      recency: seen.recency[i]!,
      age: seen.age[i]!,
      logGaps: seen.logGaps[i]!,
      spendDays: seen.spendDays[i]!,
      meanSpend: seen.meanSpend[i]!,
    };
  });
  return histories;
}
