import type { Knex } from 'knex';
import type { TriggerMessage } from '../api-types';

/** One way of one message that this node may go now. */
export interface Leased {
  messageId: string;
  destination: string;
  attempts: number;
  /** Null when the message is gone: the person was erased. */
  message: { payload: TriggerMessage; personId: string; createdAt: number } | null;
}

/** Longer than an attempt takes; after that another node may try. */
const LEASE_MS = 60_000;
const LONGEST_REASON = 500;

const waiting = (knex: Knex, now: number) =>
  knex('clv_deliveries')
    .where({ state: 'waiting' })
    .where('next_at', '<=', now)
    .where((free) => free.whereNull('lease_until').orWhere('lease_until', '<=', now));

/** Destinations of which something is due. */
export const dueDestinations = (knex: Knex, now: number): Promise<string[]> =>
  waiting(knex, now).distinct('destination').orderBy('destination').pluck('destination');

/**
 * Takes the next deliveries to a destination, those first that were made first; nobody else has them until the lease is over.
 */
export async function lease(
  knex: Knex,
  destination: string,
  { owner, limit, now }: { owner: string; limit: number; now: number },
): Promise<Leased[]> {
  const candidates: string[] = await waiting(knex, now)
    .where({ destination })
    .orderBy(['next_at', 'message_id'])
    .limit(limit)
    .pluck('message_id');
  const leased: Leased[] = [];
  for (const messageId of candidates) {
    const taken = await waiting(knex, now)
      .where({ message_id: messageId, destination })
      .update({ lease_owner: owner, lease_until: now + LEASE_MS });
    if (taken > 0) leased.push({ messageId, destination, attempts: 0, message: null });
  }
  if (leased.length === 0) return leased;
  const rows = await knex('clv_deliveries as d')
    .leftJoin('clv_messages as m', 'm.id', 'd.message_id')
    .where('d.destination', destination)
    .whereIn(
      'd.message_id',
      leased.map(({ messageId }) => messageId),
    )
    .select('d.message_id', 'd.attempts', 'm.payload', 'm.person_id', 'm.created_at');
  const byId = new Map(rows.map((row) => [row.message_id, row]));
  return leased.flatMap((one) => {
    const row = byId.get(one.messageId);
    if (!row) return [];
    const message =
      row.payload === null
        ? null
        : { payload: JSON.parse(row.payload), personId: row.person_id, createdAt: Number(row.created_at) };
    return [{ ...one, attempts: Number(row.attempts), message }];
  });
}

/** What became of a delivery. */
export type Settlement =
  | { state: 'sent' }
  | { state: 'dead'; reason: string; attempts: number }
  | { state: 'waiting'; reason: string | null; attempts: number; nextAt: number };

/** Writes down what became of a delivery, unless another node took it meanwhile. */
export async function settle(
  knex: Knex,
  { messageId, destination, attempts }: Leased,
  owner: string,
  settlement: Settlement,
  now: number,
): Promise<void> {
  const sent = settlement.state === 'sent';
  await knex('clv_deliveries')
    .where({ message_id: messageId, destination, lease_owner: owner, state: 'waiting' })
    .update({
      state: settlement.state,
      attempts: sent ? attempts + 1 : settlement.attempts,
      reason: sent ? null : (settlement.reason?.slice(0, LONGEST_REASON) ?? null),
      ...(settlement.state === 'waiting' ? { next_at: settlement.nextAt } : {}),
      lease_owner: null,
      lease_until: null,
      updated_at: now,
    });
}

/** Takes away a delivery whose message is gone. */
export async function forgetDelivery(knex: Knex, { messageId, destination }: Leased): Promise<void> {
  await knex('clv_deliveries').where({ message_id: messageId, destination }).delete();
}
