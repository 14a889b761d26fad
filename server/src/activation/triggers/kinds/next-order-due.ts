import { dayName } from '../../../clv/models/local-days';
import { byDate } from './by-date';
import type { Judge } from './standing';

const DAY = 86_400_000;
/** An order that was expected longer ago, when we first hear of the one before it, is history that was imported. */
const STALE_MS = 7 * DAY;

/**
 * next-order-due: the day on which the model expects the next order, counted from the last one (the median of the waiting
 * time, as seen on the day of the last order), less some days. The subject is the time of the last order: each is followed up
 * once, and a new order makes the waiting begin anew.
 */
export const nextOrderDue: Judge = (
  { personId, orders },
  before,
  { settings, now, nextOrderDay, startOfDay },
) => {
  const last = orders.findLast(({ amount, at }) => amount >= 0 && at <= now);
  const day = last ? nextOrderDay(personId, orders, last.at) : null;
  if (!last || day === null) return byDate([], before, now, () => false);
  const appointment = {
    subject: String(last.at),
    dueAt: startOfDay(dayName(day - (settings.daysBefore ?? 0))),
    change: { from: new Date(last.at).toISOString().slice(0, 10), to: dayName(day) },
  };
  return byDate([appointment], before, now, ({ dueAt }) => now - dueAt > STALE_MS);
};
