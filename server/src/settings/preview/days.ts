import type { Knex } from 'knex';
import { localDaysIn } from '../../clv/models/local-days';
import type { DaysPreview } from '../api-types';

const DAYS = 90;
const DAY = 86_400_000;
/** Every zone's day begins at a whole quarter of an hour, so that all orders of one share their day. */
const QUARTER = 900_000;

/** How many orders of the last ninety days fall on another day in another time zone. */
export async function daysPreview(
  knex: Knex,
  zones: { current: string; draft: string },
  now: number,
): Promise<DaysPreview> {
  const quarter = knex.raw('ordered_at - ordered_at % ?', [QUARTER]);
  const orders = knex('clv_orders')
    .where({ status: 'paid' })
    .where('ordered_at', '>=', now - DAYS * DAY)
    .where('ordered_at', '<', now)
    .select({ quarter });
  const rows: { quarter: number | string; n: number | string }[] = await knex(orders.as('o'))
    .groupBy('quarter')
    .select('quarter')
    .count({ n: '*' });
  const [before, after] = [localDaysIn(zones.current), localDaysIn(zones.draft)];
  const preview: DaysPreview = { days: DAYS, orders: 0, moving: 0 };
  for (const row of rows) {
    const [at, n] = [Number(row.quarter), Number(row.n)];
    preview.orders += n;
    if (before(at) !== after(at)) preview.moving += n;
  }
  return preview;
}
