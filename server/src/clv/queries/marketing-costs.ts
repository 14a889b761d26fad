import type { Knex } from 'knex';

/** What a channel cost in a month, in minor units of its own currency. */
export interface MarketingCostRow {
  /** `2026-01` */
  month: string;
  channel: string;
  productLine: string | null;
  segment: string | null;
  amount: number;
  currency: string;
}

/** All costs of marketing and sales; some thousands of rows at most. */
export async function marketingCosts(knex: Knex): Promise<MarketingCostRow[]> {
  const rows = await knex('clv_costs')
    .orderBy('cost_key')
    .select('month', 'channel', 'product_line', 'segment', 'amount', 'currency');
  return rows.map((row) => ({
    month: row.month,
    channel: row.channel,
    productLine: row.product_line,
    segment: row.segment,
    amount: Number(row.amount),
    currency: row.currency,
  }));
}
