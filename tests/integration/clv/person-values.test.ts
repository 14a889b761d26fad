import type { Knex } from 'knex';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PersonBreakdown } from '../../../server/src/clv/api-types';
import {
  type PersonValue,
  type PersonValueOptions,
  personValues,
} from '../../../server/src/clv/person-values';
import { insertRows } from '../../../server/src/storage/insert-rows';
import { adminToken, editorToken } from '../../support/admin';
import { noMariaDb, startMariaDb } from '../../support/mariadb';
import { startPostgres } from '../../support/postgres';
import { startStrapi, type TestStrapi } from '../../support/strapi';

const VALUE = { currency: 'EUR', rates: { USD: 0.9, JPY: 0.006 }, timezone: 'Europe/Rome' };
const now = Date.parse('2026-03-01T12:00:00Z');
const at = (day: string) => Date.parse(`${day}T12:00:00Z`);

describe('on SQLite', () => sameOnEach(async () => ({ env: {}, stop: async () => {} })));
describe('on PostgreSQL', () => sameOnEach(startPostgres));
describe.skipIf(noMariaDb)('on MariaDB', () => sameOnEach(startMariaDb));

function sameOnEach(database: () => Promise<{ env: Record<string, string>; stop(): Promise<void> }>): void {
  let app: TestStrapi;
  let stop: () => Promise<void>;
  const knex = () => app.strapi.db.connection as unknown as Knex;
  const service = (name: string) => app.strapi.plugin('clv').service(name);

  beforeAll(async () => {
    const started = await database();
    stop = started.stop;
    app = await startStrapi({ env: started.env, config: { value: VALUE } });
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

  let orders = 0;
  const order = (customer: string, day: string, amount: string, more: Record<string, string> = {}) => {
    orders += 1;
    const ordered_at = `${day}T12:00:00Z`;
    return { order_id: `o${orders}`, customer_id: customer, ordered_at, amount, currency: 'EUR', ...more };
  };

  async function personOf(customerId: string): Promise<string> {
    const row = await knex()('clv_identities').where({ namespace: 'customer', value: customerId }).first();
    return row.person_id;
  }

  async function valuesOf(options: Partial<PersonValueOptions> = {}): Promise<Map<string, PersonValue>> {
    const values = new Map<string, PersonValue>();
    for await (const persons of personValues(knex(), { ...VALUE, now, value: 'clv', ...options })) {
      for (const person of persons) values.set(person.personId, person);
    }
    return values;
  }

  test('refunds lower the value, cancelled orders do not count, and costs are taken off', async () => {
    await service('crm').upsertOrders(
      [
        order('A', '2025-01-10', '-5', {}),
        order('A', '2025-02-01', '100', { cost: '40' }),
        order('A', '2025-03-01', '-10'),
        order('A', '2025-01-01', '1000', { status: 'cancelled' }),
        order('A', '2025-01-02', '1000', { status: 'refunded' }),
      ],
      'test',
    );
    await service('crm').upsertCustomers(
      [
        {
          customer_id: 'A',
          acquired_at: '2026-01-01',
          acquisition_cost: '20',
          service_cost_per_month: '3',
        },
      ],
      'test',
    );
    const personId = await personOf('A');
    const shared = { personId, firstOrderAt: at('2025-02-01'), firstPaidAt: at('2025-01-10'), orders: 1 };
    expect((await valuesOf()).get(personId)).toEqual({ ...shared, value: 8_500 - 4_000 - 2_000 - 600 });
    expect((await valuesOf({ value: 'margin' })).get(personId)).toEqual({ ...shared, value: 4_500 });
    expect((await valuesOf({ value: 'revenue' })).get(personId)).toEqual({ ...shared, value: 8_500 });
  });

  test('someone with a refund alone was seen, but never ordered', async () => {
    await service('crm').upsertOrders([order('R', '2025-01-01', '-10')], 'test');
    expect((await valuesOf({ value: 'revenue' })).get(await personOf('R'))).toMatchObject({
      firstOrderAt: null,
      firstPaidAt: at('2025-01-01'),
      value: -1_000,
      orders: 0,
    });
  });

  test('from a date on only later orders count, and only their margin', async () => {
    await service('crm').upsertOrders(
      [order('A', '2025-01-01', '100', { cost: '50' }), order('A', '2025-06-01', '30', { cost: '10' })],
      'test',
    );
    await service('crm').upsertCustomers([{ customer_id: 'A', acquisition_cost: '20' }], 'test');
    const personId = await personOf('A');
    const ordersFrom = at('2025-06-01');
    expect((await valuesOf({ ordersFrom })).get(personId)).toEqual({
      personId,
      firstOrderAt: at('2025-01-01'),
      firstPaidAt: at('2025-01-01'),
      value: 2_000,
      orders: 1,
    });
    expect((await valuesOf({ ordersFrom: ordersFrom + 1 })).get(personId)).toMatchObject({
      value: 0,
      orders: 0,
    });
  });

  test('someone without orders is worth minus the costs, or nothing', async () => {
    const lead = {
      customer_id: 'L',
      acquired_at: '2026-02-01',
      acquisition_cost: '7',
      service_cost_per_month: '2',
    };
    await service('crm').upsertCustomers([lead, { customer_id: 'M', service_cost_per_month: '2' }], 'test');
    const personId = await personOf('L');
    const shared = { personId, firstOrderAt: null, firstPaidAt: null, orders: 0 };
    expect((await valuesOf()).get(personId)).toEqual({ ...shared, value: -900 });
    expect((await valuesOf({ value: 'margin' })).get(personId)).toEqual({ ...shared, value: 0 });
    // Nobody knows since when M is served.
    expect((await valuesOf()).get(await personOf('M'))).toMatchObject({ value: 0 });
  });

  test('currencies are converted once each, and one without a rate stops the run', async () => {
    await service('crm').upsertOrders(
      [
        order('A', '2025-01-01', '0.05', { currency: 'USD' }),
        order('A', '2025-01-02', '0.10', { currency: 'USD' }),
        order('A', '2025-01-03', '100', { currency: 'JPY' }),
      ],
      'test',
    );
    // 0.15 USD = 0.135 EUR, a tie that goes to the even 0.14 (each order rounded alone would give 0.13); 0.60 EUR
    expect((await valuesOf()).get(await personOf('A'))).toMatchObject({ value: 14 + 60, orders: 3 });
    await expect(valuesOf({ rates: { USD: 0.9 } })).rejects.toThrow('clv.config.value.rates.JPY');
  });

  test('merged customers are one person, until the merge is undone', async () => {
    await service('crm').upsertOrders(
      [order('A', '2025-01-05', '10'), order('B', '2025-01-01', '20'), order('C', '2025-01-01', '1')],
      'test',
    );
    await service('crm').upsertCustomers(
      [
        { customer_id: 'A', acquisition_cost: '1' },
        { customer_id: 'B', acquisition_cost: '2' },
      ],
      'test',
    );
    const [a, b] = [await personOf('A'), await personOf('B')];
    const merge = await service('identity').merge(a, b, 'test', 'the same');
    const merged = await valuesOf();
    expect(merged.size).toBe(2);
    const first = { firstOrderAt: at('2025-01-01'), firstPaidAt: at('2025-01-01') };
    expect(merged.get(b)).toEqual({ personId: b, ...first, value: 2_700, orders: 2 });
    await service('identity').undoMerge(merge, 'test');
    const apart = await valuesOf();
    expect([apart.get(a)?.value, apart.get(b)?.value]).toEqual([900, 1_800]);
  });

  test('nobody is lost or counted twice between chunks', async () => {
    const count = 20_500;
    const ids = Array.from({ length: count }, (_, i) => `p${String(i).padStart(6, '0')}`);
    const text = (...names: string[]) => names.map((name) => ({ name, type: 'text' as const }));
    const big = (...names: string[]) => names.map((name) => ({ name, type: 'bigint' as const }));
    await insertRows(
      knex(),
      'clv_persons',
      [...text('id', 'canonical_id'), ...big('created_at')],
      ids.map((id) => [id, id, 0]),
    );
    await insertRows(
      knex(),
      'clv_identities',
      [...text('id', 'person_id', 'namespace', 'value', 'source'), ...big('linked_at')],
      ids.map((id) => [id, id, 'customer', id, 'test', 0]),
    );
    await insertRows(
      knex(),
      'clv_orders',
      [
        ...text('order_id', 'customer_id', 'currency', 'source'),
        ...big('ordered_at', 'amount', 'updated_at'),
      ],
      ids.map((id, i) => [id, id, 'EUR', 'test', 1, i, 0]),
    );
    let chunks = 0;
    const seen = new Map<string, number>();
    for await (const persons of personValues(knex(), { ...VALUE, now, value: 'revenue' })) {
      chunks += 1;
      for (const { personId, value } of persons) seen.set(personId, (seen.get(personId) ?? 0) + value);
    }
    expect(chunks).toBe(3);
    expect(seen).toEqual(new Map(ids.map((id, i) => [id, i])));
  });

  test('a finance person sees every figure of one customer', async () => {
    await service('crm').upsertOrders(
      [
        order('F', '2025-02-01', '100.10', { cost: '40' }),
        order('F', '2025-03-01', '-10'),
        order('F', '2025-03-02', '50', { currency: 'USD' }),
        order('F', '2025-01-01', '1000', { status: 'cancelled' }),
      ],
      'test',
    );
    const record = {
      customer_id: 'F',
      acquired_at: '2025-02-01',
      acquisition_cost: '20',
      service_cost_per_month: '3',
    };
    await service('crm').upsertCustomers([record], 'test');
    const token = await adminToken(app.strapi, app.url);
    const ask = (query: string, bearer = token) =>
      fetch(`${app.url}/clv/people/values${query}`, { headers: { authorization: `Bearer ${bearer}` } });

    const breakdown = (await (await ask('?customer=F')).json()) as PersonBreakdown;
    const { months, service: served } = breakdown.records[0]!;
    expect(breakdown).toMatchObject({
      personId: await personOf('F'),
      customerIds: ['F'],
      currency: 'EUR',
      timezone: 'Europe/Rome',
      firstOrderAt: at('2025-02-01'),
      orders: { paid: 2, refunds: 1, notCounted: 1, withoutCost: 1 },
      records: [
        {
          customerId: 'F',
          acquisition: 20,
          servicePerMonth: 3,
          servedSince: Date.parse('2025-01-31T23:00:00Z'),
        },
      ],
    });
    expect(months).toBeGreaterThan(12);
    expect(served).toBeCloseTo(3 * months, 1);
    expect(breakdown.byCurrency).toEqual(
      expect.arrayContaining([
        { currency: 'EUR', rate: 1, orders: 1, revenue: 90.1, cost: 40, service: served, acquisition: 20 },
        { currency: 'USD', rate: 0.9, orders: 1, revenue: 50, cost: 0, service: 0, acquisition: 0 },
      ]),
    );
    const { value } = breakdown;
    expect(value).toMatchObject({ revenue: 135.1, cost: 40, acquisition: 20, service: served, margin: 95.1 });
    expect(value.clv).toBeCloseTo(135.1 - 40 - 20 - served, 10);

    expect((await ask('')).status).toBe(400);
    expect((await ask('?customer=f')).status).toBe(404);
    const reader = await editorToken(app.strapi, app.url, ['plugin::clv.rankings.read']);
    expect((await ask('?customer=F', reader)).status).toBe(403);
  });
}
