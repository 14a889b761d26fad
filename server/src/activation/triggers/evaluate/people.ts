import type { Knex } from 'knex';

/** Somebody whom triggers look at, with every id that they had before they were merged. */
export interface Person {
  id: string;
  ids: string[];
  /** When we first knew of them. */
  createdAt: number;
}

/**
 * The persons as they are now, merges followed, each held until the transaction ends: whoever judges the same person waits, and
 * sees what was written. Those who are gone are left out.
 *
 * @param personIds of any time
 */
export async function heldPersons(trx: Knex.Transaction, personIds: string[]): Promise<Person[]> {
  const canonical: string[] = await trx('clv_persons')
    .whereIn('id', personIds)
    .distinct('canonical_id')
    .pluck('canonical_id');
  const rows: { id: string; canonical_id: string; created_at: number | string }[] = await trx('clv_persons')
    .whereIn('canonical_id', canonical)
    // In one order, so that two transactions never wait for each other.
    .orderBy('id')
    .forUpdate()
    .select('id', 'canonical_id', 'created_at');
  const persons = new Map<string, Person>();
  for (const row of rows) {
    const person = persons.get(row.canonical_id) ?? {
      id: row.canonical_id,
      ids: [],
      createdAt: Number(row.created_at),
    };
    person.ids.push(row.id);
    person.createdAt = Math.min(person.createdAt, Number(row.created_at));
    persons.set(row.canonical_id, person);
  }
  return [...persons.values()];
}
