import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { removeCost, saveCost } from '../../../server/src/crm/costs/change';
import { listCosts } from '../../../server/src/crm/costs/list';
import { namesOf } from '../../../server/src/crm/costs/names';
import type { CrmService } from '../../../server/src/crm/service';
import { apiToken } from '../../support/admin';
import { DATABASES, type TestDatabase } from '../../support/databases';
import { startStrapi, type TestStrapi } from '../../support/strapi';

const CONFIG = { value: { currency: 'EUR', rates: { USD: 0.9 }, timezone: 'UTC' } };
const at = (day: string) => Date.parse(`${day}T00:00:00Z`);

describe.each(DATABASES)('on $name', ({ start, missing }) => {
  describe.skipIf(missing)('data of the value engine', () => {
    let database: TestDatabase;
    let app: TestStrapi;
    const knex = () => app.strapi.db.connection as unknown as Knex;
    const crm = () => app.strapi.plugin('clv').service('crm') as CrmService;

    beforeAll(async () => {
      database = await start();
      app = await startStrapi({ env: database.env, config: CONFIG });
    });
    afterAll(async () => {
      await app?.stop();
      await database?.stop();
    });

    test('a cost is known by month, channel, product line and segment, and saying it again changes it', async () => {
      const cost = { month: '2025-01', channel: 'search', amount: '100', currency: 'EUR' };
      const costs = [cost, { ...cost, segment: 'smb', amount: '30', currency: 'USD' }];
      expect(await crm().upsert('costs', costs, 'test')).toMatchObject({ created: 2, rejected: [] });
      expect(await crm().upsert('costs', [{ ...cost, amount: 120 }, costs[1]], 'test')).toMatchObject({
        created: 0,
        updated: 1,
        unchanged: 1,
      });
      const stored = await knex()('clv_costs').orderBy('amount').select('segment', 'amount', 'currency');
      expect(stored.map((row) => ({ ...row, amount: Number(row.amount) }))).toEqual([
        { segment: 'smb', amount: 3_000, currency: 'USD' },
        { segment: null, amount: 12_000, currency: 'EUR' },
      ]);
    });

    test('costs are listed with what they come to, moved, and removed', async () => {
      await knex()('clv_costs').delete();
      const cost = { month: '2025-03', channel: 'search', amount: '0.10', currency: 'EUR' };
      const key = { month: '2025-03', channel: 'search', product_line: null, segment: null };
      await crm().upsert('costs', [cost, { ...cost, channel: 'Search', amount: '90000000000.05' }], 'test');
      const listed = () => listCosts(knex(), { page: 1, pageSize: 10 });
      const { costs, totals } = await listed();
      expect(costs.map(({ channel }) => channel).sort()).toEqual(['Search', 'search']);
      expect(totals).toEqual([{ currency: 'EUR', amount: '90000000000.15', costs: 2 }]);
      const moved = { ...cost, month: '2025-04', segment: 'smb' };
      expect(await saveCost(knex(), crm(), moved, key)).toEqual({ key: expect.any(String) });
      expect(await saveCost(knex(), crm(), moved, key)).toEqual({ gone: true });
      expect(await saveCost(knex(), crm(), moved, null)).toEqual({ taken: true });
      expect((await listed()).costs).toMatchObject([
        {
          month: '2025-04',
          channel: 'search',
          segment: 'smb',
          amount: '0.10',
          updated_at: expect.any(Number),
        },
        { month: '2025-03', channel: 'Search' },
      ]);
      expect((await namesOf(knex())).stored).toEqual({
        months: ['2025-04', '2025-03'],
        channels: ['search', 'Search'],
      });
      expect(await removeCost(knex(), { ...key, channel: 'Search' })).toBe(true);
      expect(await removeCost(knex(), { ...key, channel: 'Search' })).toBe(false);
      expect((await listed()).pagination.total).toBe(1);
    });

    test('a subscription gives its customer a person, and ends without a word about the rest', async () => {
      const subscription = {
        subscription_id: 'S1',
        customer_id: 'C1',
        started_at: '2025-01-01',
        mrr: '49',
        currency: 'EUR',
        billing_months: 12,
      };
      expect(await crm().upsert('subscriptions', [subscription], 'test')).toMatchObject({ created: 1 });
      const { billing_months, ...kept } = subscription;
      await crm().upsert('subscriptions', [{ ...kept, ended_at: '2025-12-31' }], 'test');
      const [row] = await knex()('clv_subscriptions');
      expect(Number(row.billing_months)).toBe(billing_months);
      expect(Number(row.ended_at)).toBe(at('2025-12-31'));
      expect(await knex()('clv_identities').where({ namespace: 'customer', value: 'C1' })).toHaveLength(1);
    });

    test('what a customer says of the company is kept, and emptied when emptied', async () => {
      const customer = { customer_id: 'C1', company: 'Analytical Engines', nps: 9, ces: 5.5 };
      await crm().upsert('customers', [customer], 'test');
      const stored = () =>
        knex()('clv_customers').where({ customer_id: 'C1' }).first('company', 'nps', 'ces');
      expect(await stored()).toEqual({ company: 'Analytical Engines', nps: 9, ces: 5.5 });
      expect(await crm().upsert('customers', [customer], 'test')).toMatchObject({ unchanged: 1 });
      await crm().upsert('customers', [{ customer_id: 'C1', nps: '' }], 'test');
      expect(await stored()).toEqual({ company: 'Analytical Engines', nps: null, ces: 5.5 });
    });

    test('one person’s subscriptions and answers are exported as numbers, and erased', async () => {
      await crm().upsert('customers', [{ customer_id: 'C2', nps: 3 }], 'test');
      const row = { customer_id: 'C2', started_at: '2025-01-01', mrr: '10', currency: 'EUR' };
      await crm().upsert('subscriptions', [{ ...row, subscription_id: 'S2' }], 'test');
      const privacy = app.strapi.plugin('clv').service('privacy');
      const { sections } = await privacy.exportPerson({ customerId: 'C2' });
      expect(sections.subscriptions).toMatchObject([{ subscription_id: 'S2', mrr: 1_000, ended_at: null }]);
      expect(sections.customers).toMatchObject([{ nps: 3 }]);
      expect(await privacy.erasePerson({ customerId: 'C2' })).toMatchObject({
        subscriptions: 1,
        customers: 1,
      });
      expect(await knex()('clv_subscriptions').where({ customer_id: 'C2' })).toEqual([]);
    });

    test('costs and subscriptions by HTTP need a token that may create them', async () => {
      const post = async (path: string, body: unknown, permission: string) => {
        const token = await apiToken(app.strapi, { type: 'custom', permissions: [permission] });
        const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
        const answer = await fetch(`${app.url}/api/clv${path}`, {
          method: 'POST',
          headers,
          body: JSON.stringify(body),
        });
        return { status: answer.status, body: await answer.json() };
      };
      const costs = [{ month: '2025-02', channel: 'fair', amount: 5, currency: 'EUR' }, { month: 'May' }];
      expect(await post('/costs', { costs }, 'plugin::clv.costs.create')).toMatchObject({
        status: 200,
        body: { created: 1, rejected: [{ index: 1, field: 'month' }] },
      });
      expect(await post('/costs', { costs }, 'plugin::clv.orders.create')).toMatchObject({ status: 403 });
      const subscriptions = [
        { subscription_id: 'S9', customer_id: 'C9', started_at: '2025-02-01', mrr: 5, currency: 'EUR' },
      ];
      expect(
        await post('/subscriptions', { subscriptions }, 'plugin::clv.subscriptions.create'),
      ).toMatchObject({ status: 200, body: { created: 1 } });
    });
  });
});
