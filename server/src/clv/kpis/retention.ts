import type { MonthGrid } from './month-grid';

/*
 * Without a contract nobody says that they leave. The rule is stated instead: a customer is active until `inactivity`
 * after the last order. Whoever came back after a longer silence had not left: counted as lost at each such silence, people
 * who buy often would be lost again and again, for one gap in ten is longer than the rule by its making.
 */

const DAY = 86_400_000;
const FEWEST_GAPS = 30;
const BOUNDS = { least: 30, most: 730, unknown: 365 } as const;
const QUANTILE = 0.9;

/** Counts gaps between orders of one customer by whole days; gaps of less than a day are one shopping trip. */
export class GapDays {
  private readonly counts = new Float64Array(BOUNDS.most + 1);
  private total = 0;

  add(gap: number): void {
    const days = Math.min(BOUNDS.most, Math.floor(gap / DAY));
    if (days < 1) return;
    this.counts[days]! += 1;
    this.total += 1;
  }

  /**
   * The rule that fits these gaps: nine in ten of all repeat orders came within so many days. Between 30 and 730; 365
   * while there are too few repeat orders to tell.
   */
  inactivityDays(): number {
    if (this.total < FEWEST_GAPS) return BOUNDS.unknown;
    let seen = 0;
    let days = 0;
    while (seen < QUANTILE * this.total) seen += this.counts[++days]!;
    return Math.min(BOUNDS.most, Math.max(BOUNDS.least, days + 1));
  }
}

/** What customers did month by month; one entry for each month of the grid. */
export interface Activity {
  /** Active at the beginning of the month. */
  atStart: Float64Array;
  /** Of these, no longer active at its end. */
  lost: Float64Array;
  /** Active on some day of the month. */
  active: Float64Array;
  /** Active at its end and twelve months before; and active twelve months before at all. */
  kept: Float64Array;
  keptOf: Float64Array;
}

export const noActivity = (months: number): Activity => ({
  atStart: new Float64Array(months),
  lost: new Float64Array(months),
  active: new Float64Array(months),
  kept: new Float64Array(months),
  keptOf: new Float64Array(months),
});

/** One customer's part in the window of the latest complete months: what churn and revenue per month are made of. */
export interface Window {
  activeMonths: number;
  atRisk: number;
  lost: number;
}

/** The months [from, to) of the grid that figures of "the last year" are about: up to twelve complete ones. */
export function lastYear({ names }: MonthGrid): { from: number; to: number } {
  const to = names.length - 1;
  return { from: Math.max(0, to - 12), to };
}

/** Bit of the month eleven before: its beginning is twelve months before the end of this one. */
const YEAR_AGO = 1 << 11;

/**
 * Follows one customer through the months.
 *
 * @param times moments of the orders, ascending
 * @param inactivity milliseconds
 */
export function follow(
  times: ArrayLike<number>,
  inactivity: number,
  grid: MonthGrid,
  activity: Activity,
): Window {
  const window = { activeMonths: 0, atRisk: 0, lost: 0 };
  if (times.length === 0) return window;
  const { from, to } = lastYear(grid);
  const until = times[times.length - 1]! + inactivity;
  /** Whether active at the beginning of this month (lowest bit) and of the eleven before. */
  let past = 0;
  for (let month = grid.indexOf(times[0]!); month < grid.names.length; month++) {
    const start = grid.starts[month]!;
    const atStart = times[0]! < start && until > start;
    const active = until > start;
    const atEnd = until > grid.starts[month + 1]!;
    past = ((past << 1) | Number(atStart)) & (2 * YEAR_AGO - 1);
    if (!active && past === 0) break;
    if (active) activity.active[month]! += 1;
    if (atStart) activity.atStart[month]! += 1;
    if (atStart && !atEnd) activity.lost[month]! += 1;
    if (past & YEAR_AGO) activity.keptOf[month]! += 1;
    if (past & YEAR_AGO && atEnd) activity.kept[month]! += 1;
    if (month < from || month >= to) continue;
    window.activeMonths += Number(active);
    window.atRisk += Number(atStart);
    window.lost += Number(atStart && !atEnd);
  }
  return window;
}
