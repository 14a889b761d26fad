import { localDaysIn } from './local-days';

/** Orders in columns, in any order. */
export interface OrderColumns {
  /** The customer's number, from 0. */
  customer: Int32Array;
  /** UTC epoch milliseconds. */
  at: Float64Array;
  /** Revenue or margin in integer minor units, so that sums are exact. */
  value: Float64Array;
  /** 1 for a refund: it is no order, and lowers the value of one. */
  refund: Uint8Array;
}

export interface OrderDaysOptions {
  /** How many customers there are: all numbers in `customer` are below. */
  customers: number;
  /** IANA time zone that the days are counted in. */
  timezone: string;
  /** Orders after this day (a day number, see `dayNumber`) are left out: they lie in the future. */
  end: number;
}

/** What each customer did on each day, by customer and then by day: rows `start[c]` to `start[c + 1]` are customer `c`. */
export interface OrderDays {
  start: Int32Array;
  /** Day numbers. */
  day: Int32Array;
  /** Sum of the day's orders and refunds, in minor units. */
  value: Float64Array;
  /** 0 for a day with refunds alone. */
  isOrder: Uint8Array;
  /** Orders and refunds after the end, left out. */
  afterEnd: number;
}

/** Merges the orders of one customer on one day, as counted in the time zone; takes time in proportion to the orders. */
export function orderDays(orders: OrderColumns, { customers, timezone, end }: OrderDaysOptions): OrderDays {
  const dayOf = localDaysIn(timezone);
  const days = Int32Array.from(orders.at, dayOf);
  const kept = new Uint32Array(days.length);
  let size = 0;
  for (let i = 0; i < days.length; i++) if (days[i]! <= end) kept[size++] = i;
  const sorted = sortedBy(orders.customer, sortedBy(days, kept.subarray(0, size)));

  const merged: OrderDays = {
    start: new Int32Array(customers + 1),
    day: new Int32Array(size),
    value: new Float64Array(size),
    isOrder: new Uint8Array(size),
    afterEnd: days.length - size,
  };
  let row = -1;
  let lastCustomer = -1;
  for (const i of sorted) {
    const customer = orders.customer[i]!;
    if (customer !== lastCustomer || days[i] !== merged.day[row]) {
      merged.day[++row] = days[i]!;
      merged.start[customer + 1]!++;
    }
    lastCustomer = customer;
    merged.value[row]! += orders.value[i]!;
    if (!orders.refund[i]) merged.isOrder[row] = 1;
  }
  for (let c = 0; c < customers; c++) merged.start[c + 1]! += merged.start[c]!;
  const rows = row + 1;
  return {
    ...merged,
    day: merged.day.subarray(0, rows),
    value: merged.value.subarray(0, rows),
    isOrder: merged.isOrder.subarray(0, rows),
  };
}

/** Sorts row numbers by a whole-number key, keeping the order of equal ones (a counting sort). */
function sortedBy(key: Int32Array, rows: Uint32Array): Uint32Array {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const row of rows) {
    if (key[row]! < low) low = key[row]!;
    if (key[row]! > high) high = key[row]!;
  }
  if (rows.length === 0) return rows;
  const place = new Uint32Array(high - low + 2);
  for (const row of rows) place[key[row]! - low + 1]!++;
  for (let k = 1; k < place.length; k++) place[k]! += place[k - 1]!;
  const sorted = new Uint32Array(rows.length);
  for (const row of rows) sorted[place[key[row]! - low]!++] = row;
  return sorted;
}
