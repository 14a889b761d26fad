import type { Knex } from 'knex';
import { type Column, insertRows, type Value } from '../../storage/insert-rows';
import { type Judge, type Plan, planWrites, type Row, type Statement } from './plan-writes';

/** A table whose rows the outside world tells us by a key of its own. */
export interface Table {
  name: string;
  key: string;
  /** Columns that statements speak of, the key among them. */
  columns: Column[];
  /** A new row before anything is said about it. */
  blank: Row;
  judge?: Judge;
}

/** A column that is written beside those, the same way for every row. */
export interface Beside {
  column: Column;
  of(row: Row): Value;
}

/** Rows looked up or written by one statement. */
const CHUNK = 1_000;

/** Compares statements with what is stored. Nothing is written yet. */
export async function compare(knex: Knex, table: Table, statements: Map<string, Statement>): Promise<Plan> {
  const names = table.columns.map((column) => column.name);
  const stored = new Map<string, Row>();
  for (const keys of chunks([...statements.keys()])) {
    const rows = await knex(table.name).whereIn(table.key, keys).select(names);
    for (const row of rows) stored.set(row[table.key], asStored(row, table.columns));
  }
  return planWrites(statements, stored, table.blank, table.judge);
}

/** Writes whole rows; one whose key is there is changed. */
export async function write(knex: Knex, table: Table, rows: Row[], beside: Beside[]): Promise<void> {
  const columns = [...table.columns, ...beside.map(({ column }) => column)];
  const update = columns.map((column) => column.name).filter((name) => name !== table.key);
  // In the order of keys, so that two who write the same rows never wait for each other in a circle.
  const ordered = rows.toSorted((a, b) => (String(a[table.key]) < String(b[table.key]) ? -1 : 1));
  for (const chunk of chunks(ordered)) {
    const values = chunk.map((row) => [
      ...table.columns.map((column) => row[column.name] ?? null),
      ...beside.map(({ of }) => of(row)),
    ]);
    await insertRows(knex, table.name, columns, values, { key: table.key, update });
  }
}

/** PostgreSQL and MySQL give a bigint as a string. */
function asStored(row: Record<string, unknown>, columns: Column[]): Row {
  return Object.fromEntries(
    columns.map(({ name, type }) => {
      const value = row[name];
      if (value === null || value === undefined) return [name, null];
      return [name, type === 'text' ? String(value) : Number(value)];
    }),
  );
}

function* chunks<T>(list: T[]): Generator<T[]> {
  for (let start = 0; start < list.length; start += CHUNK) yield list.slice(start, start + CHUNK);
}
