import { setImmediate as breathe } from 'node:timers/promises';
import { stringify } from 'csv-stringify/sync';
import type { CustomerRow } from '../api-types';

/** A time as exports have it; empty where there is none. */
export const timeOf = (time: number | null) => (time === null ? '' : new Date(time).toISOString());

type Column<Row> = readonly [name: string, cellOf: (row: Row) => string | number | null];

const COLUMNS: Column<CustomerRow>[] = [
  ['person_id', (row) => row.personId],
  ['customer_ids', (row) => row.customerIds.join(' ')],
  ['kind', (row) => row.kind],
  ['orders', (row) => row.orders],
  ['first_order_at', (row) => timeOf(row.firstOrderAt)],
  ['last_order_at', (row) => timeOf(row.lastOrderAt)],
  ['last_touch_at', (row) => timeOf(row.lastTouchAt)],
  ['channel', (row) => row.channel],
  ['segment', (row) => row.segment],
  ['revenue', (row) => row.revenue],
  ['historical_clv', (row) => row.historical],
  ['p_alive', (row) => row.pAlive],
  ['buy_probability', (row) => row.buyProbability],
  ['expected_orders', (row) => row.expectedOrders],
  ['predicted_clv', (row) => row.predicted],
  ['total_clv', (row) => row.total],
  ['tier', (row) => row.tier],
  ['previous_tier', (row) => row.previousTier],
  ['stage', (row) => row.stage],
  ['updated_at', (row) => timeOf(row.updatedAt)],
];

/**
 * Customers as CSV, piece by piece: what is not known is empty, and no cell is run as a formula by a spreadsheet.
 *
 * @param more columns behind the usual ones
 */
export async function* customersCsv<Row extends CustomerRow>(
  chunks: AsyncIterable<Row[]>,
  more: readonly Column<Row>[] = [],
): AsyncGenerator<string> {
  const columns: readonly Column<Row>[] = [...COLUMNS, ...more];
  yield stringify([columns.map(([name]) => name)]);
  for await (const rows of chunks) {
    const lines = rows.map((row) => columns.map(([, cellOf]) => cellOf(row)));
    yield stringify(lines, { escape_formulas: true });
    await breathe();
  }
}
