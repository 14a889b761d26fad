import type { Knex } from 'knex';

/** The members of a segment as rows `m`, with their persons as `p`, merges followed: `p.canonical_id` is who they are now. */
export const membersOf = (knex: Knex, segmentId: string): Knex.QueryBuilder =>
  knex('clv_segment_members as m')
    .join('clv_persons as p', 'p.id', 'm.person_id')
    .where('m.segment_id', segmentId);

/** The rows of a run, called `v`, of a segment's members. */
export const memberRows = (knex: Knex, runId: string, segmentId: string): Knex.QueryBuilder =>
  knex('clv_person_values as v')
    .where('v.run_id', runId)
    .whereIn('v.person_id', membersOf(knex, segmentId).select('p.canonical_id'));

/** Since when persons are members. */
export async function sinceOf(
  knex: Knex,
  segmentId: string,
  personIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await knex('clv_persons as p')
    .join('clv_segment_members as m', 'm.person_id', 'p.id')
    .where('m.segment_id', segmentId)
    .whereIn('p.canonical_id', personIds)
    .groupBy('p.canonical_id')
    .select('p.canonical_id', knex.raw('MIN(m.since) AS since'));
  return new Map(
    rows.map((row: { canonical_id: string; since: number | string }) => [
      row.canonical_id,
      Number(row.since),
    ]),
  );
}

/** The segments of persons, merges followed; those who are in none are not among them. */
export async function segmentsOf(
  knex: Knex,
  personIds: readonly string[],
): Promise<Map<string, Set<string>>> {
  const rows: { canonical_id: string; segment_id: string }[] = await knex('clv_persons as p')
    .join('clv_segment_members as m', 'm.person_id', 'p.id')
    .whereIn('p.canonical_id', personIds)
    .select('p.canonical_id', 'm.segment_id');
  const segments = new Map<string, Set<string>>();
  for (const { canonical_id, segment_id } of rows) {
    const theirs = segments.get(canonical_id);
    if (theirs) theirs.add(segment_id);
    else segments.set(canonical_id, new Set([segment_id]));
  }
  return segments;
}
