import type { Knex } from 'knex';
import { atomically } from '../../../identity/atomically';
import { keepFirst } from '../../../storage/settings';
import { lockTrigger } from '../store/triggers';
import { type Evaluation, evaluate } from './evaluate';

/** Persons looked at by one transaction; on SQLite nobody else writes meanwhile. */
const AT_ONCE = 100;

/** The setting that holds up to whom a trigger has looked. */
export const cursorOf = (triggerId: string): string => `trigger.baseline.${triggerId}`;

/** Triggers that have not looked at everyone yet. */
export const withoutBaseline = (knex: Knex): Promise<string[]> =>
  knex('clv_triggers').where({ enabled: true }).whereNull('baseline_at').orderBy('id').pluck('id');

/**
 * Has a new or changed trigger look at the next persons, without a message. It goes on where it was broken off; nodes that do
 * so at once take turns, since each holds the trigger.
 *
 * @returns whether everyone was looked at, or there is nothing to do
 */
export async function baselineStep(
  evaluation: Evaluation,
  knex: Knex,
  triggerId: string,
  now: number,
): Promise<boolean> {
  const setting = cursorOf(triggerId);
  return atomically(knex, async (trx) => {
    const trigger = await lockTrigger(trx, triggerId);
    if (!trigger?.enabled || trigger.baselineAt !== null || !(await evaluation.rulerOf(trx))) return true;
    const after = await keepFirst(trx, setting, '');
    const rows: { id: string; canonical_id: string }[] = await trx('clv_persons')
      .where('id', '>', after)
      .orderBy('id')
      .limit(AT_ONCE)
      .select('id', 'canonical_id');
    const last = rows.at(-1);
    if (!last) {
      await trx('clv_settings').where({ key: setting }).delete();
      await trx('clv_triggers').where({ id: triggerId }).update({ baseline_at: now });
      return true;
    }
    const personIds = rows.filter((row) => row.id === row.canonical_id).map(({ id }) => id);
    if (personIds.length > 0) await evaluate(evaluation, trx, personIds, now, [trigger]);
    await trx('clv_settings').where({ key: setting }).update({ value: last.id });
    return false;
  });
}
