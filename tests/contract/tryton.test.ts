import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Insight, Page } from '../../server/src/crm/connector';
import type { ConnectorError } from '../../server/src/crm/connector-error';
import { cell } from '../../server/src/crm/connectors/tryton/values';
import { INSIGHT_FIELDS } from '../../server/src/crm/insight-fields';
import type { Asked } from '../support/crm/served';
import { all, connect } from '../support/crm/tools';
import { date, decimal, signIn } from '../support/crm/tryton/api';
import { messagesOf, type TrytonDouble, tiersOf, trytonDouble } from '../support/crm/tryton/double';
import { addEmployee } from '../support/crm/tryton/fill';
import { noTryton, startTryton, type TrytonServer } from '../support/crm/tryton/server';
import { contractSuite } from './suite';

const someone = (i: number) => ({
  email: `someone-${i}@example.com`,
  name: `Someone ${i}`,
  createdAt: Date.now(),
});

const sale = (party: string) => ({
  customers: [party],
  amount: '120.50',
  currency: 'EUR',
  won: true,
  wonAt: Date.UTC(2026, 4, 17),
  createdAt: Date.UTC(2026, 4, 1),
});

const insight = (customerId: string, values: Partial<Insight['values']>): Insight => ({
  customerId,
  values: {
    ...(Object.fromEntries(INSIGHT_FIELDS.map(({ name }) => [name, null])) as Insight['values']),
    ...values,
  },
});

const ordersOf = (pages: Page[]) =>
  pages.flatMap(({ records }) => records.flatMap(({ orders }) => orders ?? []));
async function listed(pages: AsyncIterable<string[]>): Promise<string[]> {
  const list: string[] = [];
  for await (const ids of pages) list.push(...ids);
  return list;
}

const last = (pages: Page[]) => pages.at(-1)!.cursor;
const isCall = (method: string) => (asked: Asked) => asked.body?.method === method;
const failure = (work: Promise<unknown>): Promise<ConnectorError> =>
  work.then(
    () => expect.fail('it should have failed'),
    (error) => error,
  );

describe('values of Tryton', () => {
  test('decimals come as they are written in full, times in UTC', () => {
    const values = ['0E-8', '1.2E+3', '-12E-1', '1234567.89'].map(decimal).map(cell);
    expect(values).toEqual(['0.00000000', '1200', '-1.2', '1234567.89']);
    expect(cell(date(Date.UTC(2026, 0, 31)))).toBe('2026-01-31');
    const time = { hour: 9, minute: 5, second: 1, microsecond: 715_312 };
    expect(cell({ ...date(Date.UTC(2026, 0, 31)), ...time, __class__: 'datetime' })).toBe(
      '2026-01-31T09:05:01Z',
    );
    expect([null, undefined, '', [1], { __class__: 'bytes' }].map(cell)).toEqual(Array(5).fill(null));
  });
});

if (!noTryton) {
  let tryton: TrytonServer;
  beforeAll(async () => {
    tryton = await startTryton();
  }, 300_000);
  afterAll(() => tryton.stop());

  contractSuite('Tryton', () => trytonDouble(tryton));

  describe('Tryton alone', () => {
    let double: TrytonDouble;
    beforeEach(async () => {
      double = await trytonDouble(tryton);
    });
    afterEach(() => double.close());
    const party = async () => (await double.addCustomers([someone(1)]))[0]!;

    test('a party that is not active any more is gone, and comes back when it is again', async () => {
      const id = await party();
      const first = last(await all(connect(double).pullCustomers(null)));
      await double.user.call('model.party.party.write', [Number(id)], { active: false });
      const pages = await all(connect(double).pullCustomers(first));
      expect(pages.flatMap(({ gone }) => gone ?? [])).toEqual([id]);
      expect(await listed(connect(double).pullIds!('customers'))).toEqual([]);
      await double.user.callWith({ active_test: false }, 'model.party.party.write', [Number(id)], {
        active: true,
      });
      const [page] = await all(connect(double).pullCustomers(last(pages)));
      expect(page).toMatchObject({ records: [{ id }], gone: [] });
    });

    test('an email that is not used any more is none, and the company itself no customer', async () => {
      const id = await party();
      const [contact] = await double.user.call('model.party.contact_mechanism.search', [
        ['party', '=', Number(id)],
      ]);
      await double.user.call('model.party.contact_mechanism.write', [contact], { active: false });
      const [page] = await all(connect(double).pullCustomers(null));
      expect(page!.records).toEqual([{ id, customers: [{ customer_id: id, email: null }] }]);
      expect(page!.total).toBe(1);
    });

    test('a sale that an opportunity became says when that began; quotations and cancelled ones are no orders', async () => {
      const id = await party();
      const [opportunity] = await double.user.call('model.sale.opportunity.create', [
        {
          party: Number(id),
          employee: await addEmployee(double.user),
          start_date: date(Date.UTC(2026, 3, 2)),
        },
      ]);
      const [sold, ...others] = await double.addDeals([
        sale(id),
        { ...sale(id), won: false },
        { ...sale(id), won: false },
      ]);
      await double.user.call('model.sale.sale.draft', [Number(sold)]);
      await double.user.call('model.sale.sale.write', [Number(sold)], {
        origin: `sale.opportunity,${opportunity}`,
      });
      await double.changeDeal(sold!, { won: true });
      await double.user.call('model.sale.sale.quote', [Number(others[0])]);
      await double.user.call('model.sale.sale.cancel', [Number(others[1])]);
      expect(ordersOf(await all(connect(double).pullOrders(null)))).toEqual([
        {
          order_id: sold,
          customer_id: id,
          ordered_at: '2026-05-17',
          amount: '120.50',
          currency: 'EUR',
          deal_created_at: '2026-04-02',
        },
      ]);
    });

    test('an opportunity that was won without a sale counts when the options say so', async () => {
      const id = await party();
      const employee = await addEmployee(double.user);
      const won = { party: Number(id), employee, state: 'won', amount: decimal('900.00') };
      const days = { start_date: date(Date.UTC(2026, 0, 5)), end_date: date(Date.UTC(2026, 1, 6)) };
      const [deal] = await double.user.call('model.sale.opportunity.create', [{ ...won, ...days }]);
      expect(ordersOf(await all(connect(double).pullOrders(null)))).toEqual([]);
      const counting = connect({
        ...double,
        options: () => ({ ...double.options(), wonOpportunities: 'count' }),
      });
      const order = {
        ordered_at: '2026-02-06',
        amount: '900.00',
        deal_created_at: '2026-01-05',
        currency: 'EUR',
      };
      const pages = await all(counting.pullOrders(null));
      expect(ordersOf(pages)).toEqual([{ order_id: `opportunity-${deal}`, customer_id: id, ...order }]);
      expect(await listed(counting.pullIds!('orders'))).toEqual([`opportunity-${deal}`]);
    });

    test('columns may be mapped to other fields, to what others are called, and to a margin', async () => {
      const id = await party();
      const [sold] = await double.addDeals([sale(id)]);
      const mapping = {
        customers: { segment: 'code', company: 'name' },
        orders: { amount: 'untaxed_amount', margin: 'tax_amount', channel: 'company.rec_name' },
      };
      const [order] = ordersOf(await all(connect(double, { mapping }).pullOrders(null)));
      expect(order).toMatchObject({
        order_id: sold,
        amount: '120.50',
        cost: '120.50',
        channel: 'Our company',
      });
      const [page] = await all(connect(double, { mapping }).pullCustomers(null));
      expect(page!.records[0]!.customers).toMatchObject([
        { segment: expect.any(String), company: 'Someone 1' },
      ]);
      expect(() => connect(double, { mapping: { orders: { amont: 'x' } } })).toThrow(/"amont"/);
    });

    test('a party is in the category of its tier alone, and stays in those that are not ours', async () => {
      const id = await party();
      const [own] = await double.user.call('model.party.category.create', [{ name: 'Schools' }]);
      await double.user.call('model.party.party.write', [Number(id)], { categories: [['add', [own]]] });
      for (const tier of ['gold', 'bronze', 'gold']) {
        await connect(double).pushInsights([insight(id, { tier })]);
        expect(await tiersOf(double.user, id)).toEqual([tier]);
      }
      await connect(double).pushInsights([insight(id, {})]);
      const [{ categories }] = await double.user.call('model.party.party.read', [Number(id)], ['categories']);
      expect(categories).toEqual([own]);
    });

    test('the note with the numbers is one: rewritten, mended when it stands twice, gone with the last number', async () => {
      const id = await party();
      const push = (values: Partial<Insight['values']>) =>
        connect(double).pushInsights([insight(id, values)]);
      await push({ predicted: 10 });
      await push({ predicted: 20, last_content: 'two\nlines' });
      expect(await messagesOf(double.user, id)).toEqual([
        'CLV\npredicted: 20 EUR\nlast content: two lines\n[clv]',
      ]);
      const [message] = await messagesOf(double.user, id);
      await double.user.call('model.ir.note.create', [{ resource: `party.party,${id}`, message }]);
      await push({ predicted: 30 });
      expect(await messagesOf(double.user, id)).toEqual(['CLV\npredicted: 30 EUR\n[clv]']);
      const writes = double.writes();
      await push({ predicted: 30 });
      expect(double.writes()).toBe(writes);
      await push({});
      expect(await messagesOf(double.user, id)).toEqual([]);
    });

    test('what was written although the answer was lost is not written again', async () => {
      const id = await party();
      const note = { customerId: id, key: 'download-7', at: 0, title: 'White paper', text: 'Water' };
      double.server.only = isCall('model.ir.note.create');
      double.server.faults = [{ kind: 'lost' }, { kind: 'lost' }];
      const numbers = () => connect(double).pushInsights([insight(id, { predicted: 10, tier: 'gold' })]);
      const notes = () => connect(double).pushNotes!([note]);
      for (const push of [numbers, notes]) {
        expect((await failure(push())).kind).toBe('transient');
        expect(await push()).toEqual([{ ok: true }]);
      }
      expect(await messagesOf(double.user, id)).toHaveLength(2);
    });

    test('a party that Tryton refuses to change is told in its own words, and the others arrive', async () => {
      const ids = await double.addCustomers([someone(1), someone(2), someone(3)]);
      const refusing = isCall('model.party.party.write');
      const error = ['UserError', ['The field "Name" is required.', '', null]];
      double.server.chance = (asked) =>
        refusing(asked) && JSON.stringify(asked.body.params).includes(`[${ids[1]}]`)
          ? { kind: 'status', status: 200, body: { id: 0, error } }
          : null;
      const results = await connect(double).pushInsights(ids.map((id) => insight(id, { tier: 'gold' })));
      expect(results.map(({ ok }) => ok)).toEqual([true, false, true]);
      expect(results[1]).toMatchObject({ error: { kind: 'permanent' } });
      expect(JSON.stringify(results[1])).not.toContain('gone');
      const refused = results[1] as { error: ConnectorError };
      expect(refused.error.message).toContain('The field "Name" is required');
      expect(await Promise.all(ids.map((id) => tiersOf(double.user, id)))).toEqual([['gold'], [], ['gold']]);
    });

    test('a user who may not do all that is needed is told what is missing', async () => {
      const clerk = { login: 'clerk', name: 'Clerk', password: 'Kq7-wintry-Plum' };
      await double.user.call('model.res.user.create', [clerk]);
      const options = () => ({ ...double.options(), username: clerk.login, password: clerk.password });
      const error = await failure(connect({ ...double, options }).verify());
      expect(error.kind).toBe('auth');
      expect(error.message).toContain('read sale.sale');
    });

    test('a database that is not there is a wrong setting', async () => {
      const options = () => ({ ...double.options(), database: 'nowhere' });
      const error = await failure(connect({ ...double, options }).verify());
      expect([error.kind, error.message]).toEqual(['config', expect.stringContaining('"nowhere"')]);
    });

    test('a session is kept for the next process, but not for another user', async () => {
      await party();
      let kept: string | null = null;
      const tokens = {
        read: async () => kept,
        write: async (value: string) => {
          kept = value;
        },
      };
      const logins = () => double.server.log.filter(isCall('common.db.login')).length;
      await all(connect(double, { tokens }).pullCustomers(null));
      await all(connect(double, { tokens }).pullCustomers(null));
      expect(logins()).toBe(1);
      const options = () => ({ ...double.options(), username: 'nobody' });
      const other = connect({ ...double, options }, { tokens });
      expect((await failure(all(other.pullCustomers(null)))).kind).toBe('auth');
    });

    test('somebody who wrote to a party meanwhile loses nothing by a push', async () => {
      const id = await party();
      const colleague = await signIn(
        tryton.url,
        String(double.options().database),
        'admin',
        double.secrets[0]!,
      );
      await connect(double).pushInsights([insight(id, { tier: 'gold', predicted: 5 })]);
      await colleague.call('model.party.party.write', [Number(id)], { name: 'Married' });
      const note = { resource: `party.party,${id}`, message: 'Calls on Mondays' };
      await colleague.call('model.ir.note.create', [note]);
      await connect(double).pushInsights([insight(id, { tier: 'silver', predicted: 6 })]);
      expect(await messagesOf(double.user, id)).toEqual(['CLV\npredicted: 6 EUR\n[clv]', 'Calls on Mondays']);
      const [{ name }] = await double.user.call('model.party.party.read', [Number(id)], ['name']);
      expect(name).toBe('Married');
    });
  });
}
