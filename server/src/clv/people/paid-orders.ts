import type { Knex } from 'knex';
import { type PersonRange, within } from '../queries/person-range';

/** One paid order; a refund is one with a negative amount. Minor units of its own currency. */
export interface PaidOrder {
  personId: string;
  at: number;
  amount: number;
  cost: number;
  currency: string;
  productLine: string | null;
  channel: string | null;
}

/** The paid orders of persons, in the order of persons and times. */
export async function paidOrders(knex: Knex, range: PersonRange): Promise<PaidOrder[]> {
  // The order of tables as in order-sums.
  const question = knex('clv_persons as p')
    .crossJoin(knex.raw('clv_identities AS i'))
    .crossJoin(knex.raw('clv_orders AS o'))
    .whereRaw("i.person_id = p.id AND i.namespace = 'customer' AND o.customer_id = i.value")
    .where('o.status', 'paid')
    .select(
      'p.canonical_id as person_id',
      'o.ordered_at',
      'o.amount',
      'o.cost',
      'o.currency',
      'o.product_line',
      'o.channel',
    );
  const orders = (await within(question, range)).map(
    (row: Record<string, string | number | null>): PaidOrder => ({
      personId: String(row.person_id),
      at: Number(row.ordered_at),
      amount: Number(row.amount),
      cost: Number(row.cost ?? 0),
      currency: String(row.currency),
      productLine: row.product_line === null ? null : String(row.product_line),
      channel: row.channel === null ? null : String(row.channel),
    }),
  );
  // Here and not in the statement: databases sort text by rules of their own.
  return orders.sort((a: PaidOrder, b: PaidOrder) => compare(a.personId, b.personId) || a.at - b.at);
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
