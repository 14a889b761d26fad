import { execFile } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { LEDGER_KIND } from '../../support/crm/ledger';
import {
  CUSTOMERS,
  ledgerId,
  openPushWorld,
  PUSH_CONFIG,
  type PushWorld,
} from '../../support/crm/push-world';
import type { TestDatabase } from '../../support/databases';
import { startPostgres } from '../../support/postgres';

// Each call boots a Strapi.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

const PLAYGROUND = path.resolve(import.meta.dirname, '../../../playground');

let database: TestDatabase;
let world: PushWorld;
beforeAll(async () => {
  database = await startPostgres();
  world = await openPushWorld(database);
});
afterAll(() => world?.stop());

/** Runs `clv sync …` in the playground's folder, as a process of its own. */
function sync(...args: string[]) {
  const script = path.join(process.env.CLV_PLUGIN_PATH!, 'dist/cli/index.js');
  const env = {
    ...process.env,
    ...database.env,
    CLV_CONFIG: JSON.stringify(PUSH_CONFIG),
    CLV_CONNECTOR: LEDGER_KIND,
  };
  return new Promise<{ code: number; out: string; err: string }>((resolve) => {
    execFile(process.execPath, [script, 'sync', ...args], { cwd: PLAYGROUND, env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}

test('clv sync runs the streams of a connection one after the other, and counts what they did', async () => {
  const { code, out } = await sync('--connection', 'Ledger', '--stream', 'push', '--json');
  expect(code).toBe(0);
  const { runs } = JSON.parse(out);
  expect(runs).toMatchObject([
    { connection: 'Ledger', stream: 'push', error: null, result: { updated: CUSTOMERS.length, failed: 0 } },
  ]);
  expect([...world.ledger.values.keys()].sort()).toEqual(CUSTOMERS.map(ledgerId).sort());

  await world.knex('clv_streams').update({ paused: false });
  const table = await sync();
  expect(table.code).toBe(0);
  const lines = table.out.trim().split('\n');
  expect(lines[0]).toMatch(/^connection +stream +seen +created +updated +unchanged +failed/);
  expect(lines.slice(1).map((line) => line.split(/\s+/)[1])).toEqual(['customers', 'push']);
});

test('a stream that fails is told with its reason, and makes the command fail', async () => {
  world.ledger.server.chance = () => ({ kind: 'status', status: 401 });
  await world.knex('clv_streams').where({ stream: 'push' }).update({ cursor: null });
  const { code, out, err } = await sync('--stream', 'push');
  world.ledger.server.chance = null;
  expect(code).toBe(1);
  expect(out).toContain('Check the credentials');
  expect(err).toContain('1 of 1 streams failed');
});

test('a connection or stream that does not exist is wrong usage', async () => {
  const unknown = await sync('--connection', 'Elsewhere');
  expect(unknown.code).toBe(2);
  expect(unknown.err).toContain('There is no connection "Elsewhere". There are: "Ledger".');
  expect((await sync('--stream', 'deals')).code).toBe(2);
});

test('--help is complete', async () => {
  const { code, out } = await sync('--help');
  expect(code).toBe(0);
  for (const part of ['--connection', '--stream', '--json', 'Exit code', 'Example', 'SQLite']) {
    expect(out).toContain(part);
  }
});
