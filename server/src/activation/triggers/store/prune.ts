import type { Knex } from 'knex';
import type { ClvConfig } from '../../../config';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const KEPT_DAYS = 90;
const AT_ONCE = 500;

/**
 * Deletes messages after 90 days, or `privacy.retentionDays` where that is less; but none that waits somewhere, and none that
 * its trigger's cool-down still looks at.
 */
export async function pruneMessages(
  knex: Knex,
  { privacy: { retentionDays } }: Pick<ClvConfig, 'privacy'>,
  now: number,
): Promise<number> {
  const kept = (retentionDays === false ? KEPT_DAYS : Math.min(KEPT_DAYS, retentionDays)) * DAY;
  const triggers: { id: string; cooldown_hours: number }[] = await knex('clv_triggers').select(
    'id',
    'cooldown_hours',
  );
  let deleted = 0;
  for (const { id, cooldown_hours } of triggers) {
    const before = now - Math.max(kept, Number(cooldown_hours) * HOUR);
    for (;;) {
      const ids: string[] = await knex('clv_messages as m')
        .where('m.trigger_id', id)
        .where('m.created_at', '<', before)
        .whereNotExists(
          knex('clv_deliveries as d')
            .whereRaw("d.message_id = m.id AND d.state = 'waiting'")
            .select(knex.raw('1')),
        )
        .limit(AT_ONCE)
        .pluck('m.id');
      if (ids.length === 0) break;
      await knex.transaction(async (trx) => {
        await trx('clv_deliveries').whereIn('message_id', ids).delete();
        await trx('clv_messages').whereIn('id', ids).delete();
      });
      deleted += ids.length;
    }
  }
  return deleted;
}
