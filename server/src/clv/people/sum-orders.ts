import type { OrderSums } from '../queries/order-sums';
import type { PaidOrder } from './paid-orders';

/** Sums the paid orders of one person by currency, as `orderSums` does in the database. */
export function sumOrders(orders: readonly PaidOrder[]): OrderSums[] {
  const byCurrency = new Map<string, OrderSums>();
  for (const { personId, currency, at, amount, cost } of orders) {
    let sums = byCurrency.get(currency);
    if (!sums) {
      sums = { personId, currency, firstOrderAt: null, firstPaidAt: at, orders: 0, revenue: 0, cost: 0 };
      byCurrency.set(currency, sums);
    }
    sums.firstPaidAt = Math.min(sums.firstPaidAt, at);
    sums.revenue += amount;
    sums.cost += cost;
    if (amount < 0) continue;
    sums.firstOrderAt = Math.min(sums.firstOrderAt ?? at, at);
    sums.orders += 1;
  }
  return [...byCurrency.values()];
}
