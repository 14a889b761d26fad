import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { ImportKind, RowProblem } from '../api-types';
import { COLUMNS, type ColumnMatch } from '../csv/columns';
import { readCsv } from '../csv/read-csv';
import type { Problem } from '../rows/row-parser';

/** One row as its cells stand in the file, by column; only columns of the contract. */
export type Cells = Record<string, string>;

/** A row of a file, or why it is none. */
export type FileRow = { line: number; cells: Cells } | { line: number; cells: null; problem: Problem };

/** Excel workbooks and UTF-16 text have NUL bytes near their beginning; UTF-8 text has none. */
async function refuseBinary(file: string): Promise<void> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4_096), 0, 4_096, 0);
    if (!buffer.subarray(0, bytesRead).includes(0)) return;
  } finally {
    await handle.close();
  }
  throw new Error('the file is no CSV in UTF-8; in a spreadsheet, save it as "CSV UTF-8"');
}

/**
 * Reads the rows of a CSV file, those with the wrong number of cells too.
 *
 * @throws MissingColumns after `onColumns`; whatever reading the file throws
 */
export async function* fileRows(
  file: string,
  kind: ImportKind,
  onColumns?: (columns: ColumnMatch) => void,
): AsyncGenerator<FileRow> {
  await refuseBinary(file);
  let broken: FileRow[] = [];
  const onProblem = ({ row, field, reason }: RowProblem) => {
    broken.push({ line: row, cells: null, problem: { field, reason: `the row ${reason}` } });
  };
  const toRow = (cells: Cells) => cells;
  const options = { contract: COLUMNS[kind], toRow, onColumns, onProblem };
  for await (const { line, row } of readCsv(createReadStream(file), options)) {
    yield* broken;
    broken = [];
    yield { line, cells: row };
  }
  yield* broken;
}
