import { type Convert, minorDigits, type Rates } from '../convert';
import { apportion, apportionBy } from './apportion';

/** One paid order, a refund being one with a negative amount; minor units of its own currency. */
export interface EconomicOrder {
  at: number;
  amount: number;
  cost: number;
  currency: string;
  productLine: string | null;
}

/** What came in and went out; minor units of the report's currency. */
export interface Money {
  revenue: number;
  cost: number;
  service: number;
  acquisition: number;
}

export const noMoney = (): Money => ({ revenue: 0, cost: 0, service: 0, acquisition: 0 });

/** Revenue − cost of goods. */
export const marginOf = ({ revenue, cost }: Pick<Money, 'revenue' | 'cost'>): number => revenue - cost;

/** Historical value: revenue − cost of goods − cost to serve − cost of acquisition. */
export const clvOf = (money: Money): number => marginOf(money) - money.service - money.acquisition;

export function addMoney(sum: Money, more: Money): void {
  sum.revenue += more.revenue;
  sum.cost += more.cost;
  sum.service += more.service;
  sum.acquisition += more.acquisition;
}

/** What a person ordered of one product line in one month; minor units of the report's currency. */
export interface OrderPart {
  /** Place in the month grid. */
  month: number;
  /** '' where the order does not say. */
  productLine: string;
  revenue: number;
  cost: number;
  /** Orders that are no refunds. */
  orders: number;
}

/** Conversion by stated rates, and the same as a plain factor: for shares, which are rounded together. */
export interface Exchange {
  currency: string;
  convert: Convert;
  factorOf(currency: string): number;
}

export function exchangeOf(rates: Rates, convert: Convert): Exchange {
  const report = minorDigits(rates.currency);
  return {
    currency: rates.currency,
    convert,
    factorOf: (currency) => (rates.rates[currency] ?? 1) * 10 ** (report - minorDigits(currency)),
  };
}

/**
 * Divides one person's orders by month and product line. The sum in each foreign currency is converted and rounded
 * once, as the person's value is, and then divided over its parts; so the parts sum to the person's revenue and cost to
 * the cent.
 */
export function orderParts(
  orders: EconomicOrder[],
  monthOf: (time: number) => number,
  exchange: Exchange,
): OrderPart[] {
  const parts = new Map<string, OrderPart>();
  for (const [currency, own] of byCurrency(orders, monthOf)) {
    const converted = currency === exchange.currency ? own : convertParts(own, currency, exchange);
    for (const part of converted) mergeInto(parts, part);
  }
  return [...parts.values()].sort((a, b) => a.month - b.month);
}

const keyOf = ({ month, productLine }: OrderPart) => `${month} ${productLine}`;

function mergeInto(parts: Map<string, OrderPart>, part: OrderPart): void {
  const there = parts.get(keyOf(part));
  if (!there) {
    parts.set(keyOf(part), { ...part });
    return;
  }
  there.revenue += part.revenue;
  there.cost += part.cost;
  there.orders += part.orders;
}

function byCurrency(orders: EconomicOrder[], monthOf: (time: number) => number): Map<string, OrderPart[]> {
  const currencies = new Map<string, Map<string, OrderPart>>();
  for (const { at, amount, cost, currency, productLine } of orders) {
    let parts = currencies.get(currency);
    if (!parts) {
      parts = new Map();
      currencies.set(currency, parts);
    }
    const isOrder = amount >= 0 ? 1 : 0;
    const part = {
      month: monthOf(at),
      productLine: productLine ?? '',
      revenue: amount,
      cost,
      orders: isOrder,
    };
    mergeInto(parts, part);
  }
  return new Map([...currencies].map(([currency, parts]) => [currency, [...parts.values()]]));
}

function convertParts(parts: OrderPart[], currency: string, { convert, factorOf }: Exchange): OrderPart[] {
  const factor = factorOf(currency);
  const inReport = (amounts: number[]) => {
    const total = convert(
      amounts.reduce((sum, amount) => sum + amount, 0),
      currency,
    );
    return apportion(
      total,
      amounts.map((amount) => amount * factor),
    );
  };
  const revenues = inReport(parts.map((part) => part.revenue));
  const costs = inReport(parts.map((part) => part.cost));
  return parts.map((part, i) => ({ ...part, revenue: revenues[i]!, cost: costs[i]! }));
}

/** One person's economics by product line. */
export interface LinePart extends Money {
  productLine: string;
  orders: number;
  predicted: number;
}

/**
 * Divides one person's economics by product line. Revenue and cost of goods are those of the orders; service,
 * acquisition and what is predicted belong to the person, and are divided by what each line brought in (refunds taken
 * off), `''` taking all where nothing did.
 */
export function economicsByLine(
  parts: OrderPart[],
  { service, acquisition }: Money,
  predicted: number,
): LinePart[] {
  const lines = new Map<string, LinePart>();
  for (const { productLine, revenue, cost, orders } of parts) {
    const line = lines.get(productLine) ?? { productLine, ...noMoney(), orders: 0, predicted: 0 };
    line.revenue += revenue;
    line.cost += cost;
    line.orders += orders;
    lines.set(productLine, line);
  }
  const list = [...lines.values()];
  if (!list.some(({ revenue }) => revenue > 0) && (service || acquisition || predicted) && !lines.has('')) {
    list.unshift({ productLine: '', ...noMoney(), orders: 0, predicted: 0 });
  }
  list.sort((a, b) => (a.productLine < b.productLine ? -1 : 1));
  const weights = list.map(({ revenue }) => Math.max(0, revenue));
  const [services, acquisitions, predictions] = [service, acquisition, predicted].map((whole) =>
    apportionBy(whole, weights),
  );
  return list.map((line, i) => ({
    ...line,
    service: services![i]!,
    acquisition: acquisitions![i]!,
    predicted: predictions![i]!,
  }));
}
