import type { Knex } from 'knex';
import type { ClvConfig } from '../../../config';
import { deleteMessages } from './delete-messages';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const KEPT_DAYS = 90;

/**
 * Deletes messages after 90 days, but none that waits somewhere, and none that its trigger's cool-down still looks at; and
 * after `privacy.retentionDays` those that wait, too.
 */
export async function pruneMessages(
  knex: Knex,
  { privacy: { retentionDays } }: Pick<ClvConfig, 'privacy'>,
  now: number,
): Promise<number> {
  const retained = retentionDays === false ? Number.POSITIVE_INFINITY : retentionDays * DAY;
  const kept = Math.min(KEPT_DAYS * DAY, retained);
  const triggers: { id: string; cooldown_hours: number }[] = await knex('clv_triggers').select(
    'id',
    'cooldown_hours',
  );
  const waiting = knex('clv_deliveries as d')
    .whereRaw("d.message_id = m.id AND d.state = 'waiting'")
    .select(knex.raw('1'));
  let deleted = 0;
  for (const { id, cooldown_hours } of triggers) {
    const before = now - Math.max(kept, Number(cooldown_hours) * HOUR);
    deleted += await deleteMessages(knex, (messages) => {
      messages.where('m.trigger_id', id).where('m.created_at', '<', before);
      messages.where((either) => {
        either.whereNotExists(waiting.clone());
        if (retained < Number.POSITIVE_INFINITY) either.orWhere('m.created_at', '<', now - retained);
      });
    });
  }
  return deleted;
}
