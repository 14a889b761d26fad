import type { Knex } from 'knex';
import { type PersonRange, within } from '../queries/person-range';

/** One consumption by an identified person. */
export interface PersonTouch {
  personId: string;
  contentId: number;
  at: number;
  /** When the browser's owner became known. */
  linkedAt: number;
  kind: 'view' | 'read' | 'download';
  seconds: number;
  depth: number;
  channel: string | null;
}

/**
 * The touches of persons from one moment on and before another, merges followed: each belongs to the person whose browser it
 * was at that time.
 * Browsers of visitors who deny their consent now are left out, whatever they said when they read.
 */
export async function touchesOf(
  knex: Knex,
  range: PersonRange,
  until: number,
  from = Number.MIN_SAFE_INTEGER,
): Promise<PersonTouch[]> {
  // The order of tables and `+ 0` as in the ranking: links first, then one search in the index of touches.
  const question = knex('clv_persons as p')
    .crossJoin(knex.raw('clv_visitor_links AS l'))
    .crossJoin(knex.raw('clv_touches AS t'))
    .whereRaw('l.person_id = p.id AND t.visitor_key = l.visitor_key')
    .whereRaw('t.occurred_at + 0 >= l.valid_from AND t.occurred_at + 0 < l.valid_to')
    .whereRaw('t.occurred_at + 0 >= ? AND t.occurred_at + 0 < ?', [from, until])
    .whereNotExists((denial) =>
      denial
        .select(knex.raw('1'))
        .from('clv_visitors as v')
        .whereRaw("v.visitor_key = l.visitor_key AND v.consent = 'denied'"),
    )
    .select(
      'p.canonical_id as person_id',
      't.content_id',
      't.occurred_at',
      'l.linked_at',
      't.kind',
      't.seconds',
      't.depth',
      't.channel',
    );
  return (await within(question, range)).map((row: Record<string, string | number | null>) => ({
    personId: String(row.person_id),
    contentId: Number(row.content_id),
    at: Number(row.occurred_at),
    linkedAt: Number(row.linked_at),
    kind: row.kind as PersonTouch['kind'],
    seconds: Number(row.seconds),
    depth: Number(row.depth),
    channel: row.channel === null ? null : String(row.channel),
  }));
}
