import type { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import type { RowProblem } from '../api-types';
import { BadField } from './bad-field';
import { type ColumnContract, type ColumnMatch, columnName, matchColumns } from './columns';

export interface CsvOptions<Row> {
  contract: ColumnContract;
  /** Turns the used columns of one row into what the caller needs; throws a BadField when it cannot. */
  toRow: (values: Record<string, string>) => Row;
  onColumns?: (columns: ColumnMatch) => void;
  /** A row that is left out. */
  onProblem: (problem: RowProblem, raw: string[]) => void;
}

export interface CsvRow<Row> {
  /** Where the row begins; the header is line 1. */
  line: number;
  row: Row;
}

/** Larger rows are not data but a quote that was never closed. */
const MAX_ROW_BYTES = 1_048_576;

/** A file without the columns it needs: no row of it can be read. */
export class MissingColumns extends Error {
  constructor(
    readonly columns: ColumnMatch,
    header: string[],
  ) {
    const separated = header.length === 1 && /[;\t|]/.test(header[0]!);
    const hint = separated
      ? 'The columns must be separated by commas.'
      : `The header has: ${header.join(', ') || 'nothing'}.`;
    const [one, ...more] = columns.missing;
    const what = more.length > 0 ? `the columns ${columns.missing.join(', ')} are` : `the column ${one} is`;
    super(`${what} missing. ${hint}`);
    this.name = 'MissingColumns';
  }
}

/**
 * Reads a CSV file (UTF-8 with or without a byte order mark, LF or CRLF, quoted fields, a header row with the columns
 * in any order) and yields its good rows. A bad row is reported and left out.
 *
 * @throws MissingColumns, after `onColumns`; whatever the stream throws
 */
export async function* readCsv<Row>(
  input: Readable,
  options: CsvOptions<Row>,
): AsyncGenerator<CsvRow<Row>, void, undefined> {
  let header: string[] | undefined;
  for await (const { line, record, problem } of records(input)) {
    if (problem) {
      options.onProblem({ row: line, field: null, reason: problem }, record);
    } else if (!header) {
      header = headerOf(record, options);
    } else if (record.length > 1 || record[0] !== '') {
      const row = rowOf(line, record, header, options);
      if (row) yield row;
    }
  }
  if (!header) headerOf([], options);
}

/** The columns' names by position; an ignored column's is ''. */
function headerOf<Row>(record: string[], { contract, onColumns }: CsvOptions<Row>): string[] {
  const columns = matchColumns(record, contract);
  onColumns?.(columns);
  if (columns.missing.length > 0) throw new MissingColumns(columns, record);
  const twice = columns.used.find((name, i) => columns.used.indexOf(name) !== i);
  if (twice) throw new Error(`the column ${twice} stands twice in the header: remove or rename one`);
  return record.map(columnName).map((name) => (columns.used.includes(name) ? name : ''));
}

function rowOf<Row>(
  line: number,
  record: string[],
  header: string[],
  { toRow, onProblem }: CsvOptions<Row>,
): CsvRow<Row> | undefined {
  if (record.length !== header.length) {
    const reason = `has ${record.length} values where the header has ${header.length}`;
    onProblem({ row: line, field: null, reason }, record);
    return undefined;
  }
  const values: Record<string, string> = {};
  for (let i = 0; i < header.length; i++) if (header[i]) values[header[i]!] = record[i]!.trim();
  try {
    return { line, row: toRow(values) };
  } catch (error) {
    if (!(error instanceof BadField)) throw error;
    onProblem({ row: line, field: error.field, reason: error.reason }, record);
    return undefined;
  }
}

interface RawRecord {
  line: number;
  record: string[];
  problem?: string;
}

/**
 * The raw records with the line each begins on. The parser hands them over by callback: read from it as a stream, it
 * would throw away the records before an error.
 */
async function* records(input: Readable): AsyncGenerator<RawRecord, void, undefined> {
  let ready: RawRecord[] = [];
  let lastLine = 0;
  let failure: Error | undefined;
  const parser = parse({
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: MAX_ROW_BYTES,
    on_record: (record: string[]) => {
      ready.push({ line: lastLine + 1, record });
      lastLine += 1 + breaksIn(record);
      return null;
    },
  });
  parser.on('error', (error) => {
    failure = error;
  });
  parser.resume();
  const feed = (chunk: Buffer) => new Promise<void>((resolve) => parser.write(chunk, () => resolve()));
  const finish = () =>
    new Promise<void>((resolve) => {
      parser.once('close', resolve);
      parser.end();
    });

  for await (const chunk of input) {
    await feed(chunk);
    yield* ready;
    ready = [];
    if (failure) break;
  }
  if (!failure) await finish();
  yield* ready;
  if (failure) {
    const problem = 'a quote that opens here is never closed, so nothing from this row on was read';
    yield { line: lastLine + 1, record: [], problem };
  }
}

/** Line breaks inside quoted fields. */
function breaksIn(record: string[]): number {
  let breaks = 0;
  for (const field of record) {
    if (field.includes('\n') || field.includes('\r')) breaks += field.match(/\r\n|\r|\n/g)!.length;
  }
  return breaks;
}
