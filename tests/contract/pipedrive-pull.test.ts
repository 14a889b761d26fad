import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CrmRow, Mapping, Page } from '../../server/src/crm/connector';
import type { SeedCustomer, SeedDeal } from '../support/crm/double';
import { openPipedrive, type PipedriveDouble } from '../support/crm/pipedrive';
import { all, connect } from '../support/crm/tools';

const MINUTE = 60_000;
const DAY = 86_400_000;

const person = (i: number, change: Partial<SeedCustomer> = {}): SeedCustomer => ({
  email: `someone-${i}@example.com`,
  name: `Someone ${i}`,
  createdAt: Date.UTC(2024, 0, 1),
  ...change,
});

const deal = (customer: string, change: Partial<SeedDeal> = {}): SeedDeal => ({
  customers: [customer],
  amount: '10',
  currency: 'EUR',
  won: true,
  wonAt: Date.UTC(2024, 2, 1),
  createdAt: Date.UTC(2024, 1, 1),
  ...change,
});

const last = (pages: Page[]) => pages.at(-1)!.cursor;
const idsOf = (pages: Page[]) => pages.flatMap(({ records }) => records.map(({ id }) => id));
const ordersOf = (pages: Page[]): CrmRow[] =>
  pages.flatMap(({ records }) => records.flatMap(({ orders }) => orders ?? []));
const customersOf = (pages: Page[]): CrmRow[] =>
  pages.flatMap(({ records }) => records.flatMap(({ customers }) => customers ?? []));

let double: PipedriveDouble;
beforeEach(async () => {
  double = await openPipedrive();
});
afterEach(() => double.close());

/** Makes persons who changed one minute after the other, the latest one a day ago. */
async function addOldPersons(count: number): Promise<string[]> {
  const ids = await double.addCustomers(Array.from({ length: count }, (_, i) => person(i)));
  for (const [i, id] of ids.entries()) {
    double.store.persons.get(Number(id))!.changedAt = Date.now() - DAY - (count - i) * MINUTE;
  }
  return ids;
}

describe('Pipedrive: what changed', () => {
  test('a later pull asks for the latest changes and five minutes before, not for all', async () => {
    const ids = await addOldPersons(30);
    const cursor = last(await all(connect(double).pullCustomers(null)));
    await double.changeCustomer(ids[3]!, { name: 'Other Name' });
    const pages = await all(connect(double).pullCustomers(cursor));
    expect(idsOf(pages)).toEqual([...ids.slice(-6), ids[3]]);
    const latest = double.asked('GET', '/api/v2/persons').at(-1)!;
    expect(latest.query.get('updated_since')).toMatch(/:\d\dZ$/);
  });

  test('a cursor of Pipedrive that died is replaced by the time up to which all was seen', async () => {
    const ids = await addOldPersons(1_200);
    const pages = connect(double).pullCustomers(null)[Symbol.asyncIterator]();
    const first: Page = (await pages.next()).value;
    double.forgetCursors();
    const rest = await all(connect(double).pullCustomers(first.cursor));
    expect(new Set([...idsOf([first]), ...idsOf(rest)])).toEqual(new Set(ids));
    expect(idsOf(rest).length).toBeLessThan(ids.length - first.records.length + 10);
  });

  test('a cursor of ours that cannot be read is told, with what to do', async () => {
    await expect(all(connect(double).pullCustomers('{"nonsense":1}'))).rejects.toMatchObject({
      kind: 'config',
      message: expect.stringContaining('pull everything again'),
    });
  });

  test('a deal that is archived keeps its order, and is among the ids', async () => {
    const [customer] = await double.addCustomers([person(1)]);
    const [id] = await double.addDeals([deal(customer!)]);
    const cursor = last(await all(connect(double).pullOrders(null)));
    Object.assign(double.store.deals.get(Number(id))!, { archived: true, changedAt: Date.now() });
    expect(ordersOf(await all(connect(double).pullOrders(cursor)))).toMatchObject([{ order_id: id }]);
    expect(ordersOf(await all(connect(double).pullOrders(null)))).toMatchObject([{ order_id: id }]);
    const ids: string[] = [];
    for await (const some of connect(double).pullIds!('orders')) ids.push(...some);
    expect(ids).toEqual([id]);
  });

  test('a pull that is broken off between two lists goes on with the second one', async () => {
    const [customer] = await double.addCustomers([person(1)]);
    await double.addDeals([deal(customer!)]);
    const [first] = await all(connect(double).pullOrders(null));
    double.server.log.length = 0;
    await all(connect(double).pullOrders(first!.cursor));
    expect(double.server.log.map(({ path }) => path)).toEqual(['/api/v2/deals/archived']);
  });

  test('a deal that was deleted is told at once, for its list tells it', async () => {
    const [customer] = await double.addCustomers([person(1)]);
    const [id] = await double.addDeals([deal(customer!)]);
    const cursor = last(await all(connect(double).pullOrders(null)));
    await double.removeDeal(id!);
    const pages = await all(connect(double).pullOrders(cursor));
    expect(pages.flatMap(({ gone }) => gone ?? [])).toEqual([id]);
    expect(idsOf(pages)).toEqual([]);
  });
});

describe('Pipedrive: what rows hold', () => {
  const pull = (mapping: Mapping) => connect(double, { mapping });

  test('the company is the name of the organization, each asked for once and a hundred at a time', async () => {
    await double.addCustomers(
      Array.from({ length: 600 }, (_, i) => person(i, { company: `Firm ${i % 150}` })),
    );
    const rows = customersOf(await all(pull({}).pullCustomers(null)));
    expect(new Set(rows.map(({ company }) => company)).size).toBe(150);
    expect(double.asked('GET', '/api/v2/organizations')).toHaveLength(2);
    double.server.log.length = 0;
    await all(pull({ customers: { company: null } }).pullCustomers(null));
    expect(double.asked('GET', '/api/v2/organizations')).toHaveLength(0);
  });

  test('of several emails the primary one counts', async () => {
    const [id] = await double.addCustomers([person(1)]);
    double.store.persons.get(Number(id))!.emails = [
      { value: 'old@example.com', primary: false, label: 'home' },
      { value: 'new@example.com', primary: true, label: 'work' },
    ];
    expect(customersOf(await all(pull({}).pullCustomers(null)))[0]!.email).toBe('new@example.com');
  });

  test('custom fields are found by what they are called, and read by their type', async () => {
    const segment = double.store.addField('personFields', 'Segment', 'enum', ['small', 'large']);
    const topics = double.store.addField('personFields', 'Topics', 'set', ['energy', 'water']);
    const cost = double.store.addField('personFields', 'Won by', 'monetary');
    const nps = double.store.addField('personFields', 'NPS', 'double');
    const fields = await connect(double).fields();
    expect(fields.customers).toContainEqual({ name: segment.code, label: 'Segment', type: 'choice' });
    expect(fields.customers).toContainEqual({ name: cost.code, label: 'Won by', type: 'money' });

    const [id] = await double.addCustomers([person(1)]);
    double.store.persons.get(Number(id))!.custom = {
      [segment.code]: segment.options![1]!.id,
      [topics.code]: topics.options!.map((option) => option.id),
      [cost.code]: { value: 12.5, currency: 'CHF' },
      [nps.code]: 9,
    };
    const customers = {
      segment: segment.code,
      channel: topics.code,
      acquisition_cost: cost.code,
      nps: nps.code,
    };
    expect(customersOf(await all(pull({ customers }).pullCustomers(null)))[0]).toMatchObject({
      segment: 'large',
      channel: 'energy, water',
      acquisition_cost: '12.5',
      currency: 'CHF',
      nps: '9',
    });
    // What was emptied there is emptied here.
    double.store.persons.get(Number(id))!.custom = {};
    expect(customersOf(await all(pull({ customers }).pullCustomers(null)))[0]).toMatchObject({
      segment: null,
      acquisition_cost: null,
    });
  });

  test('an amount is written without the tail of a binary fraction', async () => {
    const [customer] = await double.addCustomers([person(1)]);
    await double.addDeals([deal(customer!, { amount: 0.1 + 0.2 }), deal(customer!, { amount: 1e6 })]);
    const rows = ordersOf(await all(pull({}).pullOrders(null)));
    expect(rows.map(({ amount }) => amount)).toEqual(['0.3', '1000000']);
  });

  test('a cost in another currency than the deal keeps it, so that it is told and not taken for one', async () => {
    const cost = double.store.addField('dealFields', 'Cost', 'monetary');
    const [customer] = await double.addCustomers([person(1)]);
    const ids = await double.addDeals([deal(customer!), deal(customer!)]);
    double.store.deals.get(Number(ids[0]))!.custom = { [cost.code]: { value: 4, currency: 'EUR' } };
    double.store.deals.get(Number(ids[1]))!.custom = { [cost.code]: { value: 5, currency: 'USD' } };
    const rows = ordersOf(await all(pull({ orders: { cost: cost.code } }).pullOrders(null)));
    expect(rows.map((row) => row.cost)).toEqual(['4', '5 USD']);
  });

  test('a margin becomes the cost of the order', async () => {
    const margin = double.store.addField('dealFields', 'Margin', 'double');
    const [customer] = await double.addCustomers([person(1)]);
    const [id] = await double.addDeals([deal(customer!, { amount: 19.99 })]);
    double.store.deals.get(Number(id))!.custom = { [margin.code]: 7.5 };
    const [order] = ordersOf(await all(pull({ orders: { margin: margin.code } }).pullOrders(null)));
    expect(order).toMatchObject({ amount: '19.99', cost: '12.49' });
    expect(order).not.toHaveProperty('margin');
  });

  test('a column that there is none of is told at once', () => {
    expect(() => pull({ orders: { profit: 'value' } })).toThrow(/"profit"/);
  });

  test('a deal of an organization alone has a row without a customer, to be told', async () => {
    const [id] = await double.addDeals([{ ...deal('0'), customers: [] }]);
    double.store.deals.get(Number(id))!.personId = null;
    expect(ordersOf(await all(pull({}).pullOrders(null)))).toMatchObject([
      { order_id: id, customer_id: null },
    ]);
  });

  test('a deal is a subscription as well once the fields of one are mapped and filled', async () => {
    const start = double.store.addField('dealFields', 'Contract from', 'date');
    const fee = double.store.addField('dealFields', 'Monthly fee', 'monetary');
    const [customer] = await double.addCustomers([person(1)]);
    const ids = await double.addDeals([deal(customer!), deal(customer!)]);
    double.store.deals.get(Number(ids[0]))!.custom = {
      [start.code]: '2024-04-01',
      [fee.code]: { value: 49, currency: 'EUR' },
    };
    const subscriptions = { started_at: start.code, mrr: fee.code };
    const pages = await all(pull({ subscriptions }).pullOrders(null));
    expect(pages.flatMap((page) => page.records.flatMap((record) => record.subscriptions ?? []))).toEqual([
      {
        subscription_id: ids[0],
        customer_id: customer,
        started_at: '2024-04-01',
        mrr: '49',
        currency: 'EUR',
      },
    ]);
    expect(ordersOf(pages)).toHaveLength(2);
  });
});
