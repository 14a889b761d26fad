import type { Knex } from 'knex';

export interface Content {
  /** `clv_contents.id` */
  id: number;
  kind: string;
  locale: string;
  title: string;
  /** Epoch ms; null where nobody knows. */
  publishedAt: number | null;
}

/** Content items that a report lists: those on the site now, and those gone whose readers are remembered. */
export async function rankableContents(knex: Knex, touched: Set<number>): Promise<Content[]> {
  const rows = await knex('clv_contents')
    .select('id', 'kind', 'locale', 'title', 'published_at', 'unpublished_at', 'deleted_at')
    .orderBy('id');
  const onSite = (row: Record<string, unknown>) =>
    row.published_at !== null && row.unpublished_at === null && row.deleted_at === null;
  return rows
    .filter((row) => touched.has(Number(row.id)) || onSite(row))
    .map(({ id, kind, locale, title, published_at }) => ({
      id: Number(id),
      kind,
      locale,
      title,
      publishedAt: published_at === null ? null : Number(published_at),
    }));
}
