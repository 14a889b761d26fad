import knexFactory, { type Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addToCounters, readCounters } from '../../server/src/storage/counters';
import { dialectOf } from '../../server/src/storage/db';
import { exclusively } from '../../server/src/storage/exclusively';
import { insertRows } from '../../server/src/storage/insert-rows';
import { dropTables, migrate, TABLES } from '../../server/src/storage/migrate';
import { noMariaDb, startMariaDb } from '../support/mariadb';
import { startPostgres } from '../support/postgres';

async function sqlite() {
  const knex = knexFactory({
    client: 'better-sqlite3',
    connection: { filename: ':memory:' },
    useNullAsDefault: true,
  });
  return { knex, stop: () => knex.destroy() };
}

async function postgres() {
  const { env, stop } = await startPostgres();
  const knex = knexFactory({
    client: 'pg',
    connection: {
      host: '127.0.0.1',
      port: Number(env.DATABASE_PORT),
      database: env.DATABASE_NAME,
      user: 'clv',
      password: 'clv',
    },
  });
  return { knex, stop: () => knex.destroy().then(stop) };
}

async function mariaDb() {
  const { env, stop } = await startMariaDb();
  const knex = knexFactory({
    client: 'mysql2',
    connection: {
      host: '127.0.0.1',
      port: Number(env.DATABASE_PORT),
      database: 'clv',
      user: 'clv',
      password: 'clv',
    },
  });
  return { knex, stop: () => knex.destroy().then(stop) };
}

if (noMariaDb) console.log(`skipped: ${noMariaDb}`);

const columns = [
  { name: 'key', type: 'text' },
  { name: 'value', type: 'text' },
] as const;

describe.skipIf(noMariaDb).each([['MariaDB', mariaDb]])('on %s', (_name, open) => sameOnEach(open));
describe.each([
  ['SQLite', sqlite],
  ['PostgreSQL', postgres],
])('on %s', (_name, open) => sameOnEach(open));

const ALL = [
  '001-first',
  '002-value-engine',
  '003-true-ranking',
  '004-crm-sync',
  '005-touches-index',
  '006-activation',
];

/** The server's number of a transaction's connection. */
async function connectionId(trx: Knex): Promise<number> {
  if (dialectOf(trx) === 'postgres') return (await trx.raw('SELECT pg_backend_pid() AS id')).rows[0].id;
  return (await trx.raw('SELECT CONNECTION_ID() AS id'))[0][0].id;
}

function sameOnEach(open: () => Promise<{ knex: Knex; stop(): Promise<unknown> }>): void {
  let knex: Knex;
  let stop: () => Promise<unknown>;
  beforeAll(async () => {
    ({ knex, stop } = await open());
  });
  afterAll(() => stop?.());

  /** A pool of one connection, as a small app has it; on SQLite there is no other. */
  const poolOfOne = () =>
    dialectOf(knex) === 'sqlite' ? knex : knexFactory({ ...knex.client.config, pool: { min: 0, max: 1 } });

  test('five nodes that boot at once make the tables once, each with a pool of one connection', async () => {
    const nodes = Array.from({ length: 5 }, poolOfOne);
    const applied = await Promise.all(nodes.map((node) => migrate(node)));
    expect(applied.flat()).toEqual(ALL);
    for (const table of TABLES) expect(await knex.schema.hasTable(table)).toBe(true);
    await Promise.all(nodes.map((node) => node !== knex && node.destroy()));
  });

  test('what a killed boot left half done is done by the next one', async () => {
    await dropTables(knex);
    await migrate(knex);
    await knex('clv_migrations').update({ finished: false });
    await knex.schema.dropTable('clv_snapshots');
    await knex.schema.alterTable('clv_contents', (t) => t.dropUnique(['uid', 'document_id', 'locale']));
    expect(await migrate(knex)).toEqual(ALL);
    const content = { uid: 'u', document_id: 'd', kind: 'k', title: 't', updated_at: 0 };
    await knex('clv_contents').insert(content);
    await expect(knex('clv_contents').insert(content)).rejects.toThrow(/unique|duplicate/i);
    await knex('clv_contents').delete();
    expect(await knex('clv_snapshots')).toEqual([]);
  });

  test('a later migration that was cut off is done again, and what the tables before it hold stays', async () => {
    const customer = { customer_id: 'c1', person_id: 'p1', currency: 'EUR', source: 'csv', updated_at: 0 };
    await knex('clv_customers').insert(customer);
    await knex('clv_migrations').where({ name: '002-value-engine' }).update({ finished: false });
    await knex.schema.dropTable('clv_person_values');
    await knex.schema.alterTable('clv_customers', (t) => t.dropColumn('ces'));
    expect(await migrate(knex)).toEqual(['002-value-engine']);
    expect(await knex('clv_customers').first()).toMatchObject({ ...customer, updated_at: expect.anything() });
    expect(await knex('clv_person_values')).toEqual([]);
    await knex('clv_customers').delete();
  });

  test('the lock of a killed boot goes with its connection', async () => {
    // On SQLite the lock is that of the file, which the system lifts.
    if (dialectOf(knex) === 'sqlite') return;
    const killed = poolOfOne();
    const pid = await new Promise<number>((resolve, reject) => {
      exclusively(killed, async (trx) => {
        resolve(await connectionId(trx));
        await trx.raw(dialectOf(trx) === 'postgres' ? 'SELECT pg_sleep(600)' : 'SELECT SLEEP(600)');
      }).catch(reject);
    });
    const next = migrate(knex);
    await knex.raw(dialectOf(knex) === 'postgres' ? `SELECT pg_terminate_backend(${pid})` : `KILL ${pid}`);
    expect(await next).toEqual([]);
    await killed.destroy();
  });

  test('rows arrive as they are: quotes, question marks, emoji, empty and missing values', async () => {
    const rows = [
      ['a', `it's "quoted" ?`],
      ['b', '👩‍🚀\n\t\\'],
      ['c', ''],
    ];
    expect(await insertRows(knex, 'clv_settings', [...columns], rows)).toBe(3);
    const stored = await knex('clv_settings').orderBy('key').select('key', 'value');
    expect(stored.map((row) => [row.key, row.value])).toEqual(rows);
  });

  test('a key that is there already is left alone, or updated when asked', async () => {
    expect(await insertRows(knex, 'clv_settings', [...columns], [['a', 'new']])).toBe(0);
    expect(await knex('clv_settings').where({ key: 'a' }).first('value')).toEqual({
      value: `it's "quoted" ?`,
    });
    await insertRows(knex, 'clv_settings', [...columns], [['a', 'new']], { key: 'key', update: ['value'] });
    expect(await knex('clv_settings').where({ key: 'a' }).first('value')).toEqual({ value: 'new' });
  });

  test('numbers keep their size and missing values stay missing', async () => {
    const touch = ['message_id', 'visitor_key', 'kind', 'source', 'channel'].map((name) => ({
      name,
      type: 'text' as const,
    }));
    const numbers = ['content_id', 'occurred_at', 'received_at'].map((name) => ({
      name,
      type: 'bigint' as const,
    }));
    const at = 4_102_444_800_000;
    await insertRows(
      knex,
      'clv_touches',
      [...touch, ...numbers],
      [['m1', 'v', 'view', 'hook', null, 7, at, at]],
    );
    const row = await knex('clv_touches').first();
    expect(row.channel).toBeNull();
    expect(Number(row.occurred_at)).toBe(at);
  });

  test('counters add up', async () => {
    await addToCounters(knex, { accepted: 3, rejected: 0 });
    await addToCounters(knex, { accepted: 4, 'dropped.bot': 1 });
    expect(await readCounters(knex)).toEqual({ accepted: 7, 'dropped.bot': 1 });
  });

  test('migrating twice changes nothing, and dropping leaves nothing', async () => {
    expect(await migrate(knex)).toEqual([]);
    await dropTables(knex);
    expect(await knex.schema.hasTable('clv_touches')).toBe(false);
    expect(await knex.schema.hasTable('clv_migrations')).toBe(false);
  });
}
