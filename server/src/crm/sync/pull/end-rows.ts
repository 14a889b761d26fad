import type { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { claimedKeys, type Link, saveLinks } from './links';
import type { RowKind } from './page-rows';

/** What is done with rows that no record of a CRM stands for any more. @returns whose rows they are */
type Ending = (trx: Knex, keys: string[], now: number, connectionId: string) => Promise<string[]>;

const ENDINGS: Record<RowKind, Ending> = {
  /** Kept: what they bought stays true. They are told nothing more. */
  async customers(trx, keys, _now, connectionId) {
    await trx('clv_outbox').where({ connection_id: connectionId }).whereIn('customer_id', keys).delete();
    return [];
  },

  async orders(trx, keys, now) {
    const counted = trx('clv_orders').whereIn('order_id', keys).whereNot({ status: 'cancelled' });
    const customers: string[] = await counted.clone().pluck('customer_id');
    await counted.update({ status: 'cancelled', updated_at: now });
    return customers;
  },

  async subscriptions(trx, keys, now) {
    const running = trx('clv_subscriptions')
      .whereIn('subscription_id', keys)
      .where((open) => open.whereNull('ended_at').orWhere('ended_at', '>', now));
    const customers: string[] = await running.clone().pluck('customer_id');
    const ended_at = trx.raw('CASE WHEN started_at > ? THEN started_at ELSE ? END', [now, now]);
    await running.update({ ended_at, updated_at: now });
    return customers;
  },
};

/**
 * Marks links as gone, and cancels or ends the rows that no other record stands for.
 *
 * @returns the customers of whom something changed
 */
export async function endRows(
  trx: Knex,
  connectionId: string,
  links: Link[],
  now: number,
): Promise<string[]> {
  if (links.length === 0) return [];
  await saveLinks(
    trx,
    connectionId,
    links.map((link) => ({ ...link, goneAt: now })),
  );
  const customers: string[] = [];
  for (const [kind, end] of Object.entries(ENDINGS) as [RowKind, Ending][]) {
    const keys = [...new Set(links.filter((link) => link.kind === kind).map(({ rowKey }) => rowKey))];
    const claimed = await claimedKeys(trx, kind, keys);
    for (const chunk of chunksOf(keys.filter((key) => !claimed.has(key)))) {
      customers.push(...(await end(trx, chunk, now, connectionId)));
    }
  }
  return customers;
}
