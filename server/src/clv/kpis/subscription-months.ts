import type { SubscriptionMonth } from '../api-types';
import type { MonthGrid } from './month-grid';

/** One subscription as far as its revenue goes; MRR in minor units of the report's currency. */
export interface SubscriptionSpan {
  startedAt: number;
  /** Null while it runs. */
  endedAt: number | null;
  mrr: number;
}

/** A month in minor units, counted in subscribers: a customer with two subscriptions is one. */
export type MonthSums = Omit<SubscriptionMonth, 'month'> & {
  /** Subscribers and MRR at the beginning, what churn is a share of. */
  activeBefore: number;
  mrrBefore: number;
};

export const noMonths = (grid: MonthGrid): MonthSums[] =>
  grid.names.map(() => ({
    active: 0,
    started: 0,
    ended: 0,
    mrr: 0,
    newMrr: 0,
    churnedMrr: 0,
    expansionMrr: 0,
    contractionMrr: 0,
    activeBefore: 0,
    mrrBefore: 0,
  }));

const DAY = 86_400_000;

/** What of it runs at a moment: from just after its start to its end. */
function mrrAt(spans: SubscriptionSpan[], time: number): { mrr: number; active: boolean } {
  const startedBefore = spans.filter(({ startedAt }) => startedAt < time);
  const running = startedBefore.filter(({ endedAt }) => endedAt === null || endedAt >= time);
  // One that ends on the last day of a month and is followed on the first of the next leaves no gap.
  const counted =
    running.length > 0 ? running : startedBefore.filter(({ endedAt }) => endedAt! >= time - DAY);
  return { mrr: counted.reduce((sum, { mrr }) => sum + mrr, 0), active: counted.length > 0 };
}

/** One customer's part in the churn of some months: MRR at their beginnings, and how much of it left. */
export interface MrrWindow {
  mrrBefore: number;
  churnedMrr: number;
}

/**
 * Adds one customer. What changes is told by comparing the beginning of a month with its end: a price that changes is a
 * subscription that ends where another begins, and so shows as expansion or contraction, not as churn. Somebody who
 * comes and goes within one month is counted in none.
 *
 * @param window the months [from, to) that the answer is about
 */
export function addSubscriber(
  spans: SubscriptionSpan[],
  grid: MonthGrid,
  now: number,
  months: MonthSums[],
  window: { from: number; to: number },
): MrrWindow {
  const part = { mrrBefore: 0, churnedMrr: 0 };
  if (spans.length === 0) return part;
  const first = grid.indexOf(Math.min(...spans.map((span) => span.startedAt)));
  let before = mrrAt(spans, grid.starts[first]!);
  for (let month = first; month < months.length; month++) {
    const sums = months[month]!;
    const after = mrrAt(spans, Math.min(now, grid.starts[month + 1]!));
    const change = after.mrr - before.mrr;
    if (before.active) {
      sums.activeBefore += 1;
      sums.mrrBefore += before.mrr;
    }
    if (after.active) {
      sums.active += 1;
      sums.mrr += after.mrr;
    }
    if (after.active && !before.active) {
      sums.started += 1;
      sums.newMrr += after.mrr;
    } else if (before.active && !after.active) {
      sums.ended += 1;
      sums.churnedMrr += before.mrr;
    } else if (change > 0) sums.expansionMrr += change;
    else sums.contractionMrr -= change;
    if (month >= window.from && month < window.to) {
      part.mrrBefore += before.mrr;
      part.churnedMrr += before.active && !after.active ? before.mrr : 0;
    }
    before = after;
  }
  return part;
}
