import type { Knex } from 'knex';
import { atomically } from '../../../identity/atomically';
import { type Evaluation, evaluate } from './evaluate';

/** Persons judged by one transaction. */
const AT_ONCE = 100;

/**
 * Judges those whom time alone made cross, the earliest first.
 *
 * @param passed those who were judged already; nobody is judged twice in one go
 * @returns whom it was about; nobody when all is done
 */
export async function judgeDue(
  evaluation: Evaluation,
  knex: Knex,
  now: number,
  passed: ReadonlySet<string>,
): Promise<string[]> {
  const enabled = knex('clv_triggers').where({ enabled: true }).whereNotNull('baseline_at').select('id');
  const rows: { person_id: string }[] = await knex('clv_trigger_states')
    .where('due_at', '<=', now)
    .whereIn('trigger_id', enabled)
    .orderBy('due_at')
    .limit(AT_ONCE + passed.size)
    .select('person_id');
  const personIds = [...new Set(rows.map((row) => row.person_id))].filter((id) => !passed.has(id));
  if (personIds.length === 0) return [];
  await atomically(knex, (trx) => evaluate(evaluation, trx, personIds, now));
  return personIds;
}
