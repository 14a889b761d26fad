import type { Knex } from 'knex';
import { dialectOf } from '../../../storage/db';
import { TOPIC_SEPARATOR } from '../../../tracking/contents/content-rows';
import type { SegmentRule } from '../api-types';
import { partsOfKey } from '../content-key';

type ContentRule = Extract<SegmentRule, { field: 'content' }>;

const DAY = 86_400_000;
/** So many items are looked for one by one in the index of a browser's touches; of more, all its touches are read. */
const FEW = 20;

/**
 * The persons who consumed so many different items that a rule names, whether it then asks for them or for the others. A touch
 * is of the person whose browser it was at that time; browsers of visitors who deny their consent now count for nobody.
 */
export function readersOf(
  knex: Knex,
  { contents, kinds, topics, withinDays, atLeast = 1 }: ContentRule,
  now: number,
  among?: readonly string[],
): Knex.QueryBuilder {
  // The order of tables and `+ 0` as in touchesOf: links first, then one search in the index of touches.
  const question = among
    ? knex('clv_persons as p')
        .crossJoin(knex.raw('clv_visitor_links AS l'))
        .crossJoin(knex.raw('clv_touches AS t'))
        .whereIn('p.canonical_id', among)
    : knex('clv_visitor_links as l')
        .crossJoin(knex.raw('clv_persons AS p'))
        .crossJoin(knex.raw('clv_touches AS t'));
  question
    .whereRaw('l.person_id = p.id AND t.visitor_key = l.visitor_key')
    .whereRaw(
      't.occurred_at + 0 >= l.valid_from AND t.occurred_at + 0 < l.valid_to AND t.occurred_at + 0 < ?',
      [now],
    )
    .whereNotExists((denial) =>
      denial
        .select(knex.raw('1'))
        .from('clv_visitors as d')
        .whereRaw("d.visitor_key = l.visitor_key AND d.consent = 'denied'"),
    )
    .select('p.canonical_id');
  if (withinDays !== undefined) question.whereRaw('t.occurred_at + 0 >= ?', [now - withinDays * DAY]);
  if (contents || kinds || topics) {
    const items = itemsOf(knex, { contents, kinds, topics });
    const few = contents && contents.length <= FEW && !kinds && !topics;
    if (few) question.whereIn('t.content_id', items);
    else question.whereRaw('t.content_id + 0 IN ?', [items]);
  }
  if (atLeast > 1) {
    question.groupBy('p.canonical_id').havingRaw('COUNT(DISTINCT t.content_id) >= ?', [atLeast]);
  }
  return question;
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
