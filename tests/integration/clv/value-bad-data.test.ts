import type { Knex } from 'knex';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { CustomersPage, ModelPage, ValuePage } from '../../../server/src/clv/api-types';
import type { Job } from '../../../server/src/jobs/api-types';
import type { JobsService } from '../../../server/src/jobs/service';
import { adminToken } from '../../support/admin';
import { startStrapi, type TestStrapi } from '../../support/strapi';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const DAY = 86_400_000;
const NOW = Date.now();

let app: TestStrapi;
let knex: Knex;
let headers: Record<string, string>;
beforeAll(async () => {
  const config = { prediction: { schedule: false }, ranking: { schedule: false } };
  app = await startStrapi({ config });
  knex = app.strapi.db.connection as unknown as Knex;
  headers = { authorization: `Bearer ${await adminToken(app.strapi, app.url)}` };
});
afterAll(() => app.stop());
beforeEach(async () => {
  for (const table of [
    'orders',
    'customers',
    'identities',
    'persons',
    'value_runs',
    'person_values',
    'value_sections',
  ])
    await knex(`clv_${table}`).delete();
});

interface Order {
  customer: number;
  daysAgo: number;
  amount: number;
  cost?: number;
  currency?: string;
}

async function insertOrders(orders: Order[]): Promise<void> {
  const customers = [...new Set(orders.map(({ customer }) => customer))];
  const stamp = { source: 'test', updated_at: NOW };
  const person = (customer: number) => `person-${customer}`;
  await knex.batchInsert(
    'clv_persons',
    customers.map((customer) => ({ id: person(customer), canonical_id: person(customer), created_at: NOW })),
    50,
  );
  await knex.batchInsert(
    'clv_identities',
    customers.map((customer) => ({
      id: `identity-${customer}`,
      person_id: person(customer),
      namespace: 'customer',
      value: `customer-${customer}`,
      source: 'test',
      linked_at: NOW,
    })),
    50,
  );
  await knex.batchInsert(
    'clv_orders',
    orders.map(({ customer, daysAgo, amount, cost = 0, currency = 'EUR' }, i) => ({
      order_id: `order-${i}`,
      customer_id: `customer-${customer}`,
      ordered_at: NOW - Math.round(daysAgo * DAY),
      amount,
      cost,
      currency,
      status: 'paid',
      ...stamp,
    })),
    50,
  );
}

const get = async <Body>(path: string): Promise<Body> =>
  (await fetch(`${app.url}/clv/value${path}`, { headers })).json() as Promise<Body>;

async function run(): Promise<Job> {
  const jobs: JobsService = app.strapi.plugin('clv').service('jobs');
  const { id } = await jobs.start('value', {}, { startedBy: 'test', activeKey: 'value' });
  await jobs.ended(id);
  return (await jobs.get(id))!;
}

/** Runs, and gives what the pages show, once no number of it is one that cannot be shown. */
async function shown() {
  const job = await run();
  expect(job.error).toBeNull();
  const page = await get<ValuePage>('');
  const model = await get<ModelPage>('/model');
  const customers = await get<CustomersPage>('/customers?pageSize=100');
  // JSON has no word for NaN and Infinity; they would come as null, where the types say number.
  for (const { figure } of page.report!.tiles) {
    if ('value' in figure) expect(figure.value).toEqual(expect.any(Number));
    else expect(figure.notEnough.has).toBeLessThan(figure.notEnough.needs);
  }
  const { clv, revenue } = page.report!.total;
  expect([clv, revenue]).toEqual([expect.any(Number), expect.any(Number)]);
  for (const customer of customers.customers) expect(customer.total).toEqual(expect.any(Number));
  const csv = await (await fetch(`${app.url}/clv/value/customers/export.csv`, { headers })).text();
  expect(csv).not.toMatch(/NaN|Infinity|undefined/);
  for (const { personId } of customers.customers.slice(0, 3)) {
    expect((await fetch(`${app.url}/clv/value/customers/${personId}`, { headers })).status).toBe(200);
  }
  return { run: page.run!, report: page.report!, model: model.report!, customers: customers.customers };
}

const many = (count: number, orderOf: (customer: number) => Order[]) =>
  Array.from({ length: count }, (_, customer) => orderOf(customer)).flat();

test('nothing at all', async () => {
  const { run, report, model, customers } = await shown();
  expect(run.problem).toBe('There is nothing to predict from: nobody has ordered yet.');
  expect(run).toMatchObject({ model: null, customers: 0, prospects: 0, orders: 0 });
  expect(report.total.predicted).toBeNull();
  expect(model).toMatchObject({ split: null, chosen: null, fits: [], holdout: [] });
  expect(customers).toEqual([]);
});

test('a few customers: the rules stand in for a model, and it is said why', async () => {
  await insertOrders(
    many(8, (customer) => [10, 40, 90].map((daysAgo) => ({ customer, daysAgo, amount: 1_000 }))),
  );
  const { run, model, customers } = await shown();
  expect(model.reason).toMatch(/not enough data: . of 30 customers with a repeat order/);
  expect(model.chosen).not.toMatch(/nbd/);
  expect(run.model).toBe(model.chosen);
  expect(customers.every(({ pAlive }) => pAlive === null)).toBe(true);
});

test('one order each', async () => {
  await insertOrders(many(200, (customer) => [{ customer, daysAgo: 1 + customer, amount: 1_000 }]));
  const { model, customers, run } = await shown();
  expect(model.reason).toContain('not enough data: 0 of 30');
  expect(run.customers).toBe(200);
  expect(customers.every(({ predicted }) => predicted === null || predicted === 0)).toBe(true);
});

test('refunds only', async () => {
  await insertOrders(many(50, (customer) => [{ customer, daysAgo: customer + 1, amount: -500 }]));
  const { run, report, customers } = await shown();
  expect(run.problem).toBe('There is nothing to predict from: nobody has ordered yet.');
  expect(run).toMatchObject({ customers: 0, prospects: 50 });
  expect(report.total.clv).toBe(-250);
  expect(customers.every(({ historical, predicted }) => historical === -5 && predicted === null)).toBe(true);
});

test('everything on one day', async () => {
  await insertOrders(many(100, (customer) => [0, 1, 2].map(() => ({ customer, daysAgo: 0, amount: 1_000 }))));
  const { run, customers } = await shown();
  expect(run.problem).toMatch(/No orders to come can be predicted: not enough data: 0 of 30/);
  expect(customers.every(({ predicted, historical }) => predicted === null && historical === 30)).toBe(true);
});

test('orders in the future', async () => {
  await insertOrders(many(50, (customer) => [{ customer, daysAgo: -30 - customer, amount: 1_000 }]));
  const { run } = await shown();
  expect(run.problem).toBe('There is nothing to predict from: all orders lie in the future.');
});

/** Customers who differ in how often they order, for a year and a half. */
const regulars = (amount: number, cost: number) =>
  many(150, (customer) => {
    const gap = 8 + ((customer * 37) % 60);
    const begin = 300 + ((customer * 53) % 240);
    const end = (customer * 29) % 200;
    const orders: Order[] = [];
    for (let daysAgo = begin, n = 0; daysAgo > end && n < 1 + ((customer * 7) % 9); daysAgo -= gap, n++)
      orders.push({ customer, daysAgo, amount: amount + ((customer * 11) % 5), cost });
    return orders;
  });

test('no margin at all, or a negative one: orders to come are worth nothing, or less', async () => {
  await insertOrders(regulars(1_000, 1_002));
  const { run, report, customers } = await shown();
  expect(run.problem).toBeNull();
  expect(Math.abs(report.total.predicted!)).toBeLessThan(0.02 * report.total.revenue);

  await knex('clv_orders').update({ cost: 1_500 });
  const loss = await shown();
  expect(loss.report.total.predicted).toBeLessThanOrEqual(0);
  expect(customers.length).toBe(loss.customers.length);
});

test('refunds as high as all orders', async () => {
  const orders = regulars(1_000, 0);
  await insertOrders([...orders, ...orders.map((order) => ({ ...order, amount: -order.amount }))]);
  const { run, customers } = await shown();
  expect(run.problem).toMatch(/refunds are as high as all orders/);
  expect(customers.every(({ predicted }) => predicted === null)).toBe(true);
});

test('a currency without a rate fails the run, names the setting, and leaves nothing behind', async () => {
  await insertOrders([
    { customer: 1, daysAgo: 3, amount: 1_000 },
    { customer: 2, daysAgo: 2, amount: 1_000, currency: 'CHF' },
  ]);
  const job = await run();
  expect(job).toMatchObject({
    status: 'failed',
    error: expect.stringContaining('clv.config.value.rates.CHF'),
  });
  const page = await get<ValuePage>('');
  expect(page).toMatchObject({ run: null, report: null, lastRun: { id: job.id, status: 'failed' } });
  for (const table of ['clv_value_runs', 'clv_value_sections', 'clv_person_values'])
    expect(await knex(table)).toEqual([]);
});
