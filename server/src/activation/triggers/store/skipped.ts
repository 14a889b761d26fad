import type { Knex } from 'knex';
import { addToCounters } from '../../../storage/counters';

/** Why a crossing makes no message. */
export type Skipped = 'consent' | 'segment' | 'cooldown';
const REASONS: Skipped[] = ['consent', 'segment', 'cooldown'];

const counterOf = (triggerId: string, reason: Skipped) => `trigger.${triggerId}.${reason}`;

export async function countSkipped(
  trx: Knex,
  triggerId: string,
  skipped: Record<Skipped, number>,
): Promise<void> {
  const named = REASONS.map((reason) => [counterOf(triggerId, reason), skipped[reason]] as const);
  await addToCounters(trx, Object.fromEntries(named));
}

/** How many crossings of each trigger made no message since it was made, by the reason. */
export async function skippedOf(
  knex: Knex,
  triggerIds: readonly string[],
): Promise<Map<string, Record<Skipped, number>>> {
  const names = triggerIds.flatMap((id) => REASONS.map((reason) => counterOf(id, reason)));
  const rows = await knex('clv_counters').whereIn('name', names).select('name', 'value');
  const counts = new Map(rows.map((row) => [row.name, Number(row.value)]));
  return new Map(
    triggerIds.map((id) => [
      id,
      Object.fromEntries(REASONS.map((reason) => [reason, counts.get(counterOf(id, reason)) ?? 0])) as Record<
        Skipped,
        number
      >,
    ]),
  );
}

export async function forgetSkipped(trx: Knex, triggerId: string): Promise<void> {
  const names = REASONS.map((reason) => counterOf(triggerId, reason));
  await trx('clv_counters').whereIn('name', names).delete();
}
