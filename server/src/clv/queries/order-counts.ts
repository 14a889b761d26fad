import type { Knex } from 'knex';

export interface OrderCounts {
  paid: number;
  refunds: number;
  /** Refunded or cancelled as a whole. */
  notCounted: number;
  /** Paid orders that are no refunds and have no cost. */
  withoutCost: number;
}

/** How many orders some customers have, by what they count as. */
export async function orderCounts(knex: Knex, customerIds: string[]): Promise<OrderCounts> {
  const sum = (condition: string, name: string) =>
    knex.raw(`COALESCE(SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END), 0) AS ??`, [name]);
  const row = await knex('clv_orders')
    .whereIn('customer_id', customerIds)
    .first(
      sum("status = 'paid' AND amount >= 0", 'paid'),
      sum("status = 'paid' AND amount < 0", 'refunds'),
      sum("status <> 'paid'", 'not_counted'),
      sum("status = 'paid' AND amount >= 0 AND cost IS NULL", 'without_cost'),
    );
  return {
    paid: Number(row.paid),
    refunds: Number(row.refunds),
    notCounted: Number(row.not_counted),
    withoutCost: Number(row.without_cost),
  };
}
