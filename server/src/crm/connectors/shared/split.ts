import { minorDigits } from '../../../clv/convert';
import type { CrmRow, PulledRecord } from '../../connector';
import { decimalOf, textOf, withScale } from './decimal';

type Cell = CrmRow[string];

/**
 * Parts of an amount that are as equal as the currency's smallest unit lets them be and add up to it exactly; the first
 * ones take what is left over. What cannot be divided (no number, finer than the smallest unit) stands in every part as
 * it is, for a complaint about it.
 */
export function splitEqually(amount: Cell, parts: number, currency: Cell): Cell[] {
  const whole = decimalOf(amount);
  if (parts === 1 || !whole || !/^[A-Za-z]{3}$/.test(String(currency))) return Array(parts).fill(amount);
  const scale = minorDigits(String(currency).toUpperCase());
  const { units } = withScale(whole, scale);
  if (withScale({ units, scale }, whole.scale).units !== whole.units) return Array(parts).fill(amount);
  const size = units < 0n ? -units : units;
  const count = BigInt(parts);
  return Array.from({ length: parts }, (_, i) => {
    const share = size / count + (BigInt(i) < size % count ? 1n : 0n);
    return textOf({ units: units < 0n ? -share : share, scale });
  });
}

/**
 * What a deal that is won amounts to: an order, and a subscription where its recurring revenue is known. Several customers
 * have a row each with a part of the amounts; without a customer there is one that nobody can be found for.
 */
export function rowsOfDeal(
  id: string,
  customers: string[],
  order: CrmRow,
  subscription: CrmRow,
): Pick<PulledRecord, 'orders' | 'subscriptions'> {
  return {
    orders: shared('order_id', id, customers, order, ['amount', 'cost']),
    ...(subscription.mrr
      ? { subscriptions: shared('subscription_id', id, customers, subscription, ['mrr']) }
      : {}),
  };
}

function shared(
  key: 'order_id' | 'subscription_id',
  id: string,
  customers: string[],
  row: CrmRow,
  amounts: string[],
): CrmRow[] {
  if (customers.length < 2) return [{ [key]: id, customer_id: customers[0] ?? null, ...row }];
  const parts = amounts
    .filter((column) => row[column] !== undefined)
    .map((column) => [column, splitEqually(row[column], customers.length, row.currency)] as const);
  return customers.map((customer_id, i) => ({
    [key]: `${id}:${customer_id}`,
    customer_id,
    ...row,
    ...Object.fromEntries(parts.map(([column, each]) => [column, each[i]])),
  }));
}
