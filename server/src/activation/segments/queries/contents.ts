import type { Knex } from 'knex';
import { literally } from '../../../storage/like';
import { keyOf } from '../../../tracking/contents/registry';
import type { SegmentContents } from '../api-types';
import { partsOfKey } from '../content-key';

const MOST = 25;

interface Row {
  uid: string;
  document_id: string;
  locale: string;
  kind: string;
  title: string;
}

/** Items by a part of their title, the latest first, and those with these keys, gone ones too. */
export async function segmentContents(
  knex: Knex,
  { search, keys }: { search: string; keys: string[] },
): Promise<SegmentContents> {
  const columns = ['uid', 'document_id', 'locale', 'kind', 'title'];
  const named: Row[] =
    keys.length === 0
      ? []
      : await knex('clv_contents')
          .where((any) => {
            for (const key of keys) {
              const { uid, documentId, locale } = partsOfKey(key);
              any.orWhere({ uid, document_id: documentId, locale });
            }
          })
          .select(columns);
  const found: Row[] =
    search === '' && keys.length > 0
      ? []
      : await knex('clv_contents')
          .whereNull('deleted_at')
          .whereRaw("LOWER(title) LIKE ? ESCAPE '!'", [`%${literally(search.toLowerCase())}%`])
          .orderBy([{ column: 'published_at', order: 'desc' }, { column: 'id' }])
          .limit(MOST)
          .select(columns);
  const contents = new Map(
    [...named, ...found].map(({ uid, document_id, locale, kind, title }) => {
      const key = keyOf({ uid, documentId: document_id, locale });
      return [key, { key, title, kind, locale }] as const;
    }),
  );
  return { contents: [...contents.values()] };
}
