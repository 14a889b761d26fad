import type { Knex } from 'knex';
import type { TimelineEvent } from '../api-types';
import { minorDigits } from '../convert';
import { customerIds } from '../queries/customer-ids';

/** Events that a page shows. */
const MOST = 500;

/** Orders, touches and subscriptions of one person, the latest first; amounts in major units of their own currency. */
export async function timelineOf(
  knex: Knex,
  personId: string,
): Promise<{ timeline: TimelineEvent[]; more: boolean }> {
  const customers = customerIds(knex).where('p.canonical_id', personId).select('i.value');
  const orders = await knex('clv_orders')
    .whereIn('customer_id', customers.clone())
    .where('status', 'paid')
    .orderBy('ordered_at', 'desc')
    .limit(MOST + 1)
    .select('order_id', 'ordered_at', 'amount', 'currency');
  const subscriptions = await knex('clv_subscriptions')
    .whereIn('customer_id', customers.clone())
    .orderBy('started_at', 'desc')
    .limit(MOST + 1)
    .select('subscription_id', 'started_at', 'mrr', 'currency');
  const touches = await knex('clv_persons as p')
    .join('clv_visitor_links as l', 'l.person_id', 'p.id')
    .join('clv_touches as t', 't.visitor_key', 'l.visitor_key')
    .leftJoin('clv_contents as c', 'c.id', 't.content_id')
    .where('p.canonical_id', personId)
    .whereRaw('t.occurred_at >= l.valid_from AND t.occurred_at < l.valid_to')
    .whereNotExists((denial) =>
      denial
        .select(knex.raw('1'))
        .from('clv_visitors as v')
        .whereRaw("v.visitor_key = l.visitor_key AND v.consent = 'denied'"),
    )
    .orderBy('t.occurred_at', 'desc')
    .limit(MOST + 1)
    .select('t.occurred_at', 't.kind', 't.seconds', 't.depth', 'c.title');
  const major = (amount: number | string, currency: string) => Number(amount) / 10 ** minorDigits(currency);
  const events: TimelineEvent[] = [
    ...orders.map((row) => ({
      at: Number(row.ordered_at),
      kind: Number(row.amount) < 0 ? ('refund' as const) : ('order' as const),
      label: row.order_id,
      amount: major(row.amount, row.currency),
      currency: row.currency,
      seconds: null,
      depth: null,
    })),
    ...subscriptions.map((row) => ({
      at: Number(row.started_at),
      kind: 'subscription' as const,
      label: row.subscription_id,
      amount: major(row.mrr, row.currency),
      currency: row.currency,
      seconds: null,
      depth: null,
    })),
    ...touches.map((row) => ({
      at: Number(row.occurred_at),
      kind: row.kind,
      label: row.title ?? '',
      amount: null,
      currency: null,
      seconds: Number(row.seconds),
      depth: Number(row.depth),
    })),
  ];
  events.sort((a, b) => b.at - a.at);
  return { timeline: events.slice(0, MOST), more: events.length > MOST };
}
