import type { Knex } from 'knex';
import type { ContentName } from '../journeys/api-types';

/** Ids asked for by one statement: databases take so many parameters, and not many more. */
const AT_ONCE = 900;

/** What content items are called now, gone ones too. */
export async function contentNames(knex: Knex, contentIds: Iterable<number>): Promise<ContentName[]> {
  const ids = [...new Set(contentIds)];
  const names: ContentName[] = [];
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const rows = await knex('clv_contents')
      .whereIn('id', ids.slice(from, from + AT_ONCE))
      .select('id', 'uid', 'document_id', 'locale', 'kind', 'title');
    for (const { id, uid, document_id, locale, kind, title } of rows)
      names.push({ contentId: Number(id), uid, documentId: document_id, locale, kind, title });
  }
  return names;
}
