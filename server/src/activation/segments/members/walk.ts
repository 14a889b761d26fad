import type { Knex } from 'knex';
import { membersOf } from './memberships';

export interface Walked {
  personId: string;
  since: number;
}

/**
 * The next members of a segment, merges followed, each once, and where the ones after them begin. There may be fewer than
 * `limit` before the end.
 *
 * @param after the `next` of the ones before; '' at the beginning
 */
export async function nextMembers(
  knex: Knex,
  segmentId: string,
  after: string,
  limit: number,
): Promise<{ members: Walked[]; next: string | null }> {
  const rows: { person_id: string; canonical_id: string }[] = await membersOf(knex, segmentId)
    .where('m.person_id', '>', after)
    .orderBy('m.person_id')
    .limit(limit)
    .select('m.person_id', 'p.canonical_id');
  const persons = [...new Set(rows.map((row) => row.canonical_id))];
  type First = { canonical_id: string; first_id: string; since: number | string };
  const firsts: First[] = await knex('clv_persons as p')
    .join('clv_segment_members as m', 'm.person_id', 'p.id')
    .where('m.segment_id', segmentId)
    .whereIn('p.canonical_id', persons)
    .groupBy('p.canonical_id')
    .select('p.canonical_id', knex.raw('MIN(m.person_id) AS first_id, MIN(m.since) AS since'));
  const firstOf = new Map(firsts.map((row) => [row.canonical_id, row]));
  return {
    // Whoever has several rows after merges is told at the first of them.
    members: rows.flatMap(({ person_id, canonical_id }) => {
      const first = firstOf.get(canonical_id);
      return first?.first_id === person_id ? [{ personId: canonical_id, since: Number(first.since) }] : [];
    }),
    next: rows.length < limit ? null : rows.at(-1)!.person_id,
  };
}
