import { BadField, quoted } from './bad-field';
import { parseCurrency, parseMoney } from './parse-money';
import { parseTime } from './parse-time';

export type OrderStatus = 'paid' | 'refunded' | 'cancelled';

/** One order as a CSV row or an API body tells it. Amounts are minor units; a negative one is a refund. */
export interface OrderRow {
  orderId: string;
  customerId: string;
  /** UTC epoch milliseconds */
  orderedAt: number;
  amount: number;
  /** null when it was not given */
  cost: number | null;
  currency: string;
  productLine: string | null;
  channel: string | null;
  /** Only paid orders count. */
  status: OrderStatus;
}

const STATUS: Record<string, OrderStatus> = {
  paid: 'paid',
  refunded: 'refunded',
  cancelled: 'cancelled',
  canceled: 'cancelled',
};

/**
 * Reads an order's status.
 *
 * @throws BadField when it is none
 */
export function parseStatus(text: string): OrderStatus {
  const known = STATUS[text.toLowerCase()];
  if (known) return known;
  throw new BadField(
    'status',
    `is none of paid, refunded and cancelled: ${quoted(text)}; leave it empty for a paid order`,
  );
}

/** A value that has to be there. */
export function required(values: Record<string, string>, field: string): string {
  const value = values[field];
  if (!value) throw new BadField(field, 'is empty');
  return value;
}

/**
 * Reads the columns of `COLUMNS.orders`.
 *
 * @param startOfDay when a bare date begins; at its midnight in UTC unless told
 * @throws BadField on the first value that cannot be read
 */
export function orderRow(values: Record<string, string>, startOfDay?: (day: string) => number): OrderRow {
  const orderId = required(values, 'order_id');
  const customerId = required(values, 'customer_id');
  const orderedAt = parseTime(values.ordered_at ?? '', 'ordered_at', startOfDay);
  const currency = parseCurrency(values.currency ?? '');
  return {
    orderId,
    customerId,
    orderedAt,
    amount: parseMoney(values.amount ?? '', currency),
    cost: values.cost ? parseMoney(values.cost, currency, 'cost') : null,
    currency,
    productLine: values.product_line || null,
    channel: values.channel || null,
    status: values.status ? parseStatus(values.status) : 'paid',
  };
}
