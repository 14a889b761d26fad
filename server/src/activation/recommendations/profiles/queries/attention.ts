import type { Knex } from 'knex';
import type { Taste } from '../../../models/recommend';

export interface Attention {
  read: Taste['read'];
  /** How they came when they last read something; null where nothing tells. */
  channel: string | null;
}

const summed = (knex: Knex, touches: Knex.QueryBuilder) =>
  touches
    .groupBy('t.content_id')
    .select('t.content_id')
    .sum({ seconds: 't.seconds' })
    .max({ last_at: 't.occurred_at' })
    .select(knex.raw('MAX(t.channel) AS channel'));

interface Row {
  content_id: number;
  seconds: number | string;
  last_at: number | string;
  channel: string | null;
}

function attentionOf(rows: Row[]): Attention {
  const read = new Map<number, { seconds: number; lastAt: number }>();
  let channel: string | null = null;
  let channelAt = 0;
  for (const row of rows) {
    const lastAt = Number(row.last_at);
    read.set(Number(row.content_id), { seconds: Number(row.seconds), lastAt });
    if (row.channel !== null && lastAt >= channelAt) {
      channel = row.channel;
      channelAt = lastAt;
    }
  }
  return { read, channel };
}

/** What a person read, in each of their browsers while it was theirs. */
export async function attentionOfPerson(knex: Knex, personId: string): Promise<Attention> {
  const touches = knex('clv_persons as p')
    .join('clv_visitor_links as l', 'l.person_id', 'p.id')
    .join('clv_touches as t', (on) =>
      on
        .on('t.visitor_key', 'l.visitor_key')
        .andOn('t.occurred_at', '>=', 'l.valid_from')
        .andOn('t.occurred_at', '<', 'l.valid_to'),
    )
    .where('p.canonical_id', personId);
  return attentionOf(await summed(knex, touches));
}

/** What was read in a browser while it was nobody's. */
export async function attentionOfVisitor(knex: Knex, visitorKey: string): Promise<Attention> {
  const touches = knex('clv_touches as t')
    .where('t.visitor_key', visitorKey)
    .whereNotExists(
      knex('clv_visitor_links as l')
        .whereRaw('l.visitor_key = t.visitor_key')
        .whereRaw('l.valid_from <= t.occurred_at AND t.occurred_at < l.valid_to'),
    );
  return attentionOf(await summed(knex, touches));
}
