import type { Knex } from 'knex';
import type { HoldoutPreview } from '../api-types';
import { eachRecentTouch } from './recent-touches';

const DAYS = 30;
const DAY = 86_400_000;

/** How many readers a day would get no recommendations, by the readers of the last thirty days. */
export async function holdoutPreview(
  knex: Knex,
  shares: { current: number; draft: number },
  now: number,
): Promise<HoldoutPreview> {
  const since = now - DAYS * DAY;
  const readers = new Set<string>();
  let oldest = now;
  const complete = await eachRecentTouch(knex, since, ({ visitor_key }, at) => {
    readers.add(`${Math.floor((at - since) / DAY)} ${visitor_key}`);
    oldest = Math.min(oldest, at);
  });
  const days = complete ? DAYS : Math.max(1, Math.ceil((now - oldest) / DAY));
  const aDay = readers.size / days;
  return { readers: aDay, days, complete, now: aDay * shares.current, draft: aDay * shares.draft };
}
