import type { Knex } from 'knex';
import { type PersonRange, within } from './person-range';

/** What a person ordered in one currency; minor units. */
export interface OrderSums {
  personId: string;
  currency: string;
  /** First paid order that is no refund; over all time, whatever `from` says. */
  firstOrderAt: number | null;
  /** First paid order of any kind, refunds too; over all time. */
  firstPaidAt: number;
  /** Paid orders that are no refunds. */
  orders: number;
  revenue: number;
  cost: number;
}

/** The paid orders of persons, summed per person and currency; with `from`, only orders at or after it are summed. */
export async function orderSums(knex: Knex, range: PersonRange, from = 0): Promise<OrderSums[]> {
  // On SQLite a cross join keeps this order of tables; elsewhere it is a join like any other. Left alone, SQLite would
  // go through all customers for every range.
  const question = knex('clv_persons as p')
    .crossJoin(knex.raw('clv_identities AS i'))
    .crossJoin(knex.raw('clv_orders AS o'))
    .whereRaw("i.person_id = p.id AND i.namespace = 'customer' AND o.customer_id = i.value")
    .where('o.status', 'paid')
    .groupBy('p.canonical_id', 'o.currency')
    .select(
      'p.canonical_id as person_id',
      'o.currency',
      knex.raw('MIN(CASE WHEN o.amount >= 0 THEN o.ordered_at END) AS first_order_at'),
      knex.raw('MIN(o.ordered_at) AS first_paid_at'),
      knex.raw('SUM(CASE WHEN o.ordered_at >= ? AND o.amount >= 0 THEN 1 ELSE 0 END) AS orders', [from]),
      knex.raw('SUM(CASE WHEN o.ordered_at >= ? THEN o.amount ELSE 0 END) AS revenue', [from]),
      knex.raw('SUM(CASE WHEN o.ordered_at >= ? THEN COALESCE(o.cost, 0) ELSE 0 END) AS cost', [from]),
    );
  // PostgreSQL and MySQL return sums and bigints as strings.
  return (await within(question, range)).map((row: Record<string, string>) => ({
    personId: row.person_id,
    currency: row.currency,
    firstOrderAt: row.first_order_at === null ? null : Number(row.first_order_at),
    firstPaidAt: Number(row.first_paid_at),
    orders: Number(row.orders),
    revenue: Number(row.revenue),
    cost: Number(row.cost),
  }));
}
