import knexFactory, { type Knex } from 'knex';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addToCounters, readCounters } from '../../server/src/storage/counters';
import { insertRows } from '../../server/src/storage/insert-rows';
import { dropTables, migrate } from '../../server/src/storage/migrate';

let knex: Knex;
beforeAll(async () => {
  knex = knexFactory({ client: 'better-sqlite3', connection: { filename: ':memory:' }, useNullAsDefault: true });
  await migrate(knex);
});
afterAll(() => knex.destroy());

const columns = [
  { name: 'key', type: 'text' },
  { name: 'value', type: 'text' },
] as const;

test('rows arrive as they are: quotes, question marks, emoji, empty and missing values', async () => {
  const rows = [['a', `it's "quoted" ?`], ['b', '👩‍🚀\n\t\\'], ['c', '']];
  expect(await insertRows(knex, 'clv_settings', [...columns], rows)).toBe(3);
  const stored = await knex('clv_settings').orderBy('key').select('key', 'value');
  expect(stored.map((row) => [row.key, row.value])).toEqual(rows);
});

test('a key that is there already is left alone, or updated when asked', async () => {
  expect(await insertRows(knex, 'clv_settings', [...columns], [['a', 'new']])).toBe(0);
  expect(await knex('clv_settings').where({ key: 'a' }).first('value')).toEqual({ value: `it's "quoted" ?` });
  await insertRows(knex, 'clv_settings', [...columns], [['a', 'new']], { key: 'key', update: ['value'] });
  expect(await knex('clv_settings').where({ key: 'a' }).first('value')).toEqual({ value: 'new' });
});

test('counters add up', async () => {
  await addToCounters(knex, { accepted: 3, rejected: 0 });
  await addToCounters(knex, { accepted: 4, 'dropped.bot': 1 });
  expect(await readCounters(knex)).toEqual({ accepted: 7, 'dropped.bot': 1 });
});

test('migrating twice changes nothing, and dropping leaves nothing', async () => {
  expect(await migrate(knex)).toEqual([]);
  await dropTables(knex);
  const left = await knex('sqlite_master').where('name', 'like', 'clv_%').select('name');
  expect(left).toEqual([]);
});
