import type { Stage } from '../api-types';
import type { Convert } from '../convert';
import { historicalValue } from '../historical-value';
import type { Money } from '../kpis/customer-economics';
import { serviceOf, sumsOf } from '../ledger';
import type { Months } from '../months';
import type { PersonFacts } from '../people/facts';
import { sumOrders } from '../people/sum-orders';

/** What is kept of each person until all were seen; minor units of the report's currency. */
export interface KpiPerson extends Money {
  /** '' where nobody said. */
  channel: string;
  segment: string;
  /** Product line of the first order. */
  productLine: string;
  /** Month of the first order, or of the first subscription, in the grid; −1 of somebody who is no customer. */
  month: number;
  joinedAt: number | null;
  /** Margin less cost to serve by complete month since the first order, 60 at most. */
  leftByMonth: Float64Array;
  orders: number;
  firstOrderAt: number | null;
  lastOrderAt: number | null;
  /** Between the last order and the one before, when these are a day apart or more. */
  lastGap: number | null;
  /** Where the order times of this person are among all. */
  times: { from: number; to: number };
  /** Orders, revenue, cost of goods and service of the latest twelve complete months. */
  year: { orders: number; revenue: number; cost: number; service: number };
  predicted: number | null;
  /** Where it is told already; else it is told by P(alive) and the rule of inactivity. */
  stage: Stage | null;
  pAlive: number | null;
  gap: number | null;
  previousTier: string | null;
  since: { orders: number; revenue: number; touches: number };
}

const DAY = 86_400_000;

/** Revenue, costs and service so far of one person, each converted and rounded once, as everywhere. */
export function moneyOf(
  { orders, records }: PersonFacts,
  firstOrderAt: number | null,
  now: number,
  months: Months,
  convert: Convert,
): { money: Money; servedSince: number | null } {
  const served = records.map((record) => ({
    ...record,
    service: serviceOf(record, firstOrderAt, now, months),
  }));
  const since = served.flatMap(({ service }) => (service.amount > 0 ? (service.since ?? []) : []));
  const { revenue, cost, service, acquisition } = historicalValue(sumsOf(sumOrders(orders), served), convert);
  return {
    money: { revenue, cost, service, acquisition },
    servedSince: since.length > 0 ? Math.min(...since) : null,
  };
}

/** Where somebody came from: the last record that says so, else the first order. */
export function channelOf({ records, orders }: PersonFacts): string {
  return (
    records.findLast(({ channel }) => channel)?.channel ??
    orders.find(({ channel }) => channel)?.channel ??
    ''
  );
}

export const segmentOf = ({ records }: PersonFacts): string =>
  records.findLast(({ segment }) => segment)?.segment ?? '';

/** The time between the last two orders that are not of one day. */
export function lastGapOf(times: number[]): number | null {
  const last = times.at(-1);
  const before = last === undefined ? undefined : times.findLast((time) => last - time >= DAY);
  return before === undefined ? null : last! - before;
}

/** The part of a cost that ran evenly from `since` to `now` which falls between two moments. */
export function accrued(amount: number, since: number | null, now: number, from: number, to: number): number {
  if (since === null || now <= since) return 0;
  return (amount * Math.max(0, Math.min(to, now) - Math.max(from, since))) / (now - since);
}
