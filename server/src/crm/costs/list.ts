import type { Knex } from 'knex';
import { minorDigits } from '../../clv/convert';
import { formatMoney } from '../csv/format-money';
import type { CostsPage, CostTotal, ListedCost } from './api-types';
import type { CostsQuery } from './input';

type Filter = Pick<CostsQuery, 'month' | 'channel'>;

/** An amount of the table as people write it: 123450 EUR is `1234.50`. */
const written = (minor: number | string, currency: string) =>
  formatMoney(Number(minor), minorDigits(currency));

function matching(knex: Knex, { month, channel }: Filter): Knex.QueryBuilder {
  const costs = knex('clv_costs');
  if (month) costs.where({ month });
  if (channel) costs.where({ channel });
  return costs;
}

/** Costs that match, the newest month first. */
export async function listCosts(
  knex: Knex,
  query: CostsQuery,
): Promise<Pick<CostsPage, 'costs' | 'pagination' | 'totals'>> {
  const { page, pageSize } = query;
  const totals = await totalsOf(knex, query);
  const total = totals.reduce((sum, { costs }) => sum + costs, 0);
  const rows = await matching(knex, query)
    .orderBy([{ column: 'month', order: 'desc' }, 'channel', 'cost_key'])
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .select('*');
  return {
    costs: rows.map(toListed),
    pagination: { page, pageSize, pageCount: Math.ceil(total / pageSize), total },
    totals,
  };
}

async function totalsOf(knex: Knex, filter: Filter): Promise<CostTotal[]> {
  const rows: { currency: string; n: number | string; amount: number | string }[] = await matching(
    knex,
    filter,
  )
    .groupBy('currency')
    .orderBy('currency')
    .select('currency')
    .count({ n: '*' })
    .sum({ amount: 'amount' });
  return rows.map(({ currency, n, amount }) => ({
    currency,
    amount: written(amount, currency),
    costs: Number(n),
  }));
}

/** One cost as it is kept, by its `cost_key`; null when there is none. */
export async function findCost(knex: Knex, key: string): Promise<ListedCost | null> {
  const row = await knex('clv_costs').where({ cost_key: key }).first();
  return row ? toListed(row) : null;
}

function toListed(row: Record<string, string>): ListedCost {
  return {
    month: row.month!,
    channel: row.channel!,
    product_line: row.product_line ?? null,
    segment: row.segment ?? null,
    amount: written(row.amount!, row.currency!),
    currency: row.currency!,
    source: row.source!,
    updated_at: Number(row.updated_at),
  };
}
