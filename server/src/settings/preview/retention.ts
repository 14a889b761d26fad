import { setImmediate as breathe } from 'node:timers/promises';
import type { Knex } from 'knex';
import type { ClvConfig } from '../../config';
import { attributionSettings } from '../../ranking/attribution/settings';
import type { RetentionPreview } from '../api-types';

const DAY = 86_400_000;
/** Touches counted by one statement. */
const CHUNK = 20_000;
/** Touches that are looked at altogether; the oldest, since ids are made of the time. */
const MOST_TOUCHES = 2_000_000;

type Kept = ClvConfig['privacy']['retentionDays'];

const cutoff = (days: Kept, now: number) => (days === false ? 0 : now - days * DAY);

/** How many touches the next night deletes, with and without the draft. */
export async function retentionPreview(
  knex: Knex,
  current: ClvConfig,
  draft: ClvConfig,
  now: number,
): Promise<RetentionPreview> {
  const [before, then] = [current, draft].map(({ privacy }) => cutoff(privacy.retentionDays, now));
  const { lookBack, window } = attributionSettings(draft);
  const counted = { touches: 0, now: 0, draft: 0, complete: false };
  let after = '';
  while (counted.touches < MOST_TOUCHES) {
    const chunk = knex('clv_touches')
      .where('message_id', '>', after)
      .orderBy('message_id')
      .limit(CHUNK)
      .select('message_id', 'occurred_at');
    const [row] = await knex(chunk.as('t')).select(
      knex.raw('COUNT(*) AS n'),
      knex.raw('MAX(message_id) AS last'),
      knex.raw('SUM(CASE WHEN occurred_at < ? THEN 1 ELSE 0 END) AS now_gone', [before]),
      knex.raw('SUM(CASE WHEN occurred_at < ? THEN 1 ELSE 0 END) AS draft_gone', [then]),
    );
    const n = Number(row.n);
    counted.touches += n;
    counted.now += Number(row.now_gone ?? 0);
    counted.draft += Number(row.draft_gone ?? 0);
    counted.complete = n < CHUNK;
    if (counted.complete) break;
    after = row.last;
    await breathe();
  }
  return { ...counted, lookbackDays: lookBack / DAY, windowDays: window / DAY };
}
