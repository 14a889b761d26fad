import type { Knex } from 'knex';

/** A segment that somebody is in. */
export interface Membership {
  id: string;
  slug: string;
  isPublic: boolean;
}

/** The segments of a person, by slug. */
export async function membershipsOf(knex: Knex, personId: string): Promise<Membership[]> {
  const rows = await knex('clv_segment_members as m')
    .join('clv_segments as s', 's.id', 'm.segment_id')
    .where('m.person_id', personId)
    .orderBy('s.slug')
    .select('s.id', 's.slug', 's.public');
  return rows.map((row) => ({ id: row.id, slug: row.slug, isPublic: Boolean(row.public) }));
}
