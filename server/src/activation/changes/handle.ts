import type { Knex } from 'knex';
import { atomically } from '../../identity/atomically';
import { lockEveryone } from './everyone';

/**
 * Brings what it keeps of persons up to date. All it writes goes through `trx`, and it may be asked about the same persons
 * again. Ids are those that `clv_persons.canonical_id` has; the person may be gone by now.
 */
export type Handler = (trx: Knex.Transaction, personIds: string[], now: number) => Promise<void>;

export interface Mark {
  person_id: string;
  change_id: string;
}

const TABLE = 'clv_activation_changes';

/** The next persons that are marked, in the order of their ids. */
export const marksAfter = (knex: Knex, after: string, limit: number): Promise<Mark[]> =>
  knex(TABLE)
    .where('person_id', '>', after)
    .orderBy('person_id')
    .limit(limit)
    .select('person_id', 'change_id');

/**
 * Has persons handled, and takes their marks away, in one transaction; the mark of whoever changes meanwhile stays.
 *
 * @returns false when another node is at work
 */
export function handlePersons(
  knex: Knex,
  handlers: Iterable<Handler>,
  personIds: string[],
): Promise<boolean> {
  return atomically(knex, async (trx) => {
    if (!(await lockEveryone(trx))) return false;
    // Read before anything else of the persons, so that a change after this is seen, or leaves another mark.
    const marks: Mark[] = await trx(TABLE)
      .whereIn('person_id', personIds)
      .orderBy('person_id')
      .select('person_id', 'change_id');
    if (marks.length === 0) return true;
    const marked = marks.map((mark) => mark.person_id);
    const now = Date.now();
    for (const handler of handlers) await handler(trx, marked, now);
    await trx(TABLE)
      .whereIn('person_id', marked)
      .whereIn('change_id', [...new Set(marks.map((mark) => mark.change_id))])
      .delete();
    return true;
  });
}
