import type { Knex } from 'knex';
import { keyOf } from '../../../tracking/contents/registry';

/** What triggers know of a content item. */
export interface Item {
  key: string;
  kind: string;
  title: string;
}

/** Items by their number. */
export async function itemsById(knex: Knex, ids: Iterable<number>): Promise<Map<number, Item>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const rows = await knex('clv_contents')
    .whereIn('id', wanted)
    .select('id', 'uid', 'document_id', 'locale', 'kind', 'title');
  return new Map(
    rows.map((row) => [
      Number(row.id),
      {
        key: keyOf({ uid: row.uid, documentId: row.document_id, locale: row.locale }),
        kind: row.kind,
        title: row.title,
      },
    ]),
  );
}
