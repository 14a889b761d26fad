import type { Knex } from 'knex';
import { converter } from './convert';
import { historicalValue, type Sums } from './historical-value';
import { type Months, monthsIn } from './months';
import { type CustomerCosts, costsBetween } from './queries/costs-between';
import { type OrderSums, orderSumsBetween } from './queries/order-sums-between';

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
  const convert = converter(options);
  const months = monthsIn(options.timezone ?? 'UTC');
  for await (const { after, upTo } of ranges(knex)) {
    const orders = await orderSumsBetween(knex, after, upTo, options.ordersFrom);
    const costs = await costsBetween(knex, after, upTo);
    const values: PersonValue[] = [];
    for (const [personId, person] of byPerson(orders, costs)) {
      const firstOrderAt = firstOrderOf(person.orders);
      const sums = [...person.orders.map(sumsOfOrders)];
      if (options.ordersFrom === undefined) {
        for (const cost of person.costs) sums.push(sumsOfCosts(cost, firstOrderAt, options.now, months));
      }
      values.push({
        personId,
        firstOrderAt,
        value: historicalValue(sumsByCurrency(sums), convert)[options.value],
        orders: person.orders.reduce((count, row) => count + row.orders, 0),
      });
    }
    if (values.length > 0) yield values;
  }
}

/** Divides all canonical persons into ranges of ids that hold at most CHUNK of them each. */
async function* ranges(knex: Knex): AsyncGenerator<{ after: string; upTo: string | null }> {
  let after = '';
  for (;;) {
    const next = await knex('clv_persons')
      .where('id', '>', after)
      .orderBy('id')
      .offset(CHUNK - 1)
      .first('id');
    const upTo: string | null = next?.id ?? null;
    yield { after, upTo };
    if (upTo === null) return;
    after = upTo;
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

export function firstOrderOf(orders: OrderSums[]): number | null {
  const times = orders.flatMap((row) => row.firstOrderAt ?? []);
  return times.length > 0 ? Math.min(...times) : null;
}

export function sumsOfOrders({ currency, revenue, cost }: OrderSums): Sums {
  return { currency, revenue, cost, service: 0, acquisition: 0 };
}

/** Service runs from the day of acquisition, or else of the first order; without either there is none yet. */
export function sumsOfCosts(
  cost: CustomerCosts,
  firstOrderAt: number | null,
  now: number,
  months: Months,
): Sums {
  const since = cost.acquiredAt ?? firstOrderAt;
  const service = since === null ? 0 : cost.serviceCostPerMonth * months(since, now);
  return {
    currency: cost.currency,
    revenue: 0,
    cost: 0,
    service,
    acquisition: cost.acquisitionCost,
  };
}

/** Adds up what is in the same currency, so that each currency is rounded once. */
export function sumsByCurrency(sums: Sums[]): Sums[] {
  const totals = new Map<string, Sums>();
  for (const row of sums) {
    const total = totals.get(row.currency);
    if (!total) totals.set(row.currency, { ...row });
    else {
      total.revenue += row.revenue;
      total.cost += row.cost;
      total.service += row.service;
      total.acquisition += row.acquisition;
    }
  }
  return [...totals.values()];
}
