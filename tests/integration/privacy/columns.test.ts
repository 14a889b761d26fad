import knexFactory, { type Knex } from 'knex';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { IMPORT_ERRORS, NOT_PERSONAL, PERSONAL_TABLES } from '../../../server/src/privacy/personal-columns';
import { migrate } from '../../../server/src/storage/migrate';

let knex: Knex;
beforeAll(async () => {
  knex = knexFactory({
    client: 'better-sqlite3',
    connection: { filename: ':memory:' },
    useNullAsDefault: true,
  });
  await migrate(knex);
});
afterAll(() => knex.destroy());

test('every column of every table is registered as personal or as not personal, once', async () => {
  const registered = [
    ...[...PERSONAL_TABLES, IMPORT_ERRORS].flatMap(({ table, shown, internal }) =>
      [...shown, ...internal].map((column) => `${table}.${column}`),
    ),
    ...Object.entries(NOT_PERSONAL).flatMap(([table, { columns }]) =>
      columns.map((column) => `${table}.${column}`),
    ),
  ].sort();

  const all: string[] = await knex('sqlite_master').where('type', 'table').pluck('name');
  const tables = all.filter((name) => name.startsWith('clv_'));
  const existing: string[] = [];
  for (const table of tables) {
    const columns = Object.keys(await knex(table).columnInfo());
    existing.push(...columns.map((column) => `${table}.${column}`));
  }
  expect(tables.length).toBeGreaterThan(15);
  expect(registered).toEqual(existing.sort());
});
