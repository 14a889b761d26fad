import { setImmediate as breathe } from 'node:timers/promises';
import type { Knex } from 'knex';
import { type Column, insertRows, type Value } from '../../storage/insert-rows';
import { chunksOf } from '../chunks';
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

/** Compares statements with what is stored. Nothing is written yet. */
export async function compare(knex: Knex, table: Table, statements: Map<string, Statement>): Promise<Plan> {
  const names = table.columns.map((column) => column.name);
  const stored = new Map<string, Row>();
  for (const keys of chunksOf([...statements.keys()])) {
    const rows = await knex(table.name).whereIn(table.key, keys).select(names);
    for (const row of rows) stored.set(row[table.key], asStored(row, table.columns));
    await breathe();
  }
  return planWrites(statements, stored, table.blank, table.judge);
}

/**
 * Writes rows. Of one whose key is there only what was said is changed: somebody else may have said the rest of it since
 * they were compared.
 */
export async function write(
  knex: Knex,
  table: Table,
  rows: Row[],
  statements: Map<string, Statement>,
  beside: Beside[],
): Promise<void> {
  const columns = [...table.columns, ...beside.map(({ column }) => column)];
  // In the order of keys, so that two who write the same rows rarely wait for each other in a circle.
  const ordered = rows.toSorted((a, b) => (String(a[table.key]) < String(b[table.key]) ? -1 : 1));
  for (const [said, alike] of bySaid(ordered, table, statements)) {
    const update = [...said.split(','), ...beside.map(({ column }) => column.name)].filter(Boolean);
    for (const chunk of chunksOf(alike)) {
      const values = chunk.map((row) => [
        ...table.columns.map((column) => row[column.name] ?? null),
        ...beside.map(({ of }) => of(row)),
      ]);
      await insertRows(knex, table.name, columns, values, { key: table.key, update });
      // On SQLite nothing else of the thread gets on while statements follow each other.
      await breathe();
    }
  }
}

/** Rows by the names of the columns that were said of them, but for the key. */
function bySaid(rows: Row[], { key, columns }: Table, statements: Map<string, Statement>) {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const statement = statements.get(String(row[key]))!;
    const names = columns.map(({ name }) => name);
    const said = names.filter((name) => name !== key && statement[name] !== undefined).join();
    const group = groups.get(said);
    if (group) group.push(row);
    else groups.set(said, [row]);
  }
  return groups;
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
