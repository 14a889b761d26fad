import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import knexFactory from 'knex';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Finding } from '../../../server/src/cli/doctor/finding';

const APP = path.resolve(import.meta.dirname, '../../../playground');
const ORDERS = 'order_id,customer_id,ordered_at,amount,currency';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'clv-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, ...lines: string[]): string {
  const target = path.join(folder, name);
  writeFileSync(target, lines.join('\n'));
  return target;
}

/** Runs the bundled command line in a process of its own, on a database that outlives it. */
function clv(args: string[], { cwd = APP, env = {} }: { cwd?: string; env?: NodeJS.ProcessEnv } = {}) {
  const script = path.join(process.env.CLV_PLUGIN_PATH!, 'dist/cli/index.js');
  return new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const options = {
      cwd,
      env: {
        ...process.env,
        NODE_ENV: 'test',
        GRAPHQL: 'false',
        STRAPI_TELEMETRY_DISABLED: 'true',
        DATABASE_CLIENT: 'sqlite',
        DATABASE_FILENAME: path.join(folder, 'app.db'),
        CLV_CONFIG: '{"value":{"currency":"EUR"}}',
        ...env,
      },
    };
    execFile(process.execPath, [script, ...args], options, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err });
    });
  });
}

// Each call boots an app in a process of its own.
const PATIENCE = { timeout: 120_000 };

describe('clv import', PATIENCE, () => {
  test('tells files apart, counts what became of the rows and writes the bad ones beside the file', async () => {
    const orders = file(
      'o.csv',
      ORDERS,
      '1,C1,2025-01-01,10,EUR',
      '2,C2,2025-01-01,x,EUR',
      '3,C9,2025-01-01,5,EUR',
    );
    const customers = file('c.csv', 'customer_id,email', 'C1,c1@example.com', 'C2,');
    const { code, out, err } = await clv(['import', orders, customers]);
    expect(out.split('\n')).toEqual([
      `${customers}: customers: 2 created, 0 updated, 0 unchanged, 0 rejected`,
      `${orders}: orders: 2 created, 0 updated, 0 unchanged, 1 rejected`,
      '',
    ]);
    expect(err).toContain(`1 of 3 rows were rejected; why and which: ${orders}.errors.csv`);
    // C1 is on record by then, for customers come first.
    expect(err).toContain('Orders of customers without a customer record: 1.');
    expect(readFileSync(`${orders}.errors.csv`, 'utf8').split('\n')[1]).toMatch(
      /^3,amount,.*,2,C2,2025-01-01,x,EUR$/,
    );
    expect(existsSync(`${customers}.errors.csv`)).toBe(false);
    expect(code).toBe(0);
  });

  test('prints one JSON document and nothing else, and fails when no row could be taken', async () => {
    const good = file('good.csv', ORDERS, '1,C1,2025-01-01,10,EUR');
    const bad = file('bad.csv', ORDERS, '7,C1,2025-01-01,ten,EUR');
    const { code, out, err } = await clv(['import', '--orders', good, '--orders', bad, '--json']);
    expect(JSON.parse(out)).toMatchObject({
      files: [
        { file: good, kind: 'orders', unchanged: 1, rejected: 0, errors: null },
        { file: bad, kind: 'orders', rows: 1, rejected: 1, errors: `${bad}.errors.csv` },
      ],
    });
    expect(err).toContain('no row could be taken');
    expect(code).toBe(1);
  });

  test('takes a word for what all files hold, and knows every kind by its columns', async () => {
    const costs = file('k.csv', 'month,channel,amount,currency', '2025-01,search,100,EUR');
    const subscriptions = file(
      's.csv',
      'subscription_id,customer_id,started_at,mrr,currency',
      'S1,C1,2025-01-01,9,EUR',
    );
    const first = await clv(['import', 'costs', costs, '--subscriptions', subscriptions]);
    expect(first.out.split('\n')).toEqual([
      `${costs}: costs: 1 created, 0 updated, 0 unchanged, 0 rejected`,
      `${subscriptions}: subscriptions: 1 created, 0 updated, 0 unchanged, 0 rejected`,
      '',
    ]);
    const second = await clv(['import', subscriptions, costs]);
    expect(second.out.match(/1 unchanged/g)).toHaveLength(2);
    expect((await clv(['import', 'costs'])).code).toBe(2);
  });

  test('says what is wrong before it boots an app', async () => {
    const missing = await clv(['import', '--orders', 'none.csv']);
    expect(missing).toMatchObject({
      code: 1,
      out: '',
      err: 'clv: none.csv: there is no such file, or it may not be read\n',
    });
    const other = await clv(['import', file('t.csv', 'touch_id,content_id', '1,2')]);
    expect(other.code).toBe(1);
    expect(other.err).toContain('it has the columns of none of orders, subscriptions, costs, customers');
    expect((await clv(['import'])).code).toBe(2);
    const elsewhere = await clv(['import', file('e.csv', ORDERS)], { cwd: folder });
    expect(elsewhere.code).toBe(1);
    expect(elsewhere.err).toContain('There is no Strapi app in');
  });
});

describe('clv doctor', PATIENCE, () => {
  test('says what is there, what is missing and what is wrong', async () => {
    const { code, out } = await clv(['doctor', '--json'], {
      env: { CLV_CONFIG: '{"value":{"currency":"USD"}}' },
    });
    const { findings } = JSON.parse(out) as { findings: Finding[] };
    expect(findings).toEqual(
      expect.arrayContaining([
        { state: 'ok', about: 'database', says: 'SQLite in WAL mode' },
        { state: 'ok', about: 'orders', says: '2 orders' },
        { state: 'ok', about: 'customers', says: '2 records, 1 without an order' },
        {
          state: 'problem',
          about: 'currency',
          says: '2 orders in EUR, which has no rate: no ranking can be computed',
          todo: 'add what 1 EUR is worth in USD under clv.config.value.rates.EUR',
        },
      ]),
    );
    expect(findings.filter(({ state, todo }) => state === 'problem' && !todo)).toEqual([]);
    expect(code).toBe(1);
  });

  test('drops the tables only when told twice', async () => {
    const asked = await clv(['doctor', '--drop-tables']);
    expect(asked).toMatchObject({ code: 2, out: '' });
    const { code, out } = await clv(['doctor', '--drop-tables', '--yes']);
    expect(out).toContain('The tables of the plugin are gone');
    expect(code).toBe(0);
    const knex = knexFactory({
      client: 'better-sqlite3',
      connection: { filename: path.join(folder, 'app.db') },
      useNullAsDefault: true,
    });
    const left = await knex('sqlite_master').where('name', 'like', 'clv_%').select('name');
    await knex.destroy();
    expect(left).toEqual([]);
  });
});
