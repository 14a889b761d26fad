/** How subscriptions fared at each chance to leave: row k is the (k + 1)-th renewal. Weights need not be whole. */
export interface LifeTable {
  /** Subscriptions that ended there. */
  lost: number[];
  /** Subscriptions that went on. */
  kept: number[];
}

/** One subscription, in UTC epoch milliseconds. */
export interface Subscription {
  start: number;
  /** Null while it runs. An end that is yet to come counts as running. */
  end: number | null;
  /** Months between two chances to leave. */
  billingMonths: number;
}

/**
 * The life table of cohorts that were counted at each renewal.
 *
 * @param cohorts for each cohort how many there were at its start and after each renewal seen so far: `[1000, 869, 743]`;
 *   cohorts may have different ages
 * @throws RangeError naming the cohort whose counts are not numbers above zero that never rise
 */
export function lifeTableOfCohorts(cohorts: readonly (readonly number[])[]): LifeTable {
  const table: LifeTable = { lost: [], kept: [] };
  cohorts.forEach((survivors, cohort) => {
    for (let k = 0; k < survivors.length; k++) {
      const now = survivors[k]!;
      const before = survivors[k - 1] ?? now;
      if (!(now >= 0 && now <= before && now < Number.POSITIVE_INFINITY)) {
        throw new RangeError(
          `cohort ${cohort + 1} counts ${now} subscribers after ${k} renewals and ${before} before: counts must be at least 0 and never rise`,
        );
      }
      if (k > 0) count(table, k, before - now, now);
    }
  });
  return table;
}

/**
 * The life table of single subscriptions. A renewal counts only once its day has come, for those who left as for those who
 * stayed: else whoever leaves early in a period would be seen and whoever stays would not.
 *
 * @param until when it is, in UTC epoch milliseconds
 * @throws RangeError naming the subscription that ends before it starts, or is never billed
 */
export function lifeTableOfSubscriptions(subscriptions: readonly Subscription[], until: number): LifeTable {
  const table: LifeTable = { lost: [], kept: [] };
  subscriptions.forEach(({ start, end, billingMonths }, index) => {
    if (!(end === null || end >= start)) {
      throw new RangeError(`subscription ${index + 1} ends before it starts`);
    }
    if (!(Number.isInteger(billingMonths) && billingMonths > 0)) {
      throw new RangeError(
        `subscription ${index + 1} is billed every ${billingMonths} months; give a whole number above 0`,
      );
    }
    const seen = renewalsBetween(start, until, billingMonths);
    const stayed =
      end === null || end > until ? seen : Math.min(seen, renewalsBefore(start, end, billingMonths));
    for (let k = 1; k <= stayed; k++) count(table, k, 0, 1);
    if (stayed < seen) count(table, stayed + 1, 1, 0);
  });
  return table;
}

/** Adds what became of some subscriptions at their k-th renewal. */
function count({ lost, kept }: LifeTable, k: number, left: number, stayed: number): void {
  for (; lost.length < k; kept.push(0)) lost.push(0);
  lost[k - 1]! += left;
  kept[k - 1]! += stayed;
}

/**
 * Renewal days from the start until a time, that time included, by the UTC calendar: what began on a 31st renews on the
 * last day of shorter months.
 */
export function renewalsBetween(start: number, until: number, billingMonths: number): number {
  const from = new Date(start);
  const to = new Date(until);
  const months = (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
  const renewals = Math.max(0, Math.floor(months / billingMonths));
  return renewals > 0 && monthsAfter(start, renewals * billingMonths) > until ? renewals - 1 : renewals;
}

/** Renewals that a subscription with this end went through: an end on the renewal day itself is a renewal refused. */
function renewalsBefore(start: number, end: number, billingMonths: number): number {
  const renewals = renewalsBetween(start, end, billingMonths);
  return renewals > 0 && dayOf(monthsAfter(start, renewals * billingMonths)) === dayOf(end)
    ? renewals - 1
    : renewals;
}

const dayOf = (time: number): number => Math.floor(time / 86_400_000);

/** The same time of day, some months later, on the last day of the month where the month is too short. */
function monthsAfter(time: number, months: number): number {
  const later = new Date(time);
  const day = later.getUTCDate();
  later.setUTCDate(1);
  later.setUTCMonth(later.getUTCMonth() + months + 1, 0);
  later.setUTCDate(Math.min(day, later.getUTCDate()));
  return later.getTime();
}
