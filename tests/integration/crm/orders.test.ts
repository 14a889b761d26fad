import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CrmService } from '../../../server/src/crm/service';
import { noMariaDb, startMariaDb } from '../../support/mariadb';
import { startPostgres } from '../../support/postgres';
import { startStrapi, type TestStrapi } from '../../support/strapi';

const EUR = { value: { currency: 'EUR', rates: { USD: 0.9 }, timezone: 'Europe/Rome' } };

const order = (id: string, more: Record<string, unknown> = {}) => ({
  order_id: id,
  customer_id: `C-${id}`,
  ordered_at: '2025-01-31',
  amount: '10.00',
  currency: 'EUR',
  ...more,
});

describe('on SQLite', () => sameOnEach(async () => ({ env: {}, stop: async () => {} })));
describe('on PostgreSQL', () => sameOnEach(startPostgres));
describe.skipIf(noMariaDb)('on MariaDB', () => sameOnEach(startMariaDb));

function sameOnEach(database: () => Promise<{ env: Record<string, string>; stop(): Promise<void> }>): void {
  let app: TestStrapi;
  let stop: () => Promise<void>;
  let crm: CrmService;
  const knex = () => app.strapi.db.connection;
  const stored = (id: string) => knex()('clv_orders').where({ order_id: id }).first();

  beforeAll(async () => {
    const started = await database();
    stop = started.stop;
    app = await startStrapi({ env: started.env, config: EUR });
    crm = app.strapi.plugin('clv').service('crm');
  });
  afterAll(async () => {
    await app?.stop();
    await stop?.();
  });
  beforeEach(async () => {
    for (const table of ['clv_orders', 'clv_customers', 'clv_identities', 'clv_persons', 'clv_merges']) {
      await knex()(table).delete();
    }
  });

  test('orders are counted as created, then unchanged, then updated', async () => {
    const rows = [order('1'), order('2')];
    const none = { updated: 0, unchanged: 0, duplicates: 0, rejected: [] };
    expect(await crm.upsertOrders(rows, 'api')).toEqual({ ...none, created: 2 });
    expect(await crm.upsertOrders(rows, 'api')).toEqual({ ...none, created: 0, unchanged: 2 });
    rows[1] = order('2', { amount: '12.50' });
    expect(await crm.upsertOrders(rows, 'api')).toEqual({ ...none, created: 0, unchanged: 1, updated: 1 });
    expect(Number((await stored('2')).amount)).toBe(1250);
  });

  test('the day a deal was created is kept, replaced and cleared', async () => {
    const created = async () => {
      const at = (await stored('1')).deal_created_at;
      return at === null ? null : Number(at);
    };
    await crm.upsertOrders([order('1', { deal_created_at: '2026-01-02T10:00:00Z' })], 'api');
    expect(await created()).toBe(Date.parse('2026-01-02T10:00:00Z'));
    expect(await crm.upsertOrders([order('1')], 'api')).toMatchObject({ unchanged: 1 });
    await crm.upsertOrders([order('1', { deal_created_at: null })], 'api');
    expect(await created()).toBeNull();
  });

  test('a column that is not there keeps what is stored, an empty one clears it', async () => {
    await crm.upsertOrders([order('1', { cost: '4', channel: 'mail', status: 'cancelled' })], 'api');
    await crm.upsertOrders([order('1', { amount: 11 })], 'api');
    expect(await stored('1')).toMatchObject({ channel: 'mail', status: 'cancelled' });
    expect(Number((await stored('1')).cost)).toBe(400);
    await crm.upsertOrders([order('1', { cost: '', channel: null, status: '' })], 'api');
    expect(await stored('1')).toMatchObject({ cost: null, channel: null, status: 'paid' });
  });

  test('every customer of an order gets a person, once', async () => {
    await crm.upsertOrders([order('1', { customer_id: 'A' }), order('2', { customer_id: 'A' })], 'api');
    await crm.upsertOrders([order('3', { customer_id: 'A' }), order('4', { customer_id: 'B' })], 'api');
    const identities = await knex()('clv_identities')
      .orderBy('value')
      .select('namespace', 'value', 'person_id');
    expect(identities.map((row: { value: string }) => row.value)).toEqual(['A', 'B']);
    expect(await knex()('clv_persons').select('id')).toHaveLength(2);
  });

  test('the last of two rows with one id counts', async () => {
    const result = await crm.upsertOrders([order('1'), order('2'), order('1', { amount: 5 })], 'api');
    expect(result).toMatchObject({ created: 2, duplicates: 1 });
    expect(Number((await stored('1')).amount)).toBe(500);
  });

  test('bad rows are named by place and reason, and the others are stored', async () => {
    const result = await crm.upsertOrders([order('1', { amount: 'ten' }), 'nonsense', order('3')], 'api');
    expect(result).toMatchObject({ created: 1 });
    expect(result.rejected).toEqual([
      {
        index: 0,
        field: 'amount',
        reason:
          'amount is not a number: "ten"; write it like 1234.50, with a point and without thousands separators',
      },
      { index: 1, field: null, reason: 'the row is not an object of columns' },
    ]);
  });

  test('rows that no database takes as they are never sink an import', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'clv-odd-'));
    const file = path.join(folder, 'odd.csv');
    const odd = ['a\u0000b', '😀'.repeat(300), `${'x'.repeat(39)}😀`, '\u001b[31m'];
    // Further down than where a file is looked at for NUL bytes.
    const lines = Array.from({ length: 200 }, (_, i) => `n${i},C,2025-01-01,1,EUR`);
    const bad = odd.flatMap((text, i) => [`o${i},C,${text},1,EUR`, `${text},C,2025-01-01,x,EUR`]);
    writeFileSync(file, ['order_id,customer_id,ordered_at,amount,currency', ...lines, ...bad].join('\n'));
    const imports = app.strapi.plugin('clv').service('imports');
    const jobs = app.strapi.plugin('clv').service('jobs');
    const { id } = await imports.start(
      { kind: 'orders', path: file, file: 'odd.csv', temporary: true },
      'test',
    );
    await jobs.ended(id);
    expect(await jobs.get(id)).toMatchObject({ status: 'done', result: { created: 200, rejected: 8 } });
    expect(existsSync(file)).toBe(false);
    expect(await knex()('clv_job_errors').where({ job_id: id })).toHaveLength(8);
    rmSync(folder, { recursive: true });
  });

  test('two who write the same orders at once both succeed', async () => {
    const rows = Array.from({ length: 1_000 }, (_, i) => order(`t${i}`));
    const batches = [rows, [...rows].reverse(), rows.slice(300), [...rows.slice(0, 700)].reverse()];
    const results = await Promise.all(batches.map((batch) => crm.upsertOrders(batch, 'api')));
    expect(results.map((result) => result.rejected)).toEqual([[], [], [], []]);
    expect(await knex()('clv_orders').select('order_id')).toHaveLength(1_000);
    expect(await knex()('clv_persons').select('id')).toHaveLength(1_000);
  });

  test('a day begins at midnight of the report time zone', async () => {
    await crm.upsertOrders([order('winter'), order('summer', { ordered_at: '2025-07-01' })], 'api');
    expect(Number((await stored('winter')).ordered_at)).toBe(Date.parse('2025-01-30T23:00:00Z'));
    expect(Number((await stored('summer')).ordered_at)).toBe(Date.parse('2025-06-30T22:00:00Z'));
  });

  test('2,500 orders in one call are stored and found again', async () => {
    const rows = Array.from({ length: 2_500 }, (_, i) => order(String(i), { customer_id: `C${i % 900}` }));
    expect(await crm.upsertOrders(rows, 'api')).toMatchObject({ created: 2_500 });
    expect(await crm.upsertOrders(rows, 'api')).toMatchObject({ created: 0, unchanged: 2_500 });
    expect(await knex()('clv_persons').select('id')).toHaveLength(900);
  });

  test('ids that differ in case are two orders', async () => {
    expect(await crm.upsertOrders([order('a'), order('A')], 'api')).toMatchObject({ created: 2 });
    expect(await crm.upsertOrders([order('a'), order('A')], 'api')).toMatchObject({ unchanged: 2 });
  });

  test('a customer keeps an email as its hash only, and takes over the person who had it', async () => {
    const identity = app.strapi.plugin('clv').service('identity');
    const reader = await identity.identify({ email: 'ada@example.com', source: 'test' });
    const row = { customer_id: 'C1', email: ' Ada@Example.com ', acquired_at: '2025-01-01' };
    expect(await crm.upsertCustomers([row], 'csv')).toMatchObject({ created: 1 });
    expect(await crm.upsertCustomers([row], 'csv')).toMatchObject({ unchanged: 1 });
    const customer = await knex()('clv_customers').first();
    expect(customer).toMatchObject({
      email_hash: identity.hashEmail('ada@example.com'),
      person_id: reader.personId,
      currency: 'EUR',
    });
  });

  test('costs are in the currency of their row, and cannot be half in another', async () => {
    const usd = { customer_id: 'C1', acquisition_cost: '5', service_cost_per_month: '1', currency: 'USD' };
    await crm.upsertCustomers([usd], 'csv');
    const result = await crm.upsertCustomers([{ customer_id: 'C1', acquisition_cost: '6' }], 'csv');
    expect(result.rejected).toEqual([
      {
        index: 0,
        field: 'currency',
        reason:
          'currency is EUR, but the service_cost_per_month that is stored is in USD; give both costs, or both in USD',
      },
    ]);
    expect(await crm.upsertCustomers([{ customer_id: 'C1', segment: 'smb' }], 'csv')).toMatchObject({
      updated: 1,
    });
    expect(await knex()('clv_customers').first()).toMatchObject({ currency: 'USD', segment: 'smb' });
  });
}
