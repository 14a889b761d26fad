import { stringify } from 'csv-stringify/sync';
import type { Knex } from 'knex';
import { columnsOfJobErrors, readJobErrors } from './job-errors';

/**
 * The rejected rows of an import as CSV, piece by piece: line, column, reason, and the cells as they were (but no
 * email), so that they can be corrected and imported again. A cell that a spreadsheet would run as a formula gets an
 * apostrophe in front; the importer takes it off again.
 */
export async function* errorsCsv(knex: Knex, jobId: string): AsyncGenerator<string> {
  const columns = await columnsOfJobErrors(knex, jobId);
  yield stringify([['row', 'field', 'reason', ...columns]]);
  for await (const page of readJobErrors(knex, jobId)) {
    const lines = page.map(({ row, field, reason, cells }) => [
      row,
      field ?? '',
      reason,
      ...columns.map((column) => cells?.[column] ?? ''),
    ]);
    yield stringify(lines, { escape_formulas: true });
  }
}
