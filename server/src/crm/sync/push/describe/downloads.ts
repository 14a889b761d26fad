import type { Knex } from 'knex';
import { byPerson } from './reading-distribution';

/** Something that somebody took home. */
export interface Download {
  personId: string;
  messageId: string;
  at: number;
  kind: string;
  title: string;
}

/** The downloads of persons from a moment on, of some kinds of content; without browsers that deny consent now. */
export async function downloadsOf(
  knex: Knex,
  personIds: string[],
  kinds: string[],
  since: number,
): Promise<Map<string, Download[]>> {
  if (kinds.length === 0) return new Map();
  const rows = await knex('clv_visitor_links as l')
    .join('clv_persons as p', 'p.id', 'l.person_id')
    .join('clv_touches as t', 't.visitor_key', 'l.visitor_key')
    .join('clv_contents as c', 'c.id', 't.content_id')
    .leftJoin('clv_visitors as v', 'v.visitor_key', 'l.visitor_key')
    .whereIn('p.canonical_id', personIds)
    .whereIn('c.kind', kinds)
    .where('t.kind', 'download')
    .where('t.occurred_at', '>=', since)
    .whereRaw('t.occurred_at >= l.valid_from AND t.occurred_at < l.valid_to')
    .whereRaw("(v.consent IS NULL OR v.consent <> 'denied')")
    .select('p.canonical_id', 't.message_id', 't.occurred_at', 'c.kind', 'c.title');
  return byPerson(
    rows.map((row) => ({
      personId: row.canonical_id,
      messageId: row.message_id,
      at: Number(row.occurred_at),
      kind: row.kind,
      title: row.title,
    })),
  );
}
