import type { Knex } from 'knex';
import { isEveryone, type PersonRange, within } from '../../../clv/queries/person-range';

/** A segment that somebody is in. */
export interface Membership {
  id: string;
  slug: string;
  /** Whether front ends may be told. */
  isPublic: boolean;
}

/** The members of a segment as rows `m`, with their persons as `p`, merges followed: `p.canonical_id` is who they are now. */
export const membersOf = (knex: Knex, segmentId: string): Knex.QueryBuilder =>
  knex('clv_segment_members as m')
    .join('clv_persons as p', 'p.id', 'm.person_id')
    .where('m.segment_id', segmentId);

/** The rows of a run, called `v`, of a segment's members: all of them, or those in a range of persons. */
export function memberRows(
  knex: Knex,
  runId: string,
  segmentId: string,
  among?: PersonRange,
): Knex.QueryBuilder {
  const members =
    among && !isEveryone(among) ? membersAmong(knex, [segmentId], among) : membersOf(knex, segmentId);
  const rows = knex('clv_person_values as v').where('v.run_id', runId);
  if (among) within(rows, among, 'v.person_id');
  return rows.whereIn('v.person_id', members.select('p.canonical_id'));
}

/**
 * The same rows `m` and `p` of several segments, of some persons. They are looked for by person: SQLite does so as the cross
 * join says, and PostgreSQL, which takes a new segment for an empty one and would begin with it, because of COALESCE.
 */
export const membersAmong = (
  knex: Knex,
  segmentIds: readonly string[],
  among: PersonRange,
): Knex.QueryBuilder =>
  within(knex('clv_persons as p').crossJoin(knex.raw('clv_segment_members AS m')), among)
    .whereRaw('m.person_id = p.id')
    .whereRaw(`COALESCE(m.segment_id, '') IN (${segmentIds.map(() => '?')})`, [...segmentIds]);

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

/** The segments of a person, merges followed, by slug. */
export async function segmentsOf(knex: Knex, personId: string): Promise<Membership[]> {
  const rows = await knex('clv_persons as p')
    .join('clv_segment_members as m', 'm.person_id', 'p.id')
    .join('clv_segments as s', 's.id', 'm.segment_id')
    .where('p.canonical_id', personId)
    .orderBy('s.slug')
    .distinct('s.id', 's.slug', 's.public');
  return rows.map((row) => ({ id: row.id, slug: row.slug, isPublic: Boolean(row.public) }));
}
