import type { Knex } from 'knex';
import { converter, minorDigits, type Rates } from '../../../clv/convert';
import { type PaidOrder, paidOrders } from '../../../clv/people/paid-orders';
import type { UnitPast } from '../../models/experiments/covariates';
import { DAY_MS } from '../store/experiments';
import type { MetUnit } from './met-units';

/** What a unit is worth is counted in. */
export interface Worth extends Rates {
  /** `ranking.value`: revenue, else margin. */
  value: string;
}

/** In major units of the report's currency, one place for each unit. */
export interface Worths extends UnitPast {
  value: Float64Array;
  /** 1 for those with an order since they met it. */
  bought: Uint8Array;
}

/** How far back a unit's past goes. */
const PAST_MS = 365 * DAY_MS;
/** Persons whose orders are read by one statement. */
const AT_ONCE = 1_000;

/** What an order is worth, in major units. */
export function worthOf({ value, currency, rates }: Worth): (order: PaidOrder) => number {
  const convert = converter({ currency, rates });
  const scale = 10 ** minorDigits(currency);
  return (order) =>
    convert(value === 'revenue' ? order.amount : order.amount - order.cost, order.currency) / scale;
}

/**
 * What each unit brought from its meeting until a moment, and the year before it; the year before only of those who were known
 * then. Refunds count when they were made.
 */
export async function readWorths(
  knex: Knex,
  units: readonly MetUnit[],
  until: number,
  worth: Worth,
  onProgress: (fraction: number) => void,
): Promise<Worths> {
  const n = units.length;
  const found: Worths = {
    value: new Float64Array(n),
    bought: new Uint8Array(n),
    before: new Float64Array(n),
    ordersBefore: new Float64Array(n),
    sinceLast: new Float64Array(n).fill(Number.POSITIVE_INFINITY),
    daysIn: Float64Array.from(units, (unit) => (until - unit.metAt) / DAY_MS),
  };
  const place = new Map<string, number>();
  units.forEach((unit, i) => {
    if (unit.personId !== null) place.set(unit.personId, i);
  });
  const worthIn = worthOf(worth);
  const persons = [...place.keys()].sort();
  for (let from = 0; from < persons.length; from += AT_ONCE) {
    for (const order of await paidOrders(knex, { persons: persons.slice(from, from + AT_ONCE) })) {
      const i = place.get(order.personId)!;
      count(found, i, units[i]!, order, worthIn, until);
    }
    onProgress(Math.min(1, (from + AT_ONCE) / persons.length));
  }
  return found;
}

function count(
  found: Worths,
  i: number,
  { metAt, known }: MetUnit,
  order: PaidOrder,
  worthIn: (order: PaidOrder) => number,
  until: number,
): void {
  if (order.at >= until) return;
  if (order.at >= metAt) {
    found.value[i]! += worthIn(order);
    if (order.amount > 0) found.bought[i] = 1;
  } else if (known && order.at >= metAt - PAST_MS) {
    found.before[i]! += worthIn(order);
    if (order.amount <= 0) return;
    found.ordersBefore[i]! += 1;
    found.sinceLast[i] = Math.min(found.sinceLast[i]!, (metAt - order.at) / DAY_MS);
  }
}
