import type { Knex } from 'knex';
import { insertRows } from '../../storage/insert-rows';
import type { RowProblem } from '../api-types';
import { keepable, keepableReason } from '../rows/keepable';
import type { Cells } from './file-rows';

/** A row that was not taken, and its cells where they could be told apart. */
export interface RejectedRow extends RowProblem {
  cells: Cells | null;
}

/** Keeps rejected rows of an import for its error file. */
export async function saveJobErrors(knex: Knex, jobId: string, rows: RejectedRow[]): Promise<void> {
  await insertRows(
    knex,
    'clv_job_errors',
    [
      { name: 'job_id', type: 'text' },
      { name: 'row_number', type: 'integer' },
      { name: 'field', type: 'text' },
      { name: 'reason', type: 'text' },
      { name: 'raw', type: 'text' },
    ],
    rows.map(({ row, field, reason, cells }) => [
      jobId,
      row,
      field,
      keepableReason(reason),
      cells && JSON.stringify(keepable(cells)),
    ]),
  );
}

const PAGE = 1_000;

/** The rejected rows of an import in the order of the file, page by page. */
export async function* readJobErrors(knex: Knex, jobId: string): AsyncGenerator<RejectedRow[]> {
  let after = 0;
  for (;;) {
    const rows = await knex('clv_job_errors')
      .where({ job_id: jobId })
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE)
      .select('id', 'row_number', 'field', 'reason', 'raw');
    if (rows.length > 0) {
      yield rows.map((row) => ({
        row: Number(row.row_number),
        field: row.field,
        reason: row.reason,
        cells: row.raw === null ? null : JSON.parse(row.raw),
      }));
    }
    if (rows.length < PAGE) return;
    after = Number(rows.at(-1).id);
  }
}

/** The columns that the rejected rows of an import have, in the file's order. */
export async function columnsOfJobErrors(knex: Knex, jobId: string): Promise<string[]> {
  const row = await knex('clv_job_errors').where({ job_id: jobId }).whereNotNull('raw').first('raw');
  return row ? Object.keys(JSON.parse(row.raw)) : [];
}

const KEPT_DAYS = 30;

/** Forgets the rejected rows of imports that are long over: they hold customers' data. */
export async function forgetOldErrors(knex: Knex, now: number): Promise<void> {
  const before = now - KEPT_DAYS * 86_400_000;
  const old = knex('clv_jobs').where('kind', 'import').where('created_at', '<', before).select('id');
  await knex('clv_job_errors').whereIn('job_id', old).delete();
}
