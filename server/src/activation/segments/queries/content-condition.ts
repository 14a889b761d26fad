import type { Knex } from 'knex';
import { isEveryone, type PersonRange, within } from '../../../clv/queries/person-range';
import { dialectOf } from '../../../storage/db';
import { TOPIC_SEPARATOR } from '../../../tracking/contents/content-rows';
import type { SegmentRule } from '../api-types';
import { partsOfKey } from '../content-key';

type ContentRule = Extract<SegmentRule, { field: 'content' }>;

const DAY = 86_400_000;
/** So many items are looked for one by one in the index of a browser's touches; of more, its touches are read one by one. */
const FEW = 4;

/**
 * The persons who consumed so many different items that a rule names, whether it then asks for them or for the others. A touch
 * is of the person whose browser it was at that time; browsers of visitors who deny their consent now count for nobody.
 */
export function readersOf(
  knex: Knex,
  rule: ContentRule,
  asked: { now: number; among: PersonRange },
): Knex.QueryBuilder {
  const { atLeast = 1 } = rule;
  // Cross joins keep the order of tables on SQLite: from each person to their browsers, and from there to touches.
  const browsers = knex('clv_persons as p')
    .crossJoin(knex.raw('clv_visitor_links AS l'))
    .whereRaw('l.person_id = p.id')
    .whereNotExists(
      knex('clv_visitors as d')
        .select(knex.raw('1'))
        .whereRaw("d.visitor_key = l.visitor_key AND d.consent = 'denied'"),
    )
    .select('p.canonical_id');
  within(browsers, asked.among);
  const touched = touchedBy(knex, rule, asked);
  if (atLeast === 1) {
    // The first touch that counts is enough; the others are not read.
    return browsers.whereExists(knex('clv_touches as t').select(knex.raw('1')).where(touched));
  }
  return browsers
    .crossJoin(knex.raw('clv_touches AS t'))
    .where(touched)
    .groupBy('p.canonical_id')
    .havingRaw('COUNT(DISTINCT t.content_id) >= ?', [atLeast]);
}

/** Narrows touches `t` to those that count for a rule, by the browser of a link `l`. */
function touchedBy(
  knex: Knex,
  { contents, kinds, topics, withinDays }: ContentRule,
  { now, among }: { now: number; among: PersonRange },
) {
  // `+ 0` keeps a column out of the search in the index, which is by browser. Where PostgreSQL reads the touches of everyone it
  // searches nothing, and needs to see the column to tell how many are left.
  const readsAll = dialectOf(knex) === 'postgres' && isEveryone(among);
  const apart = readsAll ? '' : ' + 0';
  const at = `t.occurred_at${apart}`;
  const few = contents && contents.length <= FEW && !kinds && !topics;
  return (touches: Knex.QueryBuilder): void => {
    touches.whereRaw('t.visitor_key = l.visitor_key');
    // Most touches are of other items, so that is asked first.
    if (contents || kinds || topics) {
      const items = itemsOf(knex, { contents, kinds, topics });
      touches.whereRaw(`t.content_id${few ? '' : apart} IN ?`, [items]);
    }
    touches.whereRaw(`${at} >= l.valid_from AND ${at} < l.valid_to AND ${at} < ?`, [now]);
    if (withinDays !== undefined) touches.whereRaw(`${at} >= ?`, [now - withinDays * DAY]);
  };
}

/** The numbers of the items that are named, or of these kinds, or about these topics. */
function itemsOf(
  knex: Knex,
  { contents, kinds, topics }: Pick<ContentRule, 'contents' | 'kinds' | 'topics'>,
): Knex.QueryBuilder {
  return knex('clv_contents as c')
    .where((any) => {
      for (const key of contents ?? []) {
        const { uid, documentId, locale } = partsOfKey(key);
        any.orWhere({ 'c.uid': uid, 'c.document_id': documentId, 'c.locale': locale });
      }
      if (kinds) any.orWhereIn('c.kind', kinds);
      for (const topic of topics ?? []) any.orWhere(isAbout(knex, topic));
    })
    .select('c.id');
}

/** SQL for whether an item is about a topic: exact, where LIKE may not tell capitals apart. */
function isAbout(knex: Knex, topic: string): Knex.Raw {
  const wanted = `${TOPIC_SEPARATOR}${topic}${TOPIC_SEPARATOR}`;
  const ends = [TOPIC_SEPARATOR, TOPIC_SEPARATOR];
  switch (dialectOf(knex)) {
    case 'sqlite':
      return knex.raw('instr(? || c.topic || ?, ?) > 0', [...ends, wanted]);
    case 'postgres':
      return knex.raw('strpos(?::text || c.topic || ?::text, ?::text) > 0', [...ends, wanted]);
    case 'mysql':
      return knex.raw('LOCATE(?, CONCAT(?, c.topic, ?)) > 0', [wanted, ...ends]);
  }
}
