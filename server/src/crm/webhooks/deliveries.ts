import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { insertRows } from '../../storage/insert-rows';

/** Senders try again for days, each time with a fresh timestamp; what comes later than that is no repetition. */
const KEPT_MS = 14 * 86_400_000;
const PRUNED_EVERY_MS = 3_600_000;

const COLUMNS = [
  { name: 'connection_id', type: 'text' as const },
  { name: 'delivery', type: 'text' as const },
  { name: 'received_at', type: 'bigint' as const },
];

/** Which messages of webhooks were taken. A message is known by its hash: senders make keys of any length. */
export function deliveries(knex: () => Knex) {
  let prunedAt = 0;
  const hashOf = (key: string) => createHash('sha256').update(key).digest('hex');

  return {
    async has(connectionId: string, key: string): Promise<boolean> {
      const row = { connection_id: connectionId, delivery: hashOf(key) };
      return (await knex()('clv_webhook_deliveries').where(row).first('received_at')) !== undefined;
    },

    async add(connectionId: string, key: string, now = Date.now()): Promise<void> {
      await insertRows(knex(), 'clv_webhook_deliveries', COLUMNS, [[connectionId, hashOf(key), now]]);
      if (now - prunedAt < PRUNED_EVERY_MS) return;
      prunedAt = now;
      await knex()('clv_webhook_deliveries')
        .where('received_at', '<', now - KEPT_MS)
        .delete();
    },
  };
}
