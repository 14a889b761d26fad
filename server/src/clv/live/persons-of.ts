import type { Knex } from 'knex';
import type { News } from '../../storage/news';

/**
 * The persons that news are about, before and after merges: those whom a merge or an erasure took away are named too, so
 * that what is kept of them can go.
 */
export async function personsOf(
  knex: Knex,
  { customerIds = [], visitorKeys = [], personIds = [] }: News,
): Promise<string[]> {
  const found = new Set(personIds);
  const add = (rows: { id: string; canonical_id: string | null }[]) => {
    for (const { id, canonical_id } of rows) {
      found.add(id);
      if (canonical_id) found.add(canonical_id);
    }
  };
  if (customerIds.length > 0) {
    add(
      await knex('clv_identities as i')
        .leftJoin('clv_persons as p', 'p.id', 'i.person_id')
        .where('i.namespace', 'customer')
        .whereIn('i.value', customerIds)
        .select('i.person_id as id', 'p.canonical_id'),
    );
  }
  if (visitorKeys.length > 0) {
    add(
      await knex('clv_visitor_links as l')
        .leftJoin('clv_persons as p', 'p.id', 'l.person_id')
        .whereIn('l.visitor_key', visitorKeys)
        .select('l.person_id as id', 'p.canonical_id'),
    );
  }
  if (personIds.length > 0) {
    add(await knex('clv_persons').whereIn('id', personIds).select('id', 'canonical_id'));
  }
  return [...found];
}
