import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConnectionDetail } from '../../../server/src/crm/sync/api-types';
import { adminToken } from '../../support/admin';
import { adminCalls, over } from '../../support/admin-calls';
import { type Served, serve } from '../../support/crm/served';
import { DATABASES, type TestDatabase } from '../../support/databases';
import { startStrapi, type TestStrapi } from '../../support/strapi';

const { start } = DATABASES.find(({ name }) => name === 'SQLite')!;

describe('a description of an API that changes', () => {
  let database: TestDatabase;
  let crm: Served;
  let app: TestStrapi;

  beforeAll(async () => {
    crm = await serve(({ path, query }) => {
      const people = [{ id: 1, mail: 'ada@example.com', firm: 'Engines' }];
      const sales = [{ id: 'S-1', who: 1, on: '2026-01-31', sum: 10 }];
      return { status: 200, body: { items: query.has('since') ? [] : path === '/people' ? people : sales } };
    });
    database = await start();
    app = await startStrapi({ env: database.env, config: { crm: { privateHosts: [crm.host] } } });
  });
  afterAll(async () => {
    await app?.stop();
    await crm?.close();
    await database?.stop();
  });

  test('has what it describes otherwise read again, and what it adds read at all', async () => {
    const token = await adminToken(app.strapi, app.url);
    const { call, jobWhen } = adminCalls(() => token);
    const list = {
      records: 'items',
      id: 'id',
      since: { query: 'since', format: 'iso' },
      paging: { style: 'none' },
    };
    const customers = (fields: object) => ({ ...list, path: '/people', fields });
    const fields = { customer_id: 'who', ordered_at: 'on', amount: 'sum' };
    const orders = { ...list, path: '/sales', fields };
    const options = (api: object) => ({ baseUrl: crm.url, auth: 'none', api: JSON.stringify(api) });
    const change = async (api: object) => {
      const { body } = await call(app, `/crm/connections/${id}`, 'PUT', { options: options(api) });
      return (body as ConnectionDetail).streams.map(({ stream, complete }) => [stream, complete]);
    };
    const run = async (stream: string) => {
      const { body } = await call(app, `/crm/connections/${id}/streams/${stream}/run`, 'POST');
      return jobWhen(app, body.jobId, over);
    };

    const { id } = (
      await call(app, '/crm/connections', 'POST', {
        kind: 'rest',
        name: 'Described',
        idPrefix: 'd:',
        options: options({ customers: customers({ email: 'mail' }) }),
        mapping: {},
        push: { enabled: false, fields: [], noteKinds: [] },
        everyMinutes: {},
      })
    ).body as ConnectionDetail;
    await run('customers');

    const both = { customers: customers({ email: 'mail' }), orders };
    expect(await change(both)).toEqual([
      ['customers', true],
      ['orders', false],
    ]);
    await run('orders');
    const [order] = await app.strapi.db.connection('clv_orders').select('order_id');
    expect(order).toEqual({ order_id: 'd:S-1' });

    expect(await change({ customers: customers({ email: 'mail', company: 'firm' }), orders })).toEqual([
      ['customers', false],
      ['orders', true],
    ]);
    expect(await change({ customers: customers({ email: 'mail', company: 'firm' }) })).toEqual([
      ['customers', false],
    ]);
  });
});
