import { byDate } from './by-date';
import type { Judge } from './standing';

const DAY = 86_400_000;

/** A moment some months later, at the end of a shorter month: 31 January and a month is 28 or 29 February. UTC. */
export function monthsLater(time: number, months: number): number {
  const date = new Date(time);
  const later = new Date(time);
  later.setUTCDate(1);
  later.setUTCMonth(date.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(later.getUTCFullYear(), later.getUTCMonth() + 1, 0)).getUTCDate();
  later.setUTCDate(Math.min(date.getUTCDate(), lastDay));
  return later.getTime();
}

/** The next chance to cancel after `now`, and the one before it (or the beginning). */
export function renewalAfter(
  startedAt: number,
  billingMonths: number,
  now: number,
): { previous: number; next: number } {
  const period = Math.max(1, billingMonths);
  let periods = Math.max(0, Math.floor((now - startedAt) / (period * 31 * DAY)));
  while (monthsLater(startedAt, (periods + 1) * period) <= now) periods += 1;
  return {
    previous: monthsLater(startedAt, periods * period),
    next: monthsLater(startedAt, (periods + 1) * period),
  };
}

/**
 * renewal-near: some days before each next chance to cancel a subscription that runs on; not sooner than the period before it
 * is over. The subject is the subscription and the day of the renewal.
 */
export const renewalNear: Judge = ({ subscriptions }, before, { settings, now }) => {
  const appointments = subscriptions.flatMap(({ key, startedAt, endedAt, billingMonths }) => {
    if (startedAt > now) return [];
    const { previous, next } = renewalAfter(startedAt, billingMonths, now);
    if (endedAt !== null && endedAt <= next) return [];
    const day = new Date(next).toISOString().slice(0, 10);
    return [
      {
        subject: `${key} ${day}`,
        dueAt: Math.max(previous, next - (settings.daysBefore ?? 30) * DAY),
        change: { from: null, to: day },
      },
    ];
  });
  return byDate(appointments, before, now, () => false);
};
