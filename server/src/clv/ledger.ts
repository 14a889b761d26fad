import type { Sums } from './historical-value';
import type { Months } from './months';
import type { CustomerCosts } from './queries/customer-costs';
import type { OrderSums } from './queries/order-sums';

/** The service of one customer record so far, in minor units of its currency. */
export interface Service {
  /** From the day of acquisition, or else of the first order; null when there was neither. */
  since: number | null;
  months: number;
  /** May have a fraction, since months have. */
  amount: number;
}

/** The person's first paid order that is no refund. */
export function firstOrderOf(orders: OrderSums[]): number | null {
  const times = orders.flatMap((row) => row.firstOrderAt ?? []);
  return times.length > 0 ? Math.min(...times) : null;
}

/** The person's first paid order of any kind: refunds tell that somebody was a customer too. */
export function firstPaidOf(orders: OrderSums[]): number | null {
  return orders.length > 0 ? Math.min(...orders.map((row) => row.firstPaidAt)) : null;
}

/** What serving a customer cost up to now. */
export function serviceOf(
  cost: CustomerCosts,
  firstOrderAt: number | null,
  now: number,
  months: Months,
): Service {
  const since = cost.acquiredAt ?? firstOrderAt;
  const served = since === null || cost.serviceCostPerMonth === 0 ? 0 : months(since, now);
  return { since, months: served, amount: cost.serviceCostPerMonth * served };
}

/** Adds up what a person brought and cost in each currency, so that each is converted and rounded once. */
export function sumsOf(orders: OrderSums[], costs: (CustomerCosts & { service: Service })[]): Sums[] {
  const byCurrency = new Map<string, Sums>();
  const sumsIn = (currency: string) => {
    let sums = byCurrency.get(currency);
    if (!sums) {
      sums = { currency, revenue: 0, cost: 0, service: 0, acquisition: 0 };
      byCurrency.set(currency, sums);
    }
    return sums;
  };
  for (const { currency, revenue, cost } of orders) {
    const sums = sumsIn(currency);
    sums.revenue += revenue;
    sums.cost += cost;
  }
  for (const { currency, acquisitionCost, service } of costs) {
    const sums = sumsIn(currency);
    sums.acquisition += acquisitionCost;
    sums.service += service.amount;
  }
  return [...byCurrency.values()];
}
