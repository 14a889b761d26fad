import type { Knex } from 'knex';
import type { Merge, MergePage, MergePerson } from '../api-types';
import type { MergeState } from './decide-merge';

const PAGE_SIZE = 50;

async function personsById(knex: Knex, ids: string[]): Promise<Map<string, MergePerson>> {
  const [persons, identities] = await Promise.all([
    knex('clv_persons').whereIn('id', ids).select('id', 'canonical_id', 'created_at'),
    knex('clv_identities')
      .whereIn('person_id', ids)
      .orderBy('linked_at')
      .select('person_id', 'namespace', 'value'),
  ]);
  return new Map(
    persons.map((row) => {
      const own = identities.filter((identity) => identity.person_id === row.id);
      const person: MergePerson = {
        id: row.id,
        canonicalId: row.canonical_id,
        createdAt: Number(row.created_at),
        customerIds: own.filter((i) => i.namespace === 'customer').map((i) => i.value),
        userIds: own.filter((i) => i.namespace === 'user').map((i) => i.value),
        emails: own.filter((i) => i.namespace === 'email').length,
      };
      return [row.id, person];
    }),
  );
}

/** The log of merges, newest first, with what tells the two persons of each apart. */
export async function listMerges(
  knex: Knex,
  state: MergeState | undefined,
  page: number,
): Promise<MergePage> {
  const question = () => (state ? knex('clv_merges').where({ state }) : knex('clv_merges'));
  const [{ total }] = await question().count({ total: '*' });
  const rows = await question()
    .orderBy([
      { column: 'created_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(PAGE_SIZE)
    .offset((page - 1) * PAGE_SIZE);
  const persons = await personsById(
    knex,
    rows.flatMap((row) => [row.from_person, row.into_person]),
  );
  const timeOrNull = (value: unknown) => (value === null ? null : Number(value));
  const merges = rows.map(
    (row): Merge => ({
      id: row.id,
      state: row.state,
      reason: row.reason,
      from: persons.get(row.from_person)!,
      into: persons.get(row.into_person)!,
      createdAt: Number(row.created_at),
      decidedBy: row.decided_by,
      decidedAt: timeOrNull(row.decided_at),
      undoneBy: row.undone_by,
      undoneAt: timeOrNull(row.undone_at),
    }),
  );
  const count = Number(total);
  return {
    merges,
    pagination: { page, pageSize: PAGE_SIZE, pageCount: Math.ceil(count / PAGE_SIZE), total: count },
  };
}
