import type { Knex } from 'knex';
import type { CostsPage } from './api-types';

/** Of customers and orders so many are looked at: enough to meet every name in use, and not the whole of a large table. */
const MOST_READ = 20_000;
const MOST_NAMES = 200;

/** The different values of a column, in their order. */
async function valuesOf(knex: Knex, table: string, column: string): Promise<string[]> {
  const some = knex(table).select(column).limit(MOST_READ).as('some');
  const values: (string | null)[] = await knex.from(some).distinct(column).limit(MOST_NAMES).pluck(column);
  return values.filter((value) => value !== null && value !== '') as string[];
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
