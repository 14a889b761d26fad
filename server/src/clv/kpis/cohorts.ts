import type { CohortRow } from '../api-types';
import type { OrderPart } from './customer-economics';

/** Months that a cohort is followed. */
export const FOLLOWED = 24;

interface Cohort {
  customers: number;
  /** By months since the first order: customers known for so long, those who ordered in it, and the margin of it. */
  known: number[];
  ordered: number[];
  margin: number[];
  /** Margin before the month, of the customers known then: so that the mean is over the same people. */
  before: number[];
}

/**
 * What customers did by months since their first order, by cohort. Only whole months count, so that the last cell is no
 * lower for having had less time.
 */
export class CohortTable {
  private readonly cohorts = new Map<string, Cohort>();

  /** @param lastMonth the last complete month of the grid */
  constructor(private readonly lastMonth: number) {}

  /** Adds one customer; parts in the order of months. Refunds before the first order count with its month. */
  add(name: string, firstMonth: number, parts: OrderPart[]): void {
    const cohort = this.of(name);
    cohort.customers += 1;
    const months = Math.min(FOLLOWED, this.lastMonth - firstMonth);
    let next = 0;
    let reached = 0;
    for (let since = 0; since <= months; since++) {
      let orders = 0;
      let margin = 0;
      for (; next < parts.length && parts[next]!.month <= firstMonth + since; next++) {
        orders += parts[next]!.orders;
        margin += parts[next]!.revenue - parts[next]!.cost;
      }
      cohort.known[since] = (cohort.known[since] ?? 0) + 1;
      cohort.ordered[since] = (cohort.ordered[since] ?? 0) + (orders > 0 ? 1 : 0);
      cohort.margin[since] = (cohort.margin[since] ?? 0) + margin;
      cohort.before[since] = (cohort.before[since] ?? 0) + reached;
      reached += margin;
    }
  }

  private of(name: string): Cohort {
    let cohort = this.cohorts.get(name);
    if (!cohort) {
      cohort = { customers: 0, known: [], ordered: [], margin: [], before: [] };
      this.cohorts.set(name, cohort);
    }
    return cohort;
  }

  /** The cohorts with most customers, at most `most` of them; in the order of their names with `byName`. */
  rows(most: number, { byName = false } = {}): Omit<CohortRow, 'title'>[] {
    const largest = [...this.cohorts].sort((a, b) => b[1].customers - a[1].customers || order(a[0], b[0]));
    const kept = byName
      ? [...this.cohorts].sort((a, b) => order(a[0], b[0])).slice(-most)
      : largest.slice(0, most);
    return kept.map(([cohort, { customers, known, ordered, margin, before }]) => ({
      cohort,
      customers,
      cells: Array.from({ length: FOLLOWED + 1 }, (_, since) => {
        const n = known[since];
        if (n === undefined) return null;
        return { n, retained: ordered[since]! / n, cumulativeValue: (before[since]! + margin[since]!) / n };
      }),
    }));
  }
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
