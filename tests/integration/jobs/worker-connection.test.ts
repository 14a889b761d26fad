import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import knexFactory, { type Knex } from 'knex';
import { expect, test } from 'vitest';
import { openConnection, workerConnection } from '../../../server/src/jobs/worker-connection';
import type { Strapi } from '../../../server/src/room';
import { startPostgres } from '../../support/postgres';

const root = path.resolve(import.meta.dirname, '../../../playground');

/** As much of an app as a connection's settings need. */
function appWith(config: Knex.Config, schema?: string) {
  const connection = knexFactory(config);
  const strapi = { dirs: { app: { root } }, db: { connection, getSchemaName: () => schema } };
  return { knex: connection, strapi: strapi as unknown as Strapi };
}

test('on SQLite a thread can read and make temporary tables, but not write', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'clv-worker-'));
  const filename = path.join(folder, 'app.db');
  const { knex, strapi } = appWith({
    client: 'better-sqlite3',
    connection: { filename },
    useNullAsDefault: true,
  });
  await knex.schema.createTable('things', (t) => t.integer('n'));
  await knex('things').insert({ n: 5 });

  const connection = await workerConnection(strapi);
  const thread = openConnection(structuredClone(connection));
  expect(await thread('things').first('n')).toEqual({ n: 5 });
  await thread.raw('CREATE TEMPORARY TABLE passing (n INTEGER)');
  await thread.raw('INSERT INTO passing SELECT n FROM things');
  expect(await thread('passing').first('n')).toEqual({ n: 5 });
  await expect(thread('things').insert({ n: 6 })).rejects.toThrow(/readonly/);
  await thread.destroy();
  await knex.destroy();
  rmSync(folder, { recursive: true });
});

test('an SQLite database in memory is refused, with what to do', async () => {
  const config = { client: 'better-sqlite3', connection: { filename: ':memory:' }, useNullAsDefault: true };
  const { knex, strapi } = appWith(config);
  await expect(workerConnection(strapi)).rejects.toThrow(/set a file name in config\/database/);
  await knex.destroy();
});

test('settings and a password given as functions, callbacks and a schema reach the thread', async () => {
  const { env, stop } = await startPostgres();
  const settings = {
    host: env.DATABASE_HOST,
    port: Number(env.DATABASE_PORT),
    database: env.DATABASE_NAME,
    user: env.DATABASE_USERNAME,
  };
  const password = env.DATABASE_PASSWORD;
  const stream = { onread: () => {} };
  const { knex, strapi } = appWith(
    {
      client: 'pg',
      connection: async () => ({ ...settings, password: async () => password!, ...stream }),
      pool: { afterCreate: (_connection: unknown, done: () => void) => done() },
    },
    'elsewhere',
  );
  await knex.raw('CREATE SCHEMA elsewhere');
  await knex.raw('CREATE TABLE elsewhere.things AS SELECT 7 AS n');

  const thread = openConnection(structuredClone(await workerConnection(strapi)));
  expect(await thread('things').first('n')).toEqual({ n: 7 });
  await expect(thread('nowhere').where({ n: 'secret' })).rejects.not.toThrow(/secret/);
  await thread.destroy();
  await knex.destroy();
  await stop();
});
