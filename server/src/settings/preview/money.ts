import type { Knex } from 'knex';
import type { ClvConfig } from '../../config';
import type { MoneyPreview } from '../api-types';

type Money = Pick<ClvConfig['value'], 'currency' | 'rates'>;

/** How many rows there are of each currency. */
async function counted(question: Knex.QueryBuilder): Promise<Map<string, number>> {
  const rows: { currency: string; n: number | string }[] = await question
    .groupBy('currency')
    .select('currency')
    .count({ n: '*' });
  return new Map(rows.map(({ currency, n }) => [currency, Number(n)]));
}

/** Which currencies occur in what runs read, and which of them the draft has no rate for. */
export async function moneyPreview(knex: Knex, current: Money, draft: Money): Promise<MoneyPreview> {
  const orders = await counted(knex('clv_orders').where({ status: 'paid' }).whereNot({ amount: 0 }));
  const others = [
    await counted(knex('clv_costs').whereNot({ amount: 0 })),
    await counted(knex('clv_subscriptions').whereNot({ mrr: 0 })),
    await counted(
      knex('clv_customers').where((either) =>
        either.whereNot({ acquisition_cost: 0 }).orWhereNot({ service_cost_per_month: 0 }),
      ),
    ),
  ];
  const names = [...new Set([orders, ...others].flatMap((counts) => [...counts.keys()]))];
  const lacksRate = (currency: string) =>
    currency !== draft.currency && !Object.hasOwn(draft.rates, currency);
  const sum = (counts: number[]) => counts.reduce((total, n) => total + n, 0);
  const currencies = names
    .map((currency) => ({
      currency,
      orders: orders.get(currency) ?? 0,
      others: sum(others.map((counts) => counts.get(currency) ?? 0)),
      lacksRate: lacksRate(currency),
    }))
    .sort((a, b) => b.orders - a.orders || a.currency.localeCompare(b.currency));
  const isStale = (currency: string) =>
    current.currency !== draft.currency && current.rates[currency] === draft.rates[currency];
  return {
    currency: draft.currency,
    currencies,
    orders: sum(currencies.map((row) => row.orders)),
    lacking: sum(currencies.filter((row) => row.lacksRate).map((row) => row.orders)),
    staleRates: Object.keys(draft.rates).filter(isStale),
  };
}
