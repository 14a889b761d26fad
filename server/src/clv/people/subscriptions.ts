import type { Knex } from 'knex';
import { type PersonRange, within } from '../queries/person-range';

/** One subscription; minor units of its own currency. */
export interface Subscription {
  personId: string;
  startedAt: number;
  /** Null while it runs. */
  endedAt: number | null;
  /** Revenue of a month. */
  mrr: number;
  currency: string;
  /** Months between two chances to cancel. */
  billingMonths: number;
}

/** The subscriptions of persons, ended ones too. */
export async function subscriptionsOf(knex: Knex, range: PersonRange): Promise<Subscription[]> {
  const question = knex('clv_persons as p')
    .crossJoin(knex.raw('clv_identities AS i'))
    .crossJoin(knex.raw('clv_subscriptions AS s'))
    .whereRaw("i.person_id = p.id AND i.namespace = 'customer' AND s.customer_id = i.value")
    .orderBy('s.started_at')
    .select(
      'p.canonical_id as person_id',
      's.started_at',
      's.ended_at',
      's.mrr',
      's.currency',
      's.billing_months',
    );
  return (await within(question, range)).map((row: Record<string, string | number | null>) => ({
    personId: String(row.person_id),
    startedAt: Number(row.started_at),
    endedAt: row.ended_at === null ? null : Number(row.ended_at),
    mrr: Number(row.mrr),
    currency: String(row.currency),
    billingMonths: Number(row.billing_months),
  }));
}
