import { setImmediate as breathe } from 'node:timers/promises';
import type { Knex } from 'knex';
import type { ImportKind, ImportResult } from '../api-types';
import type { CrmService } from '../service';
import { type FileRow, fileRows } from './file-rows';
import { storeBatch } from './store-batch';
import { KEY, type Survey, survey } from './survey';

export interface ImportRun {
  kind: ImportKind;
  /** Where the file lies on this machine, and what its owner calls it. */
  path: string;
  file: string;
  jobId: string;
  knex: Knex;
  crm: CrmService;
  progress(fraction: number, stage: string): void;
  throwIfCancelled(): void;
}

/** Rows stored at a time: a few dozen milliseconds of work, after which other requests get their turn. */
const BATCH = 1_000;
const LINES_NAMED = 10;

/**
 * Imports a CSV file: reads it once to know its rows and the keys that come twice, then again to store it batch by
 * batch, so that memory does not grow with the file. What was stored stays when it fails or is cancelled; the same
 * file imported again adds what is missing and changes nothing else.
 *
 * @throws MissingColumns; whatever reading the file or the database throws
 */
export async function runImport(run: ImportRun): Promise<ImportResult> {
  const { kind, path, file, crm, progress, throwIfCancelled } = run;
  progress(0, 'reading');
  const isGood = (cells: unknown) => crm.problemOf(kind, cells) === null;
  const found = await survey(path, kind, isGood, throwIfCancelled);

  const result: ImportResult = {
    kind,
    file,
    rows: 0,
    created: 0,
    updated: 0,
    unchanged: 0,
    duplicates: 0,
    rejected: 0,
    notes: [],
  };
  const superseded: number[] = [];
  let withoutRecord = 0;
  for await (const batch of batches(fileRows(path, kind))) {
    throwIfCancelled();
    const outcome = await storeBatch(run, kind, batch, found);
    result.rows += batch.length;
    result.created += outcome.created;
    result.updated += outcome.updated;
    result.unchanged += outcome.unchanged;
    result.duplicates += outcome.superseded.length;
    result.rejected += outcome.rejected;
    withoutRecord += outcome.withoutRecord;
    superseded.push(...outcome.superseded.slice(0, LINES_NAMED - superseded.length));
    progress(result.rows / found.rows, 'saving');
    await breathe();
  }
  result.notes = notesOf(result, found, superseded, withoutRecord);
  return result;
}

async function* batches(rows: AsyncIterable<FileRow>): AsyncGenerator<FileRow[]> {
  let batch: FileRow[] = [];
  for await (const row of rows) {
    batch.push(row);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function notesOf(result: ImportResult, found: Survey, superseded: number[], withoutRecord: number): string[] {
  const notes: string[] = [];
  const { ignored } = found.columns;
  if (ignored.length > 0) notes.push(`Columns that are not used: ${ignored.join(', ')}.`);
  if (result.duplicates > 0) {
    const more = result.duplicates > superseded.length ? ', …' : '';
    notes.push(
      `Rows whose ${KEY[result.kind].join(', ')} comes again further down: ${result.duplicates}; the last one counts (replaced: rows ${superseded.join(', ')}${more}).`,
    );
  }
  if (withoutRecord > 0) {
    notes.push(
      `Orders of customers without a customer record: ${withoutRecord}. They count, with no cost of acquisition or service until these customers are imported.`,
    );
  }
  return notes;
}
