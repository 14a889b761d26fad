import { createReadStream } from 'node:fs';
import type { ColumnContract } from '../crm/csv/columns';
import { readCsv } from '../crm/csv/read-csv';
import { note, ProblemNotes } from './notes';

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file',
  EACCES: 'it may not be read',
  EISDIR: 'it is a folder',
};

/**
 * Reads a CSV file row by row, with notes on the columns it ignores and the rows it leaves out.
 *
 * @throws an Error that names the file when it cannot be read or lacks a column
 */
export async function* readRows<Row>(
  file: string,
  contract: ColumnContract,
  toRow: (values: Record<string, string>) => Row,
): AsyncGenerator<Row, void, undefined> {
  const problems = new ProblemNotes(file);
  const rows = readCsv(createReadStream(file), {
    contract,
    toRow,
    onColumns: ({ ignored }) => {
      if (ignored.length > 0) note(`${file}: ignored unknown columns: ${ignored.join(', ')}`);
    },
    onProblem: problems.add,
  });
  try {
    for await (const { row } of rows) yield row;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code && REASONS[code] ? `cannot be read: ${REASONS[code]}` : message;
    throw new Error(`${file}: ${reason}`);
  }
  problems.finish();
}
