import type { Knex } from 'knex';

export interface NewTouch {
  visitor_key: string;
  content_id: number;
  /** PostgreSQL and MySQL return big integers as strings. */
  occurred_at: number | string;
}

/** Touches that came in at `since` or later and happened before `until`; at most `most` of them. */
export async function newTouches(
  knex: Knex,
  since: number,
  until: number,
  most: number,
): Promise<NewTouch[]> {
  return knex('clv_touches')
    .where('received_at', '>=', since)
    .where('occurred_at', '<', until)
    .limit(most)
    .select('visitor_key', 'content_id', 'occurred_at');
}

/** Whether any touch came in after a moment. */
export async function anyTouchSince(knex: Knex, since: number): Promise<boolean> {
  return (await knex('clv_touches').where('received_at', '>', since).first('content_id')) !== undefined;
}
