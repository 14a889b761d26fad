import type { Knex } from 'knex';

export interface Content {
  kind: string;
  locale: string;
  title: string;
}

/** Content items by id that a report lists: those on the site now, and those gone whose readers are remembered. */
export async function rankableContents(knex: Knex, touched: Set<number>): Promise<Map<number, Content>> {
  const rows = await knex('clv_contents').select(
    'id',
    'kind',
    'locale',
    'title',
    'published_at',
    'unpublished_at',
    'deleted_at',
  );
  const listed = rows.filter(
    (row) =>
      touched.has(Number(row.id)) ||
      (row.published_at !== null && row.unpublished_at === null && row.deleted_at === null),
  );
  return new Map(listed.map(({ id, kind, locale, title }) => [Number(id), { kind, locale, title }] as const));
}
