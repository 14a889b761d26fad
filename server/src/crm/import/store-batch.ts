import type { Knex } from 'knex';
import type { ImportKind } from '../api-types';
import type { CrmService } from '../service';
import type { Cells, FileRow } from './file-rows';
import { type RejectedRow, saveJobErrors } from './job-errors';
import type { Survey } from './survey';

export interface BatchOutcome {
  created: number;
  updated: number;
  unchanged: number;
  rejected: number;
  /** Lines whose key comes again later in the file. */
  superseded: number[];
  /** Orders that were taken though their customer has no record. */
  withoutRecord: number;
}

/** Stores some rows of a file, and keeps those that are rejected with their reason. */
export async function storeBatch(
  { knex, crm, jobId }: { knex: Knex; crm: CrmService; jobId: string },
  kind: ImportKind,
  batch: FileRow[],
  { isSuperseded }: Survey,
): Promise<BatchOutcome> {
  const taken: { line: number; cells: Cells }[] = [];
  const rejected: RejectedRow[] = [];
  const superseded: number[] = [];
  for (const row of batch) {
    if (!row.cells) rejected.push({ row: row.line, cells: null, ...row.problem });
    else if (isSuperseded(row.line, row.cells)) superseded.push(row.line);
    else taken.push(row);
  }

  const rows = taken.map((row) => row.cells);
  const outcome = await crm.upsert(kind, rows, 'csv');
  const refused = new Set<number>();
  for (const { index, ...problem } of outcome.rejected) {
    const { line, cells } = taken[index]!;
    rejected.push({ row: line, cells, ...problem });
    refused.add(index);
  }
  rejected.sort((a, b) => a.row - b.row);
  await saveJobErrors(knex, jobId, rejected);

  const customers = taken.filter((_, index) => !refused.has(index)).map((row) => row.cells.customer_id!);
  return {
    created: outcome.created,
    updated: outcome.updated,
    unchanged: outcome.unchanged,
    rejected: rejected.length,
    superseded,
    withoutRecord: kind === 'orders' ? await crm.countWithoutRecord(customers) : 0,
  };
}
