import type { Knex } from 'knex';
import type { Membership, Segment, SegmentRules } from './api-types';

/** A segment as `clv_segments` keeps it. */
export type StoredSegment = Omit<Segment, 'members'>;

interface Row {
  id: string;
  slug: string;
  name: string;
  description: string;
  membership: Membership;
  rules: string;
  public: boolean | number;
  to_crm: boolean | number;
  computed_at: number | string | null;
  created_at: number | string;
  updated_at: number | string;
}

const toSegment = (row: Row): StoredSegment => ({
  id: row.id,
  slug: row.slug,
  name: row.name,
  description: row.description,
  membership: row.membership,
  rules: JSON.parse(row.rules) as SegmentRules,
  public: Boolean(row.public),
  toCrm: Boolean(row.to_crm),
  computedAt: row.computed_at === null ? null : Number(row.computed_at),
  createdAt: Number(row.created_at),
  updatedAt: Number(row.updated_at),
});

/** The columns of what is given. */
export const toColumns = ({ rules, toCrm, ...same }: Partial<SegmentChange>) => ({
  ...same,
  ...(rules && { rules: JSON.stringify(rules) }),
  ...(toCrm !== undefined && { to_crm: toCrm }),
});
/** What may change of a segment. */
export type SegmentChange = Pick<
  StoredSegment,
  'name' | 'description' | 'membership' | 'rules' | 'public' | 'toCrm'
>;

/** All segments, or those of one membership, by name. */
export async function listSegments(
  knex: Knex,
  only: { membership?: Membership } = {},
): Promise<StoredSegment[]> {
  const rows: Row[] = await knex('clv_segments')
    .where(only)
    .orderBy([{ column: 'name' }, { column: 'id' }]);
  return rows.map(toSegment);
}

export async function readSegment(
  knex: Knex,
  by: { id: string } | { slug: string },
): Promise<StoredSegment | null> {
  const row: Row | undefined = await knex('clv_segments').where(by).first();
  return row ? toSegment(row) : null;
}

export const haveSameRules = (one: { rules: SegmentRules }, other: { rules: SegmentRules }): boolean =>
  JSON.stringify(one.rules) === JSON.stringify(other.rules);
