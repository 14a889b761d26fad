import jwt from 'jsonwebtoken';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Connector, ConnectorTools, Insight, Page } from '../../server/src/crm/connector';
import { ConnectorError } from '../../server/src/crm/connector-error';
import { INSIGHT_FIELDS } from '../../server/src/crm/insight-fields';
import { salesforceDouble } from '../support/crm/salesforce/double';
import { CLIENT_ID, keyPair, USERNAME } from '../support/crm/salesforce/sign-in';
import { serve } from '../support/crm/served';
import { all, toolsFor } from '../support/crm/tools';
import { contractSuite } from './suite';

contractSuite('Salesforce', () => salesforceDouble());

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

type Double = Awaited<ReturnType<typeof salesforceDouble>>;

let double: Double;
beforeEach(async () => {
  double = await salesforceDouble();
});
afterEach(() => double.close());

/** A connector with some options and tools changed; by default each has its own place for tokens. */
function connector(options: Record<string, unknown> = {}, tools: Partial<ConnectorTools> = {}): Connector {
  const { kind } = double;
  return kind.create(kind.options.parse({ ...double.options(), ...options }), toolsFor(double, tools));
}

const person = (i: number) => ({
  email: `p${i}@example.com`,
  name: `Person ${i}`,
  createdAt: Date.now() - DAY,
});

const won = (customers: string[], amount: number, currency = 'EUR') => ({
  customers,
  amount,
  currency,
  won: true,
  wonAt: Date.UTC(2026, 4, 17),
  createdAt: Date.UTC(2026, 3, 1),
});

function insight(customerId: string, change: Partial<Insight['values']> = {}): Insight {
  const none = Object.fromEntries(INSIGHT_FIELDS.map(({ name }) => [name, null])) as Insight['values'];
  return { customerId, values: { ...none, tier: 'gold', ...change } };
}

async function failure(work: Promise<unknown>): Promise<ConnectorError> {
  const error = await work.then(
    () => null,
    (thrown) => thrown,
  );
  expect(error, 'it should have failed').toBeInstanceOf(ConnectorError);
  return error;
}

const ordersOf = (pages: Page[]) =>
  pages.flatMap((page) => page.records).flatMap(({ orders }) => orders ?? []);
const idsOf = (pages: Page[]) => pages.flatMap((page) => page.records).map(({ id }) => id);
const asked = (path: string) => double.server.log.filter((entry) => entry.path.includes(path));
const signIns = () => asked('/oauth2/token').length;

describe('signing in to Salesforce', () => {
  const byKey = () => ({
    auth: 'jwt',
    loginUrl: double.server.url,
    clientId: CLIENT_ID,
    username: USERNAME,
    privateKey: keyPair().privateKey,
  });
  const connectBy = (options: Record<string, unknown>) =>
    double.kind.create(double.kind.options.parse(options), toolsFor(double));

  test('a signed assertion is as good as a secret, also with its line breaks written out', async () => {
    expect((await connectBy(byKey()).verify()).name).toBe('Waterworks Ltd');
    const oneLine = { ...byKey(), privateKey: keyPair().privateKey.replaceAll('\n', '\\n') };
    expect((await connectBy(oneLine).verify()).name).toBe('Waterworks Ltd');
  });

  test('an assertion for a user who did not allow it is refused', async () => {
    expect((await failure(connectBy({ ...byKey(), username: 'who@example.com' }).verify())).kind).toBe(
      'auth',
    );
  });

  test('a key that signs nothing is told before anybody is asked, and never quoted', () => {
    const result = double.kind.options.safeParse({ ...byKey(), privateKey: 'MIIE-not-a-key' });
    expect(result.error?.issues.map(({ path }) => path)).toEqual([['privateKey']]);
    expect(JSON.stringify(result.error)).not.toContain('MIIE');
  });

  test('two requests whose token has run out share one new token', async () => {
    const one = connector();
    await one.verify();
    double.expireTokens!();
    const before = signIns();
    await Promise.all([all(one.pullOrders(null)), one.fields(), all(one.pullCustomers(null))]);
    expect(signIns() - before).toBe(1);
  });

  test('a token outlives its process, but for the proof that credentials are good', async () => {
    const { tokens } = toolsFor(double);
    await connector({}, { tokens }).fields();
    await connector({}, { tokens }).fields();
    expect(signIns()).toBe(1);
    const wrong = connector({ clientSecret: 'not-the-secret-of-the-app' }, { tokens });
    expect((await failure(wrong.verify())).kind).toBe('auth');
  });

  test('a token of another app is none of ours', async () => {
    const { tokens } = toolsFor(double);
    await connector({}, { tokens }).fields();
    const other = connector({ clientId: '3MVG9-of-another-app' }, { tokens });
    expect((await failure(other.fields())).kind).toBe('auth');
  });

  test('a token is renewed when it is an hour old, before it is refused', async () => {
    let now = Date.now();
    const one = connector({}, { now: () => now });
    await all(one.pullCustomers(null));
    now += HOUR + 1;
    await all(one.pullCustomers(null));
    expect(signIns()).toBe(2);
    expect(double.server.log.every(({ status }) => status < 400)).toBe(true);
  });

  test('an instance elsewhere never gets the token', async () => {
    const elsewhere = await serve(() => ({ status: 200, body: {} }));
    double.salesforce.signIn.instanceUrl = elsewhere.url;
    const error = await failure(connector().verify());
    expect(error.kind).toBe('config');
    expect(error.message).toContain(elsewhere.host);
    expect(elsewhere.log).toEqual([]);
    await elsewhere.close();
  });

  /** What is asked by a connector whose org answers the sign-in like that. */
  async function signInTo(loginUrl: string, instance_url: string, options = {}) {
    const bases: string[] = [];
    const bodies: unknown[] = [];
    const { kind } = double;
    const own = { ...byKey(), ...options, loginUrl };
    const http: ConnectorTools['http'] = ({ baseUrl }) => {
      bases.push(baseUrl);
      return async ({ body }) => {
        bodies.push(body);
        const answer = { access_token: 't', instance_url, fields: [] };
        return { status: 200, headers: {}, body: answer as never };
      };
    };
    const error = await kind
      .create(kind.options.parse(own), toolsFor(double, { http }))
      .fields()
      .then(
        () => null,
        (thrown) => thrown,
      );
    return { error, asked: bases.at(-1), assertion: (bodies[0] as { assertion?: string }).assertion };
  }

  test.each([
    ['https://login.salesforce.com', 'https://acme.my.salesforce.com', true],
    ['https://acme.my.salesforce.com', 'https://acme.my.salesforce.com/', true],
    ['https://acme.my.salesforce.com', 'http://acme.my.salesforce.com', false],
    ['https://acme.my.salesforce.com', 'https://salesforce.com.evil.example', false],
    ['https://acme.my.salesforce.com', 'https://evilsalesforce.com', false],
    ['https://crm.example.com', 'https://other.example.com', false],
    ['https://acme.my.salesforce.com', 'not an address', false],
  ])('%s may send us on to %s: %s', async (loginUrl, instanceUrl, allowed) => {
    const { error, asked } = await signInTo(loginUrl, instanceUrl);
    expect(error instanceof ConnectorError ? error.kind : error).toBe(allowed ? null : 'config');
    expect(asked).toBe(allowed ? instanceUrl : loginUrl);
  });

  test.each([
    ['https://acme.my.salesforce.com', 'https://login.salesforce.com'],
    ['https://acme--dev.sandbox.my.salesforce.com', 'https://test.salesforce.com'],
    ['https://test.salesforce.com', 'https://test.salesforce.com'],
  ])(
    'an assertion for %s is meant for %s and lives for less than five minutes',
    async (loginUrl, audience) => {
      const { assertion } = await signInTo(loginUrl, loginUrl);
      const { aud, iss, sub, exp } = jwt.verify(assertion!, keyPair().publicKey) as jwt.JwtPayload;
      expect({ aud, iss, sub }).toEqual({ aud: audience, iss: CLIENT_ID, sub: USERNAME });
      expect(exp! - Date.now() / 1000).toBeLessThan(300);
    },
  );
});

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

  test('one that has no contact is told, so that somebody adds one', async () => {
    await double.addDeals([won([], 100)]);
    const [order] = ordersOf(await all(connector().pullOrders(null)));
    expect(order).toMatchObject({ amount: 100, customer_id: undefined });
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
    const shared = ordersOf(await all(connector({ split: 'equal' }, { mapping }).pullOrders(null)));
    expect(shared.map(({ cost }) => cost)).toEqual(['34.98', '34.97']);
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
      if (rest.length < 12) expect(rest).toEqual(ids.slice(ids.indexOf(idsOf([page]).at(-1)!) + 1));
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

describe('what Salesforce allows', () => {
  test('what is left of the day’s requests is known', async () => {
    const one = connector();
    expect(one.budget!()).toBeNull();
    double.salesforce.settings.used = 14_000;
    await one.verify();
    const { used } = double.salesforce.settings;
    expect(one.budget!()).toEqual({ remaining: 15_000 - used, limit: 15_000, per: 'day', resetsAt: null });
  });

  test('when they are spent, the rest waits for another day', async () => {
    const now = Date.UTC(2026, 10, 22, 18);
    const one = connector({}, { now: () => now });
    double.salesforce.settings.used = 15_000;
    const error = await failure(one.verify());
    expect([error.kind, error.retryAfterMs]).toEqual(['rate-limit', 6 * HOUR]);
    expect(asked('/query')).toHaveLength(1);
  });

  test('too many at once is a matter of moments', async () => {
    const busy = [
      {
        errorCode: 'REQUEST_LIMIT_EXCEEDED',
        message: 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.',
      },
    ];
    const waits: number[] = [];
    const { kind } = double;
    const sleep = async (ms: number) => void waits.push(ms);
    const impatient = kind.create(
      kind.options.parse(double.options()),
      toolsFor(double, { world: { sleep } }),
    );
    await impatient.verify();
    double.server.only = ({ path }) => path.includes('/query');
    double.server.faults = [{ kind: 'status', status: 403, body: busy }];
    await impatient.verify();
    expect(waits.filter((ms) => ms >= 10_000)).toHaveLength(1);
  });

  test('without the right to make fields, it says which ones somebody must make', async () => {
    double.salesforce.settings.customise = false;
    const report = await connector().ensureSchema();
    expect(report).toMatchObject({ created: [], existing: [] });
    expect(report.todo).toHaveLength(1);
    expect(report.todo[0]).toContain('clv_predicted__c as Number(16, 2)');
  });

  test('fields that nobody may see yet are told, and without access a push says so', async () => {
    double.salesforce.settings.grants = false;
    const [one] = await double.addCustomers([person(1)]);
    const report = await connector().ensureSchema();
    expect(report.created).toHaveLength(INSIGHT_FIELDS.length);
    expect(report.todo.join()).toContain('Grant read and edit access');
    const again = await connector().ensureSchema();
    expect([again.created, again.existing.length]).toEqual([[], INSIGHT_FIELDS.length]);
    const error = await failure(connector().pushInsights([insight(one!)]));
    expect([error.kind, error.message]).toEqual(['config', expect.stringContaining('grant access')]);
    double.salesforce.grantFieldAccess();
    expect((await connector().ensureSchema()).todo).toEqual([]);
    expect(await connector().pushInsights([insight(one!)])).toEqual([{ ok: true }]);
  });
});

describe('what is written to Salesforce', () => {
  test('contacts and leads in any order get each what is theirs', async () => {
    const { org } = double.salesforce;
    const one = connector({ records: 'contacts and leads' });
    await one.ensureSchema();
    const ids = Array.from({ length: 40 }, (_, i) =>
      org.insert(i % 2 ? 'Lead' : 'Contact', { Name: `N${i}` }),
    );
    const results = await one.pushInsights(ids.map((id, i) => insight(id, { tier: `tier ${i}` })));
    expect(results.every(({ ok }) => ok)).toBe(true);
    for (const [i, id] of ids.entries()) expect(org.row(id)!.clv_tier__c).toBe(`tier ${i}`);
  });

  test('a record that is held is tried later, a lead that was converted never again', async () => {
    const { org, settings } = double.salesforce;
    const one = connector({ records: 'contacts and leads' });
    await one.ensureSchema();
    const [held, fine] = await double.addCustomers([person(1), person(2)]);
    const lead = org.insert('Lead', { Name: 'Lena', IsConverted: true, ConvertedContactId: fine! });
    settings.locked.add(held!);
    const [first, second, third] = await one.pushInsights([insight(held!), insight(lead), insight(fine!)]);
    expect(first).toMatchObject({ ok: false, error: { kind: 'transient' } });
    expect(second).toMatchObject({ ok: false, gone: true, error: { kind: 'permanent' } });
    expect(third).toEqual({ ok: true });
  });

  test('text is cut to its field, numbers are rounded to theirs, times are times', async () => {
    const one = connector();
    await one.ensureSchema();
    const [id] = await double.addCustomers([person(1)]);
    const at = Date.UTC(2026, 10, 20, 8, 30);
    const values = { last_content: 'x'.repeat(300), p_alive: 0.123456, predicted: 10.005, next_order_at: at };
    expect(await one.pushInsights([insight(id!, values)])).toEqual([{ ok: true }]);
    const kept = (await double.insightsOf(id!))!;
    expect(String(kept.last_content)).toHaveLength(255);
    expect(kept).toMatchObject({ p_alive: 0.1235, next_order_at: '2026-11-20T08:30:00.000Z' });
  });

  test('no rule of the org hands the record to somebody else or stops it as a duplicate', async () => {
    const one = connector();
    await one.ensureSchema();
    const [id] = await double.addCustomers([person(1)]);
    await one.pushInsights([insight(id!)]);
    expect(asked('/composite/sobjects')[0]!.headers).toMatchObject({
      'sforce-auto-assign': 'FALSE',
      'sforce-duplicate-rule-header': 'allowSave=true',
    });
  });

  const note = (customerId: string, key: string) => ({
    customerId,
    key,
    at: Date.UTC(2026, 5, 1),
    title: `White paper downloaded: ${'The water handbook '.repeat(20)}`,
    text: 'The water handbook',
  });

  test('a note whose answer was lost stands once, however long its title', async () => {
    const one = connector();
    const [id] = await double.addCustomers([person(1)]);
    await one.verify();
    double.server.only = ({ method }) => method === 'POST';
    double.server.faults = [{ kind: 'lost' }];
    expect((await failure(one.pushNotes!([note(id!, 'download-1')]))).kind).toBe('transient');
    expect(await one.pushNotes!([note(id!, 'download-1')])).toEqual([{ ok: true }]);
    const [title, ...others] = await double.notesOf(id!);
    expect(others).toEqual([]);
    expect(title).toHaveLength(255);
  });

  test('a note that somebody deleted does not come back', async () => {
    const one = connector();
    const [id] = await double.addCustomers([person(1)]);
    await one.pushNotes!([note(id!, 'download-1')]);
    const { org } = double.salesforce;
    org.remove(org.rows('Task')[0]!.Id);
    await one.pushNotes!([note(id!, 'download-1')]);
    expect(org.rows('Task')).toHaveLength(1);
  });

  test('a note on a contact who is no more says so', async () => {
    const one = connector();
    const [gone, there] = await double.addCustomers([person(1), person(2)]);
    await double.removeCustomer(gone!);
    const results = await one.pushNotes!([note(gone!, 'a'), note(there!, 'a'), note(there!, 'a')]);
    expect(results).toMatchObject([{ ok: false, gone: true }, { ok: true }, { ok: true }]);
    expect(await double.notesOf(there!)).toHaveLength(1);
  });
});
