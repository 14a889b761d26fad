import { minorDigits } from '../../clv/convert';
import { startOfDayIn } from '../../clv/start-of-day';
import { COLUMNS } from '../../crm/csv/columns';
import { orderRow } from '../../crm/csv/order-row';
import { note } from '../notes';
import { readRows } from '../read-rows';

export interface OrderFact {
  customerId: string;
  at: number;
  value: number;
  refund: boolean;
  channel: string | null;
}

export interface Orders {
  facts: OrderFact[];
  /** null when there is no order that counts. */
  currency: string | null;
  /** Decimals of the currency. */
  digits: number;
}

/**
 * Reads the orders that count. An order id that comes again replaces the row before it, as in an import.
 *
 * @param timezone in which a bare date begins
 * @throws when the file holds several currencies, or cannot be read
 */
export async function readOrders(
  file: string,
  value: 'revenue' | 'margin',
  timezone: string,
): Promise<Orders> {
  const startOfDay = startOfDayIn(timezone);
  const toRow = (values: Record<string, string>) => orderRow(values, startOfDay);
  const byId = new Map<string, OrderFact>();
  const currencies = new Set<string>();
  const count = { repeated: 0, unpaid: 0, withoutCost: 0 };
  for await (const row of readRows(file, COLUMNS.orders, toRow)) {
    if (byId.delete(row.orderId)) count.repeated++;
    if (row.status !== 'paid') {
      count.unpaid++;
      continue;
    }
    currencies.add(row.currency);
    if (row.cost === null) count.withoutCost++;
    byId.set(row.orderId, {
      customerId: row.customerId,
      at: row.orderedAt,
      value: value === 'margin' ? row.amount - (row.cost ?? 0) : row.amount,
      refund: row.amount < 0,
      channel: row.channel,
    });
  }
  if (currencies.size > 1) {
    const list = [...currencies].sort().join(', ');
    throw new Error(
      `${file}: holds several currencies (${list}); convert the amounts to one, or take each apart`,
    );
  }
  if (count.repeated > 0)
    note(`${file}: ${count.repeated} order ids came again; the last row of each counts`);
  if (count.unpaid > 0) note(`${file}: ${count.unpaid} orders are refunded or cancelled and do not count`);
  if (value === 'margin' && count.withoutCost > 0) {
    note(`${file}: ${count.withoutCost} orders have no cost; it counts as 0`);
  }
  const [currency = null] = currencies;
  return { facts: [...byId.values()], currency, digits: currency ? minorDigits(currency) : 2 };
}
