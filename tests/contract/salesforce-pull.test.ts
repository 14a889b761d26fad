import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ConnectorTools } from '../../server/src/crm/connector';
import { type SalesforceDouble, salesforceDouble } from '../support/crm/salesforce/double';
import { connectorTo, failure, idsOf, ordersOf, person, won } from '../support/crm/salesforce/seeds';
import { all } from '../support/crm/tools';

let double: SalesforceDouble;
beforeEach(async () => {
  double = await salesforceDouble();
});
afterEach(() => double.close());

const connector = (options?: Record<string, unknown>, tools?: Partial<ConnectorTools>) =>
  connectorTo(double, options, tools);

describe('what Salesforce holds', () => {
  test('leads are customers where they are wanted, and one that is converted becomes its contact', async () => {
    const { org } = double.salesforce;
    const [contact] = await double.addCustomers([person(1)]);
    const lead = org.insert('Lead', { Name: 'Lena', Email: 'lena@example.com', Company: 'Springs plc' });
    const both = connector({ records: 'contacts and leads' });
    const pages = await all(both.pullCustomers(null));
    expect(idsOf(pages)).toEqual([contact, lead]);
    expect(pages[0]!.total).toBe(2);
    const row = pages.flatMap((page) => page.records).find(({ id }) => id === lead)!.customers![0];
    expect(row).toMatchObject({ customer_id: lead, email: 'lena@example.com', company: 'Springs plc' });
    org.change(lead, { IsConverted: true, ConvertedContactId: contact! });
    const later = await all(both.pullCustomers(pages.at(-1)!.cursor));
    expect(later.flatMap(({ merged }) => merged)).toContainEqual({ from: lead, into: contact });
    expect(idsOf(await all(connector().pullCustomers(null)))).toEqual([contact]);
  });

  test('an opportunity with several contacts is split as it is told', async () => {
    const [one, two, three] = await double.addCustomers([person(1), person(2), person(3)]);
    const [deal] = await double.addDeals([won([two!, one!, three!], 100)]);
    const split = async (how: string) => ordersOf(await all(connector({ split: how }).pullOrders(null)));
    expect(await split('primary')).toMatchObject([{ order_id: deal, customer_id: two, amount: 100 }]);
    const { org } = double.salesforce;
    const roles = org.rows('OpportunityContactRole');
    org.change(roles[0]!.Id, { IsPrimary: false });
    org.change(roles[2]!.Id, { IsPrimary: true });
    expect(await split('primary')).toMatchObject([{ customer_id: three }]);
    expect(await split('first')).toMatchObject([{ customer_id: two }]);
    const parts = await split('equal');
    expect(parts.map(({ customer_id }) => customer_id)).toEqual([two, one, three]);
    expect(parts.map(({ amount }) => Number(amount))).toEqual([33.34, 33.33, 33.33]);
    expect(new Set(parts.map(({ order_id }) => order_id)).size).toBe(3);
  });

  test('more contacts than a page holds share an opportunity all the same', async () => {
    const ids = await double.addCustomers(Array.from({ length: 12 }, (_, i) => person(i)));
    await double.addDeals([won(ids, 120), won(ids.slice(0, 2), 2)]);
    const orders = ordersOf(await all(connector({ split: 'equal' }).pullOrders(null)));
    expect(orders.map(({ customer_id }) => customer_id)).toEqual([...ids, ...ids.slice(0, 2)]);
    expect(orders.reduce((sum, { amount }) => sum + Number(amount), 0)).toBe(122);
  });

  test('one that has no contact is told, so that somebody adds one', async () => {
    await double.addDeals([won([], 100)]);
    const [order] = ordersOf(await all(connector().pullOrders(null)));
    expect(order).toMatchObject({ amount: 100, customer_id: null });
  });

  test('a contact who is added to an old opportunity brings it along, though nothing else of it changed', async () => {
    const { org } = double.salesforce;
    const [one] = await double.addCustomers([person(1)]);
    const [deal] = await double.addDeals([won([], 100)]);
    org.row(deal!)!.SystemModstamp = '2026-01-01T00:00:00.000+0000';
    const cursor = (await all(connector().pullOrders(null))).at(-1)!.cursor;
    expect(idsOf(await all(connector().pullOrders(cursor)))).not.toContain(deal);
    org.insert('OpportunityContactRole', { OpportunityId: deal!, ContactId: one!, IsPrimary: true });
    expect(ordersOf(await all(connector().pullOrders(cursor)))).toMatchObject([
      { order_id: deal, customer_id: one },
    ]);
  });

  test('an amount has the decimals of its field, whatever a formula left behind', async () => {
    const [one] = await double.addCustomers([person(1)]);
    await double.addDeals([won([one!], 0.1 + 0.2), won([one!], 33.333333333), won([one!], 1e13 / 3)]);
    const amounts = ordersOf(await all(connector().pullOrders(null))).map(({ amount }) => amount);
    expect(amounts).toEqual([0.3, 33.33, 3333333333333.33]);
  });

  test('a margin that is mapped tells the cost, and a recurring revenue makes a subscription', async () => {
    const { org } = double.salesforce;
    const [one, two] = await double.addCustomers([person(1), person(2)]);
    const [deal] = await double.addDeals([won([one!, two!], 100)]);
    org.change(deal!, { Margin__c: 30.05 });
    const mapping = {
      orders: { margin: 'Margin__c' },
      subscriptions: { mrr: 'Amount', started_at: 'CloseDate' },
    };
    const { records } = (await all(connector({}, { mapping }).pullOrders(null)))[0]!;
    expect(records[0]!.orders).toEqual([expect.objectContaining({ customer_id: one, cost: '69.95' })]);
    expect(records[0]!.orders![0]).not.toHaveProperty('margin');
    expect(records[0]!.subscriptions).toEqual([
      { subscription_id: deal, customer_id: one, mrr: 100, started_at: '2026-05-17', currency: 'EUR' },
    ]);
    const [shared] = (await all(connector({ split: 'equal' }, { mapping }).pullOrders(null)))[0]!.records;
    expect(shared!.orders!.map(({ cost }) => cost)).toEqual(['34.98', '34.97']);
    expect(shared!.subscriptions!.map(({ mrr }) => mrr)).toEqual(['50.00', '50.00']);
  });

  test('an org with one currency does not tell it; it is the one that was given, or the report’s', async () => {
    await double.close();
    double = await salesforceDouble({ multiCurrency: false });
    const [one] = await double.addCustomers([person(1)]);
    await double.addDeals([won([one!], 5)]);
    expect(ordersOf(await all(connector().pullOrders(null)))).toMatchObject([{ currency: 'EUR' }]);
    const swiss = connector({ currency: 'CHF' });
    expect(ordersOf(await all(swiss.pullOrders(null)))).toMatchObject([{ currency: 'CHF' }]);
    expect((await swiss.verify()).currency).toBe('CHF');
  });

  test('a query that Salesforce forgot is asked again from where it was', async () => {
    const ids = await double.addCustomers(Array.from({ length: 12 }, (_, i) => person(i)));
    const seen: string[] = [];
    for await (const page of connector().pullCustomers(null)) {
      seen.push(...page.records.map(({ id }) => id));
      double.salesforce.forgetQueries();
    }
    expect(seen).toEqual(ids);
  });

  test('records of one second are told apart by their ids when a pull goes on', async () => {
    const ids = await double.addCustomers(Array.from({ length: 12 }, (_, i) => person(i)));
    for (const id of ids) double.salesforce.org.row(id)!.SystemModstamp = '2026-03-01T12:00:00.000+0000';
    for await (const page of connector().pullCustomers(null)) {
      const rest = idsOf(await all(connector().pullCustomers(page.cursor)));
      expect(rest).toEqual(ids.slice(ids.indexOf(idsOf([page]).at(-1)!) + 1));
    }
  });

  test('a property that is mapped is a name and nothing else', async () => {
    const before = double.server.log.length;
    const hostile = { customers: { segment: "Name FROM Contact WHERE Name = 'x'" } };
    const error = await failure(all(connector({}, { mapping: hostile }).pullCustomers(null)));
    expect(error.kind).toBe('config');
    expect(double.server.log.slice(before).filter(({ path }) => path.includes('query'))).toEqual([]);
  });

  test('a property that is not there is a matter of settings', async () => {
    const error = await failure(
      all(connector({}, { mapping: { customers: { nps: 'Nps__c' } } }).pullCustomers(null)),
    );
    expect([error.kind, error.message]).toEqual(['config', expect.stringContaining('Nps__c')]);
  });
});
