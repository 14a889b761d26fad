import { createReadStream } from 'node:fs';
import type { ImportKind, RowProblem } from '../api-types';
import { COLUMNS, type ColumnMatch } from '../csv/columns';
import { readCsv } from '../csv/read-csv';
import type { Problem } from '../rows/row-parser';

/** One row as its cells stand in the file, by column; only columns of the contract. */
export type Cells = Record<string, string>;

/** A row of a file, or why it is none. */
export type FileRow = { line: number; cells: Cells } | { line: number; cells: null; problem: Problem };

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
