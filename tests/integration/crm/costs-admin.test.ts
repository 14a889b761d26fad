import type { Knex } from 'knex';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CostInput, CostsPage, ListedCost } from '../../../server/src/crm/costs/api-types';
import { adminToken, apiToken, editorToken } from '../../support/admin';
import { adminCalls } from '../../support/admin-calls';
import { startStrapi, type TestStrapi } from '../../support/strapi';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const config = { value: { currency: 'EUR', rates: { USD: 0.9, JPY: 0.006 } } };

let app: TestStrapi;
let knex: Knex;
let token: string;
const { call } = adminCalls(() => token);

beforeAll(async () => {
  app = await startStrapi({ config });
  knex = app.strapi.db.connection as unknown as Knex;
  token = await adminToken(app.strapi, app.url);
});
afterAll(() => app?.stop());
beforeEach(() => knex('clv_costs').delete());

const COST = {
  month: '2026-03',
  channel: 'search',
  amount: '1234.50',
  currency: 'EUR',
  product_line: null,
  segment: null,
};

const list = async (query = ''): Promise<CostsPage> => (await call(app, `/costs${query}`)).body;
const save = (cost: object, replaces: CostInput['replaces'] = null) =>
  call(app, '/costs', 'PUT', { cost: { ...COST, ...cost }, replaces });
const remove = (key: Record<string, string>) =>
  call(app, `/costs?${new URLSearchParams({ month: COST.month, channel: COST.channel, ...key })}`, 'DELETE');
const stored = (): Promise<{ amount: number | string }[]> => knex('clv_costs').orderBy('cost_key');

/** Imports a file as the Import page does. */
async function importCosts(...lines: string[]): Promise<void> {
  const body = new FormData();
  body.append('file', new File([['month,channel,amount,currency', ...lines].join('\n')], 'costs.csv'));
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${app.url}/clv/imports?kind=costs`, { method: 'POST', headers, body });
  const { jobId } = (await answer.json()) as { jobId: string };
  const jobs = app.strapi.plugin('clv').service('jobs');
  await jobs.ended(jobId);
  expect(await jobs.get(jobId)).toMatchObject({ status: 'done', result: { rejected: 0 } });
}

describe('costs in the admin', () => {
  test('are listed, the newest month first, with what they come to', async () => {
    await save({ month: '2026-01' });
    await save({ month: '2026-02', amount: '0.01' });
    await save({ month: '2026-02', segment: 'smb', channel: 'fair', amount: 7, currency: 'USD' });
    await save({ month: '2026-02', channel: 'tv', amount: '500', currency: 'jpy' });
    const page = await list();
    expect(page.costs.map(({ month, channel, amount }) => [month, channel, amount])).toEqual([
      ['2026-02', 'fair', '7.00'],
      ['2026-02', 'search', '0.01'],
      ['2026-02', 'tv', '500'],
      ['2026-01', 'search', '1234.50'],
    ]);
    expect(page.totals).toEqual([
      { currency: 'EUR', amount: '1234.51', costs: 2 },
      { currency: 'JPY', amount: '500', costs: 1 },
      { currency: 'USD', amount: '7.00', costs: 1 },
    ]);
    expect(page.stored).toEqual({ months: ['2026-02', '2026-01'], channels: ['fair', 'search', 'tv'] });
    expect(page.currencies).toEqual(['EUR', 'JPY', 'USD']);
    expect(page.costs[0]).toMatchObject({ segment: 'smb', product_line: null, source: 'admin' });
  });

  test('come page by page, and narrowed down to a month and a channel', async () => {
    for (const month of ['2026-01', '2026-02', '2026-03'])
      for (const channel of ['search', 'fair']) await save({ month, channel, amount: '1' });
    const second = await list('?page=2&pageSize=4');
    expect(second.pagination).toEqual({ page: 2, pageSize: 4, pageCount: 2, total: 6 });
    expect(second.costs.map(({ month, channel }) => [month, channel])).toEqual([
      ['2026-01', 'fair'],
      ['2026-01', 'search'],
    ]);
    expect(second.totals).toEqual([{ currency: 'EUR', amount: '6.00', costs: 6 }]);
    const narrowed = await list('?month=2026-02&channel=fair&page=1');
    expect(narrowed.costs).toMatchObject([{ month: '2026-02', channel: 'fair' }]);
    expect(narrowed.totals).toEqual([{ currency: 'EUR', amount: '1.00', costs: 1 }]);
    expect(narrowed.stored.months).toHaveLength(3);
    expect((await list('?month=&channel=')).pagination.total).toBe(6);
    expect(await call(app, '/costs?month=2026-13')).toMatchObject({
      status: 400,
      body: { error: { message: 'month is not a month; write it like 2026-01.' } },
    });
    expect((await call(app, '/costs?pageSize=1000')).status).toBe(400);
  });

  test('are suggested the names that customers and orders have', async () => {
    const crm = app.strapi.plugin('clv').service('crm');
    await crm.upsert('customers', [{ customer_id: 'C1', channel: 'newsletter', segment: 'office' }], 'test');
    const order = { order_id: '1', customer_id: 'C1', ordered_at: '2026-01-01', amount: 1, currency: 'EUR' };
    await crm.upsert('orders', [{ ...order, channel: 'fair', product_line: 'beans' }], 'test');
    await save({ channel: 'search' });
    const { known, stored: there } = await list();
    expect(known).toEqual({
      channels: ['fair', 'newsletter', 'search'],
      product_lines: ['beans'],
      segments: ['office'],
    });
    expect(there.channels).toEqual(['search']);
  });
});

describe('a cost', () => {
  test('is added, changed, and moved to another month or channel', async () => {
    const { status, body } = await save({ product_line: 'beans' });
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { ...COST, product_line: 'beans', source: 'admin', updated_at: expect.any(Number) },
    });
    expect((await save({ product_line: 'beans', amount: '2000', currency: 'USD' }, body)).body).toMatchObject(
      {
        amount: '2000.00',
        currency: 'USD',
      },
    );
    const moved = await save({ channel: ' fair ', amount: 3 }, body);
    expect(moved.body).toMatchObject({ channel: 'fair', product_line: null, amount: '3.00' });
    expect(await stored()).toMatchObject([{ channel: 'fair', amount: 300, source: 'admin' }]);
    // Saying the same again changes nothing.
    expect((await save({ channel: 'fair', amount: 3 }, moved.body)).body).toEqual(moved.body);
  });

  test('never takes the place of one that was not looked at', async () => {
    const { body: seen } = await save({});
    const { body: other } = await save({ channel: 'fair', amount: '5' });
    for (const answer of [
      await save({ amount: '1' }),
      await save({}),
      await save({ amount: '1' }, other),
      await call(app, '/costs', 'PUT', { cost: { ...COST, amount: '1' } }),
    ]) {
      expect(answer.status).toBe(409);
      expect(answer.body.error.message).toContain('already. Change that one');
    }
    expect((await list()).costs).toEqual([other, seen]);
  });

  test('is new for one of two who enter it at once, and cannot be changed once it is gone', async () => {
    const answers = await Promise.all([save({ amount: '1' }), save({ amount: '2' })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const [there] = (await list()).costs;
    expect(answers.find(({ status }) => status === 200)!.body).toEqual(there);
    await remove({});
    const late = await save({ amount: '3' }, there);
    expect(late.status).toBe(409);
    expect(late.body.error.message).toContain('is there no more');
    expect((await list()).costs).toEqual([]);
  });

  test('is checked as a row of a file, with what is wrong and what to do', async () => {
    const wrong: [object, string, RegExp][] = [
      [{ month: '2026-3' }, 'month', /month is not a month: "2026-3"; write it like 2026-01/],
      [{ month: '2999-01' }, 'month', /in the future: "2999-01"; correct the month/],
      [{ channel: ' ' }, 'channel', /channel is empty; say what/],
      [{ channel: 'x'.repeat(65) }, 'channel', /longer than 64 characters/],
      [{ amount: '-1' }, 'amount', /negative/],
      [{ amount: '1.234,50' }, 'amount', /write it like 1234.50/],
      [{ amount: '1.005' }, 'amount', /has 3 decimals, but EUR has 2/],
      [{ amount: '1.5', currency: 'JPY' }, 'amount', /JPY has 0/],
      [{ amount: '1e9' }, 'amount', /not a number/],
      [{ currency: 'CHF' }, 'currency', /add what 1 CHF is worth in EUR under clv.config.value.rates.CHF/],
      [{ segment: 'a\u0000b' }, 'segment', /control character/],
    ];
    for (const [part, field, message] of wrong) {
      const { status, body } = await save(part);
      expect([status, body.error.details], JSON.stringify(part)).toEqual([400, { field }]);
      expect(body.error.message).toMatch(/^The cost is not saved: /);
      expect(body.error.message).toMatch(message);
    }
    for (const body of [
      {},
      { cost: [] },
      { cost: { ...COST, cost_key: 'x' } },
      { cost: COST, replaces: 'x' },
      { cost: COST, more: 1 },
    ])
      expect((await call(app, '/costs', 'PUT', body)).status).toBe(400);
    expect((await call(app, '/costs', 'PUT', {})).body.error.message).toBe(
      'cost is missing; say month, channel, amount and currency.',
    );
    expect(await stored()).toEqual([]);
  });

  test('is removed by its key, and by no other', async () => {
    await save({});
    await save({ segment: 'smb' });
    expect((await remove({ segment: 'office' })).status).toBe(404);
    expect((await call(app, '/costs?month=2026-03', 'DELETE')).status).toBe(400);
    expect(await remove({ segment: '', product_line: '' })).toEqual({ status: 200, body: {} });
    expect((await list()).costs).toMatchObject([{ segment: 'smb' }]);
    const again = await remove({});
    expect(again.status).toBe(404);
    expect(again.body.error.message).toContain('no cost of 2026-03, search');
  });
});

describe('what came by an import', () => {
  test('is written over by the next one, whatever was changed meanwhile', async () => {
    await importCosts('2026-03,search,1234.50,EUR');
    const [imported] = (await list()).costs as [ListedCost];
    expect(imported).toMatchObject({ ...COST, source: 'csv' });
    await save({ amount: '99' }, imported);
    expect((await list()).costs).toMatchObject([{ amount: '99.00', source: 'admin' }]);
    await importCosts('2026-03,search,1234.50,EUR');
    expect((await list()).costs).toMatchObject([{ amount: '1234.50', source: 'csv' }]);
  });

  test('is back with the next one where it was moved or deleted', async () => {
    await importCosts('2026-03,search,10,EUR', '2026-03,fair,20,EUR');
    await save({ channel: 'ads', amount: '10' }, COST);
    await remove({ channel: 'fair' });
    expect((await list()).costs).toMatchObject([{ channel: 'ads' }]);
    await importCosts('2026-03,search,10,EUR', '2026-03,fair,20,EUR');
    expect((await list()).costs.map(({ channel, source }) => [channel, source])).toEqual([
      ['ads', 'admin'],
      ['fair', 'csv'],
      ['search', 'csv'],
    ]);
  });

  test('stays ours where the next one says the same', async () => {
    await save({});
    await importCosts('2026-03,search,1234.50,EUR');
    expect((await list()).costs).toMatchObject([{ source: 'admin' }]);
  });
});

test('whoever sees values reads costs, and only whoever changes settings changes them', async () => {
  await save({});
  const asked = async (actions: string[]) => {
    const editor = await editorToken(app.strapi, app.url, actions);
    const headers = { authorization: `Bearer ${editor}`, 'content-type': 'application/json' };
    const key = new URLSearchParams({ month: COST.month, channel: COST.channel });
    const replaces = { month: COST.month, channel: COST.channel };
    const status = async (method: string, query: string, body?: object) =>
      (await fetch(`${app.url}/clv/costs${query}`, { method, headers, body: body && JSON.stringify(body) }))
        .status;
    return [
      await status('GET', ''),
      await status('PUT', '', { cost: COST, replaces }),
      await status('DELETE', `?${key}`),
    ];
  };
  expect(await asked(['plugin::clv.data.import'])).toEqual([403, 403, 403]);
  expect(await asked(['plugin::clv.value.read'])).toEqual([200, 403, 403]);
  expect(await asked(['plugin::clv.settings.manage'])).toEqual([403, 200, 200]);
  expect((await fetch(`${app.url}/clv/costs`)).status).toBe(401);
  // An API token is for the content API alone.
  const key = await apiToken(app.strapi, { type: 'full-access' });
  const answer = await fetch(`${app.url}/clv/costs`, { headers: { authorization: `Bearer ${key}` } });
  expect(answer.status).toBe(401);
});
