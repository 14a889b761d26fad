import type { Knex } from 'knex';
import { customerIds } from '../../clv/queries/customer-ids';
import { LINKS } from '../queries/links-table';
import type { BookedOrder } from './refunds';

/** Moments from (inclusive) and before which. */
export interface Period {
  from: number;
  before: number;
}

/** The paid orders of persons in a period, by person; merges are followed. */
export async function ordersOf(
  knex: Knex,
  personIds: string[],
  { from, before }: Period,
): Promise<Map<string, BookedOrder[]>> {
  const rows = await customerIds(knex)
    .crossJoin(knex.raw('clv_orders AS o'))
    .whereRaw('o.customer_id = i.value')
    .whereIn('p.canonical_id', personIds)
    .where('o.ordered_at', '>=', from)
    .where('o.ordered_at', '<', before)
    .where('o.status', 'paid')
    .select(
      'p.canonical_id',
      'o.order_id',
      'o.customer_id',
      'o.ordered_at',
      'o.amount',
      'o.currency',
      'o.deal_created_at',
    );
  const orders = new Map<string, BookedOrder[]>();
  for (const row of rows) {
    let own = orders.get(row.canonical_id);
    if (!own) {
      own = [];
      orders.set(row.canonical_id, own);
    }
    own.push({
      orderId: row.order_id,
      customerId: row.customer_id,
      at: Number(row.ordered_at),
      amount: Number(row.amount),
      currency: row.currency,
      dealCreatedAt: row.deal_created_at === null ? null : Number(row.deal_created_at),
    });
  }
  return orders;
}

/** When each of some persons was first identified: linked to a browser, or known by an id of their own. */
export async function identifiedAt(knex: Knex, personIds: string[]): Promise<Map<string, number>> {
  const first = new Map<string, number>();
  for (const table of ['clv_identities', 'clv_visitor_links']) {
    const rows = await knex('clv_persons as p')
      .crossJoin(knex.raw('?? AS k', [table]))
      .whereRaw('k.person_id = p.id')
      .whereIn('p.canonical_id', personIds)
      .groupBy('p.canonical_id')
      .select('p.canonical_id', knex.raw('MIN(k.linked_at) AS at'));
    for (const row of rows) {
      const at = Math.min(Number(row.at), first.get(row.canonical_id) ?? Number.POSITIVE_INFINITY);
      first.set(row.canonical_id, at);
    }
  }
  return first;
}

/** One touch by a numbered person. */
export interface NumberedTouch {
  person: number;
  content_id: number;
  /** PostgreSQL and MySQL return big integers as strings. */
  at: number | string;
  kind: 'view' | 'read' | 'download';
}

/** The touches `t` of some persons, `l.person`, in a period; as `queries/person-touches`, of a list of persons. */
const touchesIn = (knex: Knex, persons: number[], { from, before }: Period): Knex.QueryBuilder =>
  knex
    .from(`${LINKS} as l`)
    .joinRaw('CROSS JOIN clv_touches t')
    .whereIn('l.person', persons)
    .whereRaw('t.visitor_key = l.visitor_key')
    .whereRaw('t.occurred_at + 0 >= l.valid_from AND t.occurred_at + 0 < l.valid_to')
    .whereRaw('t.occurred_at + 0 >= ? AND t.occurred_at + 0 < ?', [from, before]);

/** Every touch of some numbered persons in a period. */
export async function touchesOf(knex: Knex, persons: number[], period: Period): Promise<NumberedTouch[]> {
  if (persons.length === 0) return [];
  return touchesIn(knex, persons, period).select('l.person', 't.content_id', 't.occurred_at as at', 't.kind');
}

/** When some numbered persons last touched each item in a period. */
export async function lastTouchesOf(
  knex: Knex,
  persons: number[],
  period: Period,
): Promise<Omit<NumberedTouch, 'kind'>[]> {
  if (persons.length === 0) return [];
  return touchesIn(knex, persons, period)
    .groupBy('l.person', 't.content_id')
    .select('l.person', 't.content_id', knex.raw('MAX(t.occurred_at) AS at'));
}

/** The latest paid order before a moment; null when there is none. */
export async function lastOrderAt(knex: Knex, before: number): Promise<number | null> {
  const row = await knex('clv_orders')
    .where('status', 'paid')
    .where('ordered_at', '<', before)
    .max({ at: 'ordered_at' })
    .first();
  return row?.at === null || row?.at === undefined ? null : Number(row.at);
}
