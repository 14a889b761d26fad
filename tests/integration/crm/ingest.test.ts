import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiToken } from '../../support/admin';
import { startStrapi, type TestStrapi } from '../../support/strapi';

let app: TestStrapi;
let token: string;
beforeAll(async () => {
  app = await startStrapi({ config: { value: { currency: 'EUR' } } });
  const permissions = ['plugin::clv.orders.create', 'plugin::clv.customers.create'];
  token = await apiToken(app.strapi, { type: 'custom', permissions });
});
afterAll(() => app.stop());

async function post(path: string, body: unknown, bearer: string | null = token) {
  const answer = await fetch(`${app.url}/api/clv${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(bearer && { authorization: `Bearer ${bearer}` }) },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json() };
}

const order = (id: string, more: Record<string, unknown> = {}) => ({
  order_id: id,
  customer_id: 'C1',
  ordered_at: '2025-01-31T10:00:00Z',
  amount: 12.5,
  currency: 'EUR',
  ...more,
});

describe('orders by HTTP', () => {
  test('are stored, and told apart by what became of them', async () => {
    const orders = [order('1'), order('2', { amount: '9.99', cost: 4 }), order('3', { amount: null })];
    expect(await post('/orders', { orders })).toEqual({
      status: 200,
      body: {
        created: 2,
        updated: 0,
        unchanged: 0,
        duplicates: 0,
        rejected: [{ index: 2, field: 'amount', reason: 'amount is empty; write it like 1234.50' }],
      },
    });
    const stored = await app.strapi.db.connection('clv_orders').orderBy('order_id');
    expect(stored).toMatchObject([
      { order_id: '1', amount: 1250, cost: null, source: 'api', status: 'paid' },
      { order_id: '2', amount: 999, cost: 400, source: 'api', status: 'paid' },
    ]);
  });

  test('need a token that may create them', async () => {
    const orders = [order('9')];
    const reader = await apiToken(app.strapi, { type: 'read-only' });
    const other = await apiToken(app.strapi, {
      type: 'custom',
      permissions: ['plugin::clv.customers.create'],
    });
    const full = await apiToken(app.strapi, { type: 'full-access' });
    expect((await post('/orders', { orders }, null)).status).toBe(403);
    expect((await post('/orders', { orders }, 'wrong')).status).toBe(401);
    expect((await post('/orders', { orders }, reader)).status).toBe(403);
    expect((await post('/orders', { orders }, other)).status).toBe(403);
    expect(await app.strapi.db.connection('clv_orders').where({ order_id: '9' })).toEqual([]);
    expect((await post('/orders', { orders }, full)).status).toBe(200);
  });

  test.each<[unknown, string]>([
    [{}, 'orders must be a list of orders.'],
    [{ orders: 'all' }, 'orders must be a list of orders.'],
    [[], 'The body must be JSON like { "orders": [...] }.'],
    [{ orders: Array(1_001).fill({}) }, 'orders holds more than 1000 rows; send them in several requests.'],
  ])('in a body that is none (%j) are told so', async (body, message) => {
    expect(await post('/orders', body)).toMatchObject({ status: 400, body: { error: { message } } });
  });

  test('of any shape never break the server', async () => {
    const odd = [
      null,
      7,
      'x',
      [],
      {},
      { order_id: {} },
      order('\ud800'),
      order('a\u0000'),
      { ...order('n'), amount: [] },
    ];
    const { status, body } = await post('/orders', { orders: [...odd, order('good')] });
    expect(status).toBe(200);
    expect(body).toMatchObject({ created: 1 });
    expect(body.rejected.map((row: { index: number }) => row.index)).toEqual(odd.map((_, index) => index));
  });
});

test('customers by HTTP are stored with the person that their orders have', async () => {
  await post('/orders', { orders: [order('p1', { customer_id: 'CP' })] });
  const customers = [
    { customer_id: 'CP', email: 'cp@example.com', acquisition_cost: '15' },
    { customer_id: '' },
  ];
  expect(await post('/customers', { customers })).toMatchObject({
    status: 200,
    body: { created: 1, rejected: [{ index: 1, field: 'customer_id' }] },
  });
  const knex = app.strapi.db.connection;
  const identity = await knex('clv_identities').where({ namespace: 'customer', value: 'CP' }).first();
  expect(await knex('clv_customers').where({ customer_id: 'CP' }).first()).toMatchObject({
    person_id: identity.person_id,
    acquisition_cost: 1500,
  });
});
