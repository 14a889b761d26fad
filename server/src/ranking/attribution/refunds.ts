import type { Convert } from '../../clv/convert';

/** One paid order, or a refund when the amount is negative. */
export interface BookedOrder {
  orderId: string;
  customerId: string;
  /** Epoch milliseconds. */
  at: number;
  /** Minor units of its own currency. */
  amount: number;
  currency: string;
  /** When the CRM created the deal behind it; null where nobody knows. */
  dealCreatedAt: number | null;
}

/** An order and what was given back of it, in minor units of the report's currency; refunds are negative. */
export interface SettledOrder {
  order: BookedOrder;
  amount: number;
  refunds: number[];
}

export interface Settlement {
  orders: SettledOrder[];
  /** What was given back of no order that is known here; negative or 0. */
  unmatched: number;
}

/**
 * Books each refund against the order it takes back: the latest one of the same customer, in the same currency, that came
 * before it and of which that much is left. Its credit is then taken back from the items that had it. A refund of which no
 * such order is known is booked against no content. Nothing that is ordered or given back later changes this.
 *
 * @param orders of one person, in any order
 */
export function settle(orders: readonly BookedOrder[], convert: Convert): Settlement {
  const inTime = [...orders].sort((a, b) => a.at - b.at || (a.orderId < b.orderId ? -1 : 1));
  const settled: (SettledOrder & { left: number })[] = [];
  let unmatched = 0;
  for (const order of inTime) {
    const amount = convert(order.amount, order.currency);
    if (order.amount >= 0) {
      settled.push({ order, amount, refunds: [], left: order.amount });
      continue;
    }
    const taken = settled.findLast(
      ({ order: before, left }) =>
        before.customerId === order.customerId && before.currency === order.currency && left >= -order.amount,
    );
    if (!taken) {
      unmatched += amount;
      continue;
    }
    taken.left += order.amount;
    taken.refunds.push(amount);
  }
  return { orders: settled.map(({ left: _, ...order }) => order), unmatched };
}

/** What an order is worth after refunds. */
export const netOf = ({ amount, refunds }: SettledOrder): number =>
  refunds.reduce((sum, refund) => sum + refund, amount);
