import type { Knex } from 'knex';
import { literally } from '../../storage/like';
import type { Figures, RankedItem, RankingSort } from '../api-types';
import type { RankingQuery } from '../query';
import { searchable } from './searchable';

const SORT_COLUMNS: Record<RankingSort, string> = {
  position: 'i.position',
  title: 'i.title_search',
  exposed: 'i.exposed',
  rho: 'i.rho',
  difference: 'i.difference',
  excess: 'i.excess',
  qValue: 'i.q_value',
  score: 'i.score',
};

export type Filters = Pick<RankingQuery, 'kind' | 'locale' | 'group' | 'verdict' | 'search'>;

/** The items `i` of a snapshot that match. */
export function matching(
  knex: Knex,
  snapshotId: string,
  { kind, locale, group, verdict, search }: Partial<Filters>,
) {
  const question = knex('clv_snapshot_items as i').where('i.snapshot_id', snapshotId);
  if (kind !== undefined) question.where('i.kind', kind);
  if (locale !== undefined) question.where('i.locale', locale);
  if (group !== undefined) {
    const members = knex('clv_content_groups as g').whereRaw('g.content_id = i.content_id');
    question.whereExists(members.where({ 'g.dimension': group.dimension, 'g.value': group.value }));
  }
  if (verdict !== undefined) question.where('i.verdict', verdict);
  if (search !== undefined)
    question.whereRaw("i.title_search LIKE ? ESCAPE '!'", [`%${literally(searchable(search))}%`]);
  return question;
}

/** As the database gives it: PostgreSQL and MySQL return large integers as strings. */
export interface ItemRow {
  content_id: number;
  position: number;
  kind: string;
  locale: string;
  title: string;
  figures: string;
  uid: string;
  document_id: string;
  unpublished_at: number | string | null;
  deleted_at: number | string | null;
}

const timeOrNull = (value: number | string | null) => (value === null ? null : Number(value));

export function toRankedItem(row: ItemRow): RankedItem {
  const figures: Figures & { previousPosition: number | null } = JSON.parse(row.figures);
  return {
    contentId: row.content_id,
    uid: row.uid,
    documentId: row.document_id,
    locale: row.locale,
    kind: row.kind,
    title: row.title,
    unpublishedAt: timeOrNull(row.unpublished_at),
    deletedAt: timeOrNull(row.deleted_at),
    position: row.position,
    ...figures,
  };
}

/** Joins what stands in the content registry now to what the run found then. */
export const withContents = (question: Knex.QueryBuilder) =>
  question
    .join('clv_contents as c', 'c.id', 'i.content_id')
    .select(
      'i.content_id',
      'i.position',
      'i.kind',
      'i.locale',
      'i.title',
      'i.figures',
      'c.uid',
      'c.document_id',
      'c.unpublished_at',
      'c.deleted_at',
    );

export async function countItems(knex: Knex, snapshotId: string, filters: Filters): Promise<number> {
  const row = await matching(knex, snapshotId, filters).count({ n: '*' }).first();
  return Number(row?.n ?? 0);
}

/** Items of a snapshot that match; a figure that is missing comes last, whatever the direction. */
export async function findItems(
  knex: Knex,
  snapshotId: string,
  filters: Filters,
  sort: RankingQuery['sort'],
  slice?: { offset: number; limit: number },
): Promise<RankedItem[]> {
  const column = SORT_COLUMNS[sort.by];
  const question = withContents(matching(knex, snapshotId, filters))
    .orderByRaw(`CASE WHEN ${column} IS NULL THEN 1 ELSE 0 END`)
    .orderByRaw(`${column} ${sort.direction}`)
    .orderBy('i.position');
  if (slice) question.offset(slice.offset).limit(slice.limit);
  return (await question).map(toRankedItem);
}

/** What kinds and locales a snapshot holds. */
export async function facetsOf(
  knex: Knex,
  snapshotId: string,
): Promise<{ kinds: string[]; locales: string[] }> {
  const rows = await knex('clv_snapshot_items')
    .where({ snapshot_id: snapshotId })
    .distinct('kind', 'locale')
    .orderBy(['kind', 'locale']);
  return {
    kinds: [...new Set(rows.map((row) => row.kind))],
    locales: [...new Set(rows.map((row) => row.locale))].sort(),
  };
}
