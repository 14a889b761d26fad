import type { Knex } from 'knex';
import { canonicalPersons } from './canonical-persons';

/** Everyone connected with these persons by merges in force, and those merges in the order they were decided. */
async function groupOf(trx: Knex.Transaction, personIds: string[]) {
  const persons = new Set(personIds);
  const merges = new Map<string, { from: string; into: string; decidedAt: number; id: string }>();
  let frontier = [...persons];
  while (frontier.length > 0) {
    const rows = await trx('clv_merges')
      .where('state', 'merged')
      .where((either) => either.whereIn('from_person', frontier).orWhereIn('into_person', frontier))
      .select('id', 'from_person', 'into_person', 'decided_at');
    frontier = [];
    for (const row of rows) {
      merges.set(row.id, {
        id: row.id,
        from: row.from_person,
        into: row.into_person,
        decidedAt: Number(row.decided_at),
      });
      for (const person of [row.from_person, row.into_person]) {
        if (persons.has(person)) continue;
        persons.add(person);
        frontier.push(person);
      }
    }
  }
  const inOrder = [...merges.values()].sort((a, b) => a.decidedAt - b.decidedAt || (a.id < b.id ? -1 : 1));
  return { persons, merges: inOrder };
}

/** Sets `canonical_id` of these persons and of everyone merged with them by what the merges in force say. */
export async function recomputeCanonical(trx: Knex.Transaction, personIds: string[]): Promise<void> {
  const { persons, merges } = await groupOf(trx, personIds);
  const canonical = canonicalPersons(merges);
  for (const id of persons) {
    const target = canonical.get(id) ?? id;
    await trx('clv_persons')
      .where({ id })
      .whereNot({ canonical_id: target })
      .update({ canonical_id: target });
  }
}
