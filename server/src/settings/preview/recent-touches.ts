import { setImmediate as breathe } from 'node:timers/promises';
import type { Knex } from 'knex';

/** Touches read by one statement. */
const CHUNK = 10_000;
/** Touches that are looked at altogether; the newest, since ids are made of the time. */
export const MOST_TOUCHES = 200_000;
/** How browsers' touches come; others were handed in, and consent is for whoever does that. */
const BROWSERS = new Set(['tracker', 'hook', 'download']);

export interface RecentTouch {
  visitor_key: string;
  received_at: number | string;
  source: string;
  consent: 'granted' | 'denied' | null;
}

/**
 * Gives every touch of a browser that came in since a moment to `look`, the newest first. There is no index on the time, which
 * every new touch would pay for; so it walks the table by its key, and not further than `most` touches.
 *
 * @returns whether it saw all of them
 */
export async function eachRecentTouch(
  knex: Knex,
  since: number,
  look: (touch: RecentTouch, at: number) => void,
  most = MOST_TOUCHES,
): Promise<boolean> {
  let before: string | null = null;
  for (let seen = 0; seen < most; seen += CHUNK) {
    const question = knex('clv_touches as t')
      .leftJoin('clv_visitors as v', 'v.visitor_key', 't.visitor_key')
      .orderBy('t.message_id', 'desc')
      .limit(CHUNK)
      .select('t.message_id', 't.visitor_key', 't.received_at', 't.source', 'v.consent');
    if (before !== null) question.where('t.message_id', '<', before);
    const rows: (RecentTouch & { message_id: string })[] = await question;
    for (const row of rows) {
      const at = Number(row.received_at);
      if (at >= since && BROWSERS.has(row.source)) look(row, at);
    }
    if (rows.length < CHUNK) return true;
    before = rows.at(-1)!.message_id;
    await breathe();
  }
  return false;
}
