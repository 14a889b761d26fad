import type { Knex } from 'knex';
import { distinctValues } from '../../storage/distinct-values';
import type { CostsPage } from './api-types';

/** Names offered of one thing; a form that lists more helps nobody. */
const MOST = 200;

const valuesOf = async (knex: Knex, table: string, column: string): Promise<string[]> =>
  (await distinctValues(knex, table, column, { most: MOST })).filter((value) => value !== '');

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
