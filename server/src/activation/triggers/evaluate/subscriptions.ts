import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { customerIds } from '../../../clv/queries/customer-ids';

/** A subscription with a key of its own. */
export interface OwnSubscription {
  personId: string;
  /** Of its id, which may be as long as the column that keys stand in. */
  key: string;
  startedAt: number;
  endedAt: number | null;
  billingMonths: number;
}

/** The subscriptions of persons, by canonical id, that may yet be renewed. */
export async function openSubscriptions(
  knex: Knex,
  personIds: string[],
  now: number,
): Promise<OwnSubscription[]> {
  const rows = await customerIds(knex)
    .crossJoin(knex.raw('clv_subscriptions AS s'))
    .whereRaw('s.customer_id = i.value')
    .whereIn('p.canonical_id', personIds)
    .whereRaw('(s.ended_at IS NULL OR s.ended_at > ?)', [now])
    .orderBy('s.subscription_id')
    .select(
      'p.canonical_id as person_id',
      's.subscription_id',
      's.started_at',
      's.ended_at',
      's.billing_months',
    );
  return rows.map((row: Record<string, string | number | null>) => ({
    personId: String(row.person_id),
    key: createHash('sha256').update(String(row.subscription_id)).digest('hex').slice(0, 32),
    startedAt: Number(row.started_at),
    endedAt: row.ended_at === null ? null : Number(row.ended_at),
    billingMonths: Number(row.billing_months),
  }));
}
