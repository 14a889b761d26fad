import type { Knex } from 'knex';
import type { CostsPage } from './api-types';

/** Names offered of one thing; a form that lists more helps nobody. */
const MOST = 200;

async function valuesOf(knex: Knex, table: string, column: string): Promise<string[]> {
  const values: string[] = await knex(table)
    .whereNotNull(column)
    .whereNot(column, '')
    .distinct(column)
    .orderBy(column)
    .limit(MOST)
    .pluck(column);
  return values;
}

const together = (...lists: string[][]) => [...new Set(lists.flat())].sort((a, b) => a.localeCompare(b));

/** What there are costs of, and the names that costs, customers and orders have: a cost counts where names agree. */
export async function namesOf(knex: Knex): Promise<Pick<CostsPage, 'stored' | 'known'>> {
  const months = await valuesOf(knex, 'clv_costs', 'month');
  const channels = await valuesOf(knex, 'clv_costs', 'channel');
  return {
    stored: { months: months.sort().reverse(), channels: together(channels) },
    known: {
      channels: together(
        channels,
        await valuesOf(knex, 'clv_customers', 'channel'),
        await valuesOf(knex, 'clv_orders', 'channel'),
      ),
      product_lines: together(
        await valuesOf(knex, 'clv_costs', 'product_line'),
        await valuesOf(knex, 'clv_orders', 'product_line'),
      ),
      segments: together(
        await valuesOf(knex, 'clv_costs', 'segment'),
        await valuesOf(knex, 'clv_customers', 'segment'),
      ),
    },
  };
}
