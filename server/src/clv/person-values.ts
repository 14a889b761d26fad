import type { Knex } from 'knex';
import { converter } from './convert';
import { historicalValue } from './historical-value';
import { firstOrderOf, firstPaidOf, serviceOf, sumsOf } from './ledger';
import { monthsIn } from './months';
import { type CustomerCosts, customerCosts } from './queries/customer-costs';
import { type OrderSums, orderSums } from './queries/order-sums';
import { personRanges } from './queries/person-range';

export interface PersonValueOptions {
  /** The report's currency, and the rates of all others: `clv.config.value`. */
  currency: string;
  rates: Record<string, number>;
  /** The report's time zone, in which service months are counted; UTC unless told. */
  timezone?: string;
  /** The moment up to which service costs run (epoch milliseconds). */
  now: number;
  value: 'clv' | 'margin' | 'revenue';
  /**
   * Counts only orders at or after this moment. `clv` then is the margin of those orders: acquisition and service were
   * paid for the whole relation and cannot be divided at a date.
   */
  ordersFrom?: number;
}

export interface PersonValue {
  /** The canonical person. */
  personId: string;
  /** Time of the first paid order that is no refund, over all time; null without one. */
  firstOrderAt: number | null;
  /** Time of the first paid order, refunds too, over all time; null without one. */
  firstPaidAt: number | null;
  /** Minor units of the report's currency. */
  value: number;
  /** Paid orders that are no refunds (from `ordersFrom` on). */
  orders: number;
}

/** Persons whose orders are summed by one statement. */
const CHUNK = 10_000;

/**
 * The value of every customer, chunk by chunk in the order of person ids, so that memory stays flat and no single
 * statement runs long. Persons who have neither a paid order nor a customer record are left out: they are worth 0.
 * Someone with costs but without orders is worth minus these costs as `clv`, and 0 otherwise.
 *
 * @throws when orders are in a currency without a rate, naming the setting to add
 */
export async function* personValues(
  knex: Knex,
  options: PersonValueOptions,
): AsyncGenerator<PersonValue[], void, undefined> {
  const { ordersFrom, now, value } = options;
  const convert = converter(options);
  const months = monthsIn(options.timezone ?? 'UTC');
  for await (const range of personRanges(knex, CHUNK)) {
    const orders = await orderSums(knex, range, ordersFrom);
    const costs = await customerCosts(knex, range);
    const values: PersonValue[] = [];
    for (const [personId, person] of byPerson(orders, costs)) {
      const firstOrderAt = firstOrderOf(person.orders);
      const counted = ordersFrom === undefined ? person.costs : [];
      const served = counted.map((cost) => ({
        ...cost,
        service: serviceOf(cost, firstOrderAt, now, months),
      }));
      values.push({
        personId,
        firstOrderAt,
        firstPaidAt: firstPaidOf(person.orders),
        value: historicalValue(sumsOf(person.orders, served), convert)[value],
        orders: person.orders.reduce((count, row) => count + row.orders, 0),
      });
    }
    if (values.length > 0) yield values;
  }
}

function byPerson(orders: OrderSums[], costs: CustomerCosts[]) {
  const persons = new Map<string, { orders: OrderSums[]; costs: CustomerCosts[] }>();
  const of = (personId: string) => {
    let person = persons.get(personId);
    if (!person) {
      person = { orders: [], costs: [] };
      persons.set(personId, person);
    }
    return person;
  };
  for (const row of orders) of(row.personId).orders.push(row);
  for (const row of costs) of(row.personId).costs.push(row);
  return persons;
}
