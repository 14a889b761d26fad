import type { Knex } from 'knex';

/** The earliest order, subscription or month of costs; null when there is nothing. */
export async function earliestEvent(knex: Knex): Promise<number | null> {
  const times: number[] = [];
  const order = await knex('clv_orders').where('status', 'paid').min({ at: 'ordered_at' }).first();
  const subscription = await knex('clv_subscriptions').min({ at: 'started_at' }).first();
  const cost = await knex('clv_costs').min({ month: 'month' }).first();
  if (order?.at != null) times.push(Number(order.at));
  if (subscription?.at != null) times.push(Number(subscription.at));
  // The middle of the month, which is in it whatever the time zone.
  if (cost?.month != null) times.push(Date.parse(`${cost.month}-15T00:00:00Z`));
  return times.length > 0 ? Math.min(...times) : null;
}
