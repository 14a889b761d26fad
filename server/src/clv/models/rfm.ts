import type { OrderDays } from './order-days';
import { DAYS_PER, type TimeUnit } from './units';

export interface RfmOptions {
  unit: TimeUnit;
  /** Last day of the observation, inclusive; a day number. */
  until: number;
  /** Last day of the holdout that follows it, inclusive; left out when there is none. */
  holdoutEnd?: number;
  /** Minor units in one major unit: 100 for EUR. Values come out in major units. */
  minorUnits: number;
}

/** What customers did after the observation. */
export interface Holdout {
  /** Its length in units. */
  periods: number;
  /** Order days of each customer. */
  orders: Float64Array;
  /** What they brought, refunds in the holdout taken off. */
  value: Float64Array;
}

/**
 * Recency, frequency and value of each customer, in columns with one row a customer.
 *
 * - All orders of a customer on one day are one order. x is the number of order days after the first, t_x the time from
 *   the first to the last, T that from the first to the end of the observation (day differences over days in a unit).
 * - A refund makes no order day. It lowers the value of the last order day before it (or on it), as long as both lie on
 *   one side of the end of the observation; before any order, that of the first. Who has refunds alone is no customer.
 * - An order of nothing is an order day. Only days that brought more than nothing, after refunds, enter the spend.
 * - The first order day is no part of the spend, as in Fader and Hardie's Gamma-Gamma recipe ("The gamma-gamma model of
 *   monetary value", 2013): a first order often is unlike the later ones.
 */
export interface Rfm {
  unit: TimeUnit;
  /** The customers' numbers, ascending. */
  customer: Int32Array;
  frequency: Float64Array;
  recency: Float64Array;
  age: Float64Array;
  /** Sum of ln(time between neighbouring orders). */
  logGaps: Float64Array;
  /** Repeat days that brought something, and the mean of what they brought; 0 and 0 without one. */
  spendDays: Float64Array;
  meanSpend: Float64Array;
  /** All that the customer brought in the observation. */
  total: Float64Array;
  /** Over all customers: order days, repeat days, and what each sort brought. */
  sums: { days: number; value: number; repeatDays: number; repeatValue: number };
  /** First and later order days on each day from `origin` to the end (of the holdout, if there is one). */
  origin: number;
  births: Float64Array;
  repeats: Float64Array;
  /** Last day of the observation. */
  until: number;
  holdout: Holdout | null;
  /** Who is not here: first order after the observation; refunds only. */
  left: { bornLater: number; refundsOnly: number };
}

/** Describes each customer by their order days; see `Rfm` for what counts as what. */
export function rfm(days: OrderDays, { unit, until, holdoutEnd, minorUnits }: RfmOptions): Rfm {
  const customers = days.start.length - 1;
  const end = holdoutEnd ?? until;
  const perUnit = DAYS_PER[unit];
  const origin = firstOrderDay(days, until);
  const births = new Float64Array(Math.max(0, end - origin + 1));
  const repeats = new Float64Array(births.length);
  const customer = new Int32Array(customers);
  const column = () => new Float64Array(customers);
  const columns = {
    frequency: column(),
    recency: column(),
    age: column(),
    logGaps: column(),
    spendDays: column(),
    meanSpend: column(),
    total: column(),
  };
  const later = { orders: column(), value: column() };
  const sums = { days: 0, value: 0, repeatDays: 0, repeatValue: 0 };
  const left = { bornLater: 0, refundsOnly: 0 };

  let n = 0;
  for (let c = 0; c < customers; c++) {
    const from = days.start[c]!;
    const to = days.start[c + 1]!;
    const seen = observe(days, from, to, until);
    if (seen.first === NEVER) {
      if (hasOrder(days, seen.next, to, end)) left.bornLater++;
      else if (seen.next > from) left.refundsOnly++;
      continue;
    }
    customer[n] = c;
    columns.frequency[n] = seen.repeatDays;
    columns.recency[n] = (seen.last - seen.first) / perUnit;
    columns.age[n] = (until - seen.first) / perUnit;
    columns.logGaps[n] = seen.logGaps - seen.repeatDays * Math.log(perUnit);
    columns.spendDays[n] = seen.spendDays;
    columns.meanSpend[n] = seen.spendDays > 0 ? seen.spend / seen.spendDays / minorUnits : 0;
    columns.total[n] = seen.value / minorUnits;
    sums.days += 1 + seen.repeatDays;
    sums.value += seen.value;
    sums.repeatDays += seen.repeatDays;
    sums.repeatValue += seen.repeatValue;

    births[seen.first - origin]!++;
    for (let row = from; row < to && days.day[row]! <= end; row++) {
      if (days.isOrder[row] && days.day[row]! > seen.first) repeats[days.day[row]! - origin]!++;
      if (row < seen.next) continue;
      later.orders[n]! += days.isOrder[row]!;
      later.value[n]! += days.value[row]!;
    }
    later.value[n]! /= minorUnits;
    n++;
  }
  const periods = (end - until) / perUnit;
  return {
    unit,
    customer: customer.subarray(0, n),
    ...firstRows(columns, n),
    sums: { ...sums, value: sums.value / minorUnits, repeatValue: sums.repeatValue / minorUnits },
    origin,
    births,
    repeats,
    until,
    holdout: holdoutEnd === undefined ? null : { periods, ...firstRows(later, n) },
    left,
  };
}

const NEVER = Number.MIN_SAFE_INTEGER;

/** One customer up to a day; values in minor units, times in days. */
interface Observed {
  first: number;
  last: number;
  repeatDays: number;
  logGaps: number;
  value: number;
  repeatValue: number;
  spend: number;
  spendDays: number;
  /** The row after the last one observed. */
  next: number;
}

function observe(days: OrderDays, from: number, to: number, until: number): Observed {
  const seen: Observed = {
    first: NEVER,
    last: NEVER,
    repeatDays: 0,
    logGaps: 0,
    value: 0,
    repeatValue: 0,
    spend: 0,
    spendDays: 0,
    next: from,
  };
  /** What the last order day brought, refunds so far taken off. */
  let ofDay = 0;
  const closeDay = () => {
    if (seen.repeatDays === 0) return;
    seen.repeatValue += ofDay;
    if (ofDay <= 0) return;
    seen.spend += ofDay;
    seen.spendDays++;
  };
  let row = from;
  for (; row < to && days.day[row]! <= until; row++) {
    const day = days.day[row]!;
    const value = days.value[row]!;
    seen.value += value;
    if (!days.isOrder[row]) {
      ofDay += value;
    } else if (seen.first === NEVER) {
      ofDay += value;
      seen.first = day;
      seen.last = day;
    } else {
      closeDay();
      ofDay = value;
      seen.repeatDays++;
      seen.logGaps += Math.log(day - seen.last);
      seen.last = day;
    }
  }
  closeDay();
  seen.next = row;
  return seen;
}

/** The first day with an order; the day after the observation when there is none. */
function firstOrderDay(days: OrderDays, until: number): number {
  let first = until + 1;
  for (let row = 0; row < days.day.length; row++) {
    if (days.isOrder[row] && days.day[row]! < first) first = days.day[row]!;
  }
  return first;
}

function hasOrder(days: OrderDays, from: number, to: number, end: number): boolean {
  for (let row = from; row < to && days.day[row]! <= end; row++) if (days.isOrder[row]) return true;
  return false;
}

function firstRows<Name extends string>(
  columns: Record<Name, Float64Array>,
  n: number,
): Record<Name, Float64Array> {
  const cut = Object.entries<Float64Array>(columns).map(([name, column]) => [name, column.subarray(0, n)]);
  return Object.fromEntries(cut) as Record<Name, Float64Array>;
}
