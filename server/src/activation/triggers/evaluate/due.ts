import type { Knex } from 'knex';
import { atomically } from '../../../identity/atomically';
import { type Evaluation, evaluate } from './evaluate';

/** Persons judged by one transaction. */
const AT_ONCE = 100;

/**
 * Judges those whom time alone made cross, the earliest first.
 *
 * @param passed those who were judged already; nobody is judged twice in one go
 * @param report hears of those who cannot be judged, who stand in nobody's way
 * @returns whom it was about; nobody when all is done
 */
export async function judgeDue(
  evaluation: Evaluation,
  knex: Knex,
  now: number,
  passed: ReadonlySet<string>,
  report: (error: unknown) => void,
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
  const judge = (some: string[]) => atomically(knex, (trx) => evaluate(evaluation, trx, some, now));
  try {
    await judge(personIds);
  } catch {
    for (const id of personIds) await judge([id]).catch(report);
  }
  return personIds;
}
