import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import type { Insight, Mapping, Page, WebhookRequest } from '../../server/src/crm/connector';
import { ConnectorError } from '../../server/src/crm/connector-error';
import { hubspot } from '../../server/src/crm/connectors/hubspot';
import { httpClient } from '../../server/src/crm/http/client';
import { hostGuard } from '../../server/src/crm/http/guard';
import { INSIGHT_FIELDS } from '../../server/src/crm/insight-fields';
import type { SeedDeal } from '../support/crm/double';
import { type HubSpotDouble, openHubSpot } from '../support/crm/hubspot';
import { CLIENT, HUB_ID, REFRESH_TOKEN } from '../support/crm/hubspot/access';
import { all, connect, toolsFor } from '../support/crm/tools';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let double: HubSpotDouble;
afterEach(() => double.close());

const person = (i: number) => ({ email: `p${i}@example.com`, name: `P ${i}`, createdAt: Date.now() - DAY });
const deal = (customers: string[], change: Partial<SeedDeal> = {}): SeedDeal => ({
  customers,
  amount: '100.00',
  currency: 'EUR',
  won: true,
  wonAt: Date.UTC(2026, 4, 17),
  createdAt: Date.UTC(2026, 3, 1),
  ...change,
});
const insight = (customerId: string, tier: string): Insight => {
  const none = Object.fromEntries(INSIGHT_FIELDS.map(({ name }) => [name, null])) as Insight['values'];
  return { customerId, values: { ...none, tier } };
};
const idsOf = (pages: Page[]) => pages.flatMap(({ records }) => records.map(({ id }) => id));
const ordersOf = (pages: Page[]) =>
  pages.flatMap(({ records }) => records.flatMap(({ orders }) => orders ?? []));
const failure = (work: Promise<unknown>): Promise<ConnectorError> =>
  work.then(
    () => {
      throw new Error('it should have failed');
    },
    (error) => error,
  );
/** Without the waits of a client that keeps to limits. */
const hasty = { world: { limits: Object.assign(new Map(), { get: () => (work: () => unknown) => work() }) } };

describe('changes in HubSpot', () => {
  test('what the search finds later than it was changed is found by a later pull', async () => {
    double = await openHubSpot({ searches: 1000 });
    const ids = await double.addCustomers([person(1), person(2)]);
    let cursor = (await all(connect(double).pullCustomers(null))).at(-1)!.cursor;
    double.rules.lagMs = Number.POSITIVE_INFINITY;
    await double.changeCustomer(ids[0]!, { email: 'late@example.com' });
    double.rules.lagMs = 0;
    await double.changeCustomer(ids[1]!, { email: 'soon@example.com' });
    const soon = await all(connect(double).pullCustomers(cursor));
    const emails = (pages: Page[]) =>
      pages.flatMap((p) => p.records.flatMap((r) => r.customers!.map((c) => c.email)));
    expect(emails(soon)).toContain('soon@example.com');
    expect(emails(soon)).not.toContain('late@example.com');
    cursor = soon.at(-1)!.cursor;
    double.store.catchUp();
    expect(emails(await all(connect(double).pullCustomers(cursor)))).toContain('late@example.com');
  });

  test('more than a search can hold, most of it changed at one moment, comes whole from any page', async () => {
    double = await openHubSpot({ searches: 100_000 });
    const cursor = (await all(connect(double).pullCustomers(null))).at(-1)!.cursor;
    // The first pull was an hour ago; since then, an import changed thousands at once.
    const place = { ...JSON.parse(cursor), from: Date.now() - HOUR, swept: Date.now() - HOUR };
    const moment = Date.now() - HOUR / 2;
    const count = 10_400;
    for (let i = 0; i < count; i += 1) {
      const added = double.store.add('contacts', { email: `p${i}@example.com` });
      double.store.change('contacts', added, {}, i < 10_100 ? moment : moment + i);
    }
    const pages = await all(connect(double, hasty).pullCustomers(JSON.stringify(place)));
    expect(new Set(idsOf(pages)).size).toBe(count);
    expect(double.server.log.filter(({ status }) => status === 400)).toEqual([]);
    const at = 45;
    const before = idsOf(pages.slice(0, at + 1));
    const rest = idsOf(await all(connect(double, hasty).pullCustomers(pages[at]!.cursor)));
    expect(new Set([...before, ...rest]).size).toBe(count);
    // It goes on where it was, but for the records of a moment or two.
    expect(rest.length).toBeLessThanOrEqual(count - before.length + 500);
  }, 120_000);

  test('searches keep to five a second', async () => {
    double = await openHubSpot({ searches: 1000 });
    const cursor = (await all(connect(double).pullCustomers(null))).at(-1)!.cursor;
    await double.addCustomers(Array.from({ length: 1400 }, (_, i) => person(i)));
    // Each at a time of its own, as users change them.
    let at = Date.now() - 1400;
    for (const record of double.store.records.contacts.values()) {
      double.store.change('contacts', record, {}, at);
      at += 1;
    }
    const before = double.asked('POST', /search$/).length;
    const begun = Date.now();
    await all(connect(double).pullCustomers(cursor));
    const searches = double.asked('POST', /search$/).slice(before);
    expect(searches.length).toBeGreaterThan(7);
    expect(searches.at(-1)!.at - begun).toBeGreaterThanOrEqual(990);
  });

  test('a sixth search within a second is refused by the server, and made again', async () => {
    double = await openHubSpot();
    await double.addCustomers([person(1)]);
    const connectors = Array.from({ length: 6 }, () => connect(double));
    const pulls = await Promise.all(connectors.map((each) => all(each.pullCustomers(null))));
    for (const pages of pulls) expect(idsOf(pages)).toHaveLength(1);
  });

  test('a deletion is told once, and a deal that was merged into another is gone', async () => {
    double = await openHubSpot({ searches: 1000 });
    const [id] = await double.addCustomers([person(1)]);
    const [one, two, three] = await double.addDeals([deal([id!]), deal([id!]), deal([id!])]);
    let cursor = (await all(connect(double).pullOrders(null))).at(-1)!.cursor;
    await double.removeDeal(one!);
    double.store.remove('deals', two!);
    double.store.change('deals', double.store.live('deals', three!)!, { hs_merged_object_ids: two! });
    const pages = await all(connect(double).pullOrders(cursor));
    expect(pages.flatMap((page) => page.gone ?? []).sort()).toEqual([one, two].sort());
    cursor = pages.at(-1)!.cursor;
    const long = { ...JSON.parse(cursor), swept: Date.now() + HOUR };
    const later = await all(connect(double).pullOrders(JSON.stringify(long)));
    expect(later.flatMap((page) => page.gone ?? [])).not.toContain(one);
  });

  test('a place that nobody wrote is refused with what to do', async () => {
    double = await openHubSpot();
    for (const cursor of ['', '{}', '{"phase":"list"}']) {
      const error = await failure(all(connect(double).pullCustomers(cursor)));
      expect([error.kind, error.message]).toEqual([
        'config',
        expect.stringContaining('pull everything again'),
      ]);
    }
  });
});

describe('whose a deal is', () => {
  const rule = (split: string) => ({ ...double, options: () => ({ ...double.options(), split }) });

  for (const phase of ['first', 'later'] as const) {
    test(`by the rule that was chosen, in the ${phase} pull`, async () => {
      double = await openHubSpot({ searches: 1000 });
      // Fewer than one deal has, so that the rest is on a page of its own.
      double.rules.associationPage = 2;
      const [a, b, c] = await double.addCustomers([person(1), person(2), person(3)]);
      const empty = (await all(connect(double).pullOrders(null))).at(-1)!.cursor;
      const [several, single, nobody] = await double.addDeals([
        deal([b!, a!, c!], { amount: '100.01' }),
        deal([c!]),
        deal([]),
      ]);
      const from = phase === 'first' ? null : empty;
      const rows = async (split: string) => {
        const orders = ordersOf(await all(connect(rule(split)).pullOrders(from)));
        return Object.fromEntries(orders.map((row) => [row.order_id, [row.customer_id, row.amount]]));
      };
      const others = { [single!]: [c, '100.00'], [nobody!]: [null, '100.00'] };
      expect(await rows('primary')).toEqual({ ...others, [several!]: [b, '100.01'] });
      expect(await rows('first')).toEqual({ ...others, [several!]: [a, '100.01'] });
      expect(await rows('equal')).toEqual({
        ...others,
        [`${several}:${a}`]: [a, '33.34'],
        [`${several}:${b}`]: [b, '33.34'],
        [`${several}:${c}`]: [c, '33.33'],
      });
    });
  }
});

describe('mapping', () => {
  const mapped = (mapping: Mapping) => connect(double, { mapping });

  test('a margin becomes a cost to the cent, and recurring revenue a subscription', async () => {
    double = await openHubSpot();
    const [id] = await double.addCustomers([person(1)]);
    const stored = double.store.add('deals', {
      ...{ amount: '100.10', margin: '30.3', hs_mrr: '9.90', hs_is_closed_won: 'true' },
      closedate: '2026-05-17T00:00:00.000Z',
    });
    double.store.links.set(stored.id, [{ contact: id!, primary: false }]);
    const connector = mapped({ orders: { margin: 'margin' }, subscriptions: { mrr: 'hs_mrr' } });
    const [record] = (await all(connector.pullOrders(null))).flatMap(({ records }) => records);
    // The deal has no currency of its own: it is in the account's.
    expect(record!.orders).toEqual([
      expect.objectContaining({ order_id: stored.id, amount: '100.10', cost: '69.80', currency: 'EUR' }),
    ]);
    expect(record!.subscriptions).toEqual([
      expect.objectContaining({ subscription_id: stored.id, customer_id: id, mrr: '9.90', currency: 'EUR' }),
    ]);
  });

  test('costs of customers are in the currency of the account', async () => {
    double = await openHubSpot();
    double.store.add('contacts', { email: 'x@example.com', cost_of_winning: '12.50', nps_answer: '9' });
    const connector = mapped({
      customers: { acquisition_cost: 'cost_of_winning', nps: 'nps_answer', channel: null },
    });
    const [row] = (await all(connector.pullCustomers(null))).flatMap((p) =>
      p.records.flatMap((r) => r.customers!),
    );
    expect(row).toMatchObject({
      email: 'x@example.com',
      acquisition_cost: '12.50',
      nps: '9',
      currency: 'EUR',
    });
    expect(row).not.toHaveProperty('channel');
  });

  test('a property that was deleted, or a column that there is none of, clears nobody: it is told', async () => {
    double = await openHubSpot();
    const error = await failure(all(mapped({ customers: { nps: 'deleted_one' } }).pullCustomers(null)));
    expect([error.kind, error.message]).toEqual(['config', expect.stringContaining('deleted_one')]);
    expect(() => mapped({ customers: { mood: 'email' } })).toThrow(/mood/);
  });
});

describe('writing to HubSpot', () => {
  test('two insights for one contact are one, the later', async () => {
    double = await openHubSpot();
    const [a, b] = await double.addCustomers([person(1), person(2)]);
    const connector = connect(double);
    await connector.ensureSchema();
    const results = await connector.pushInsights([
      insight(a!, 'gold'),
      insight(b!, 'iron'),
      insight(a!, 'silver'),
    ]);
    expect(results).toEqual([{ ok: true }, { ok: true }, { ok: true }]);
    expect(await double.insightsOf(a!)).toMatchObject({ tier: 'silver' });
  });

  test('a field that is missing is told with what to do, and nothing is written', async () => {
    double = await openHubSpot();
    const [a] = await double.addCustomers([person(1)]);
    const error = await failure(connect(double).pushInsights([insight(a!, 'gold')]));
    expect(error.kind).toBe('config');
    expect(error.message).toContain('clv_predicted');
    expect(error.message).toContain('Create the fields');
  });

  test('a batch that is refused whole for one contact arrives but for that one', async () => {
    double = await openHubSpot();
    const ids = await double.addCustomers(Array.from({ length: 20 }, (_, i) => person(i)));
    double.forbidden.add(ids[13]!);
    const connector = connect(double);
    await connector.ensureSchema();
    const results = await connector.pushInsights(ids.map((id) => insight(id, 'gold')));
    expect(results.map(({ ok }) => ok)).toEqual(ids.map((_, i) => i !== 13));
    const refused = results[13]!;
    expect(refused.ok === false && [refused.error.kind, refused.gone]).toEqual(['permanent', undefined]);
  });

  test('fields are made once, by whoever comes first, and one of another type is a task for somebody', async () => {
    double = await openHubSpot();
    double.store.groups.contacts.add('other');
    const odd = { name: 'clv_tier', label: 'x', type: 'number', fieldType: 'number', groupName: 'other' };
    double.store.definitions.contacts.set('clv_tier', odd);
    const [one, two] = await Promise.all([connect(double).ensureSchema(), connect(double).ensureSchema()]);
    const count = INSIGHT_FIELDS.length + 1;
    for (const report of [one!, two!]) {
      expect(report.created.length + report.existing.length).toBe(count);
      expect(report.todo).toEqual([expect.stringContaining('clv_tier')]);
    }
    expect(one!.created.length + two!.created.length).toBe(count - 1);
  });

  test('one note that two write at once, or whose answer was lost, stands once', async () => {
    double = await openHubSpot();
    const [a] = await double.addCustomers([person(1)]);
    await connect(double).ensureSchema();
    const note = (key: string, customerId = a!) => ({
      customerId,
      key,
      at: Date.now(),
      title: `<${key}>`,
      text: 'a\nb',
    });
    const notes = Array.from({ length: 5 }, (_, i) => note(`k-${i}`));
    const both = await Promise.all([connect(double).pushNotes!(notes), connect(double).pushNotes!(notes)]);
    expect(both.flat().every(({ ok }) => ok)).toBe(true);
    expect(await double.notesOf(a!)).toHaveLength(5);
    expect((await double.notesOf(a!))[0]).toContain('&lt;k-0&gt;');

    double.server.faults = [{ kind: 'lost' }];
    double.server.only = ({ path }) => path.endsWith('batch/create');
    expect(await connect(double).pushNotes!([note('lost')])).toEqual([{ ok: true }]);
    expect(await double.notesOf(a!)).toHaveLength(6);

    const mixed = await connect(double).pushNotes!([note('x', '999999'), note('y')]);
    expect(mixed.map((result) => result.ok || result.gone)).toEqual([true, true]);
    expect(mixed.map(({ ok }) => ok)).toEqual([false, true]);
  });
});

describe('limits', () => {
  test('when the day is used up nothing is asked again before its midnight', async () => {
    double = await openHubSpot({ daily: 1000 });
    const connector = connect(double);
    await connector.verify();
    expect(connector.budget!()).toMatchObject({ limit: 1000, per: 'day' });
    expect(connector.budget!()!.remaining).toBeLessThan(1000);
    double.limits.useUpTheDay();
    const before = double.server.log.length;
    const error = await failure(connector.fields());
    expect(error.kind).toBe('rate-limit');
    // Midnight in the account's time zone, an hour ahead of UTC.
    const midnight = DAY - ((Date.now() + HOUR) % DAY);
    expect(Math.abs(error.retryAfterMs! - midnight)).toBeLessThan(60_000);
    expect(double.server.log.length - before).toBe(1);
  });

  test('no more is asked within ten seconds than the settings say', async () => {
    double = await openHubSpot();
    await double.addCustomers(Array.from({ length: 1500 }, (_, i) => person(i)));
    const small = { ...double, options: () => ({ ...double.options(), limit: 10 }) };
    const sleep = async () => {
      throw new ConnectorError('permanent', 'so long nobody waits in a test');
    };
    await failure(all(connect(small, { world: { sleep } }).pullCustomers(null)));
    expect(double.asked('GET', /contacts$/)).toHaveLength(10);
  });

  test('what others use up is waited for as HubSpot says, and then left for later', async () => {
    double = await openHubSpot({ requests: 3 });
    await double.addCustomers(Array.from({ length: 600 }, (_, i) => person(i)));
    const slept: number[] = [];
    const sleep = async (ms: number) => slept.push(ms);
    const impatient = connect(double, { world: { ...hasty.world, sleep } });
    const error = await failure(all(impatient.pullCustomers(null)));
    expect(error.kind).toBe('rate-limit');
    expect(slept).toHaveLength(4);
    expect(Math.min(...slept)).toBeGreaterThanOrEqual(1000);
  });
});

describe('sign-in by OAuth', () => {
  test('a token is asked for once by all who need it, and renewed by its time, not by a refusal', async () => {
    double = await openHubSpot({ auth: 'oauth' });
    let skew = 0;
    const connector = connect(double, { now: () => Date.now() + skew });
    await Promise.all([connector.verify(), connector.fields(), connector.fields()]);
    expect(double.access.granted()).toBe(1);
    skew = 29.5 * 60_000;
    await connector.fields();
    expect(double.access.granted()).toBe(2);
    expect(double.server.log.filter(({ status }) => status === 401)).toEqual([]);
  });

  test('its user is sent to HubSpot, and comes back with a code that becomes tokens', async () => {
    double = await openHubSpot({ auth: 'oauth' });
    const options = hubspot.options.parse(double.options());
    const address = new URL(hubspot.oauth!.authorizeUrl(options, 'https://site.example/back', 'state-1'));
    expect(`${address.origin}${address.pathname}`).toBe(`https://app.hubspot.com/oauth/${HUB_ID}/authorize`);
    expect(Object.fromEntries(address.searchParams)).toMatchObject({
      client_id: CLIENT.id,
      redirect_uri: 'https://site.example/back',
      state: 'state-1',
    });
    const guard = hostGuard([double.server.host]);
    const http = (settings: Parameters<typeof httpClient>[0]) =>
      httpClient(settings, { guard, secrets: double.secrets, sleep: async () => undefined });
    let kept: string | null = await hubspot.oauth!.exchange(
      options,
      http,
      'a-good-code',
      'https://site.example/back',
    );
    expect(JSON.parse(kept).refreshToken).toBe(REFRESH_TOKEN);
    const tokens = {
      read: async () => kept,
      async write(value: string) {
        kept = value;
      },
    };
    expect((await hubspot.create(options, toolsFor(double, { tokens })).verify()).id).toBe(HUB_ID);
    const error = await failure(
      hubspot.oauth!.exchange(options, http, 'a-bad-code', 'https://site.example/back'),
    );
    expect(error.kind).toBe('auth');
    kept = null;
    expect((await failure(hubspot.create(options, toolsFor(double, { tokens })).verify())).kind).toBe('auth');
  });

  test('an account that is not the one in the settings is refused', async () => {
    double = await openHubSpot({ auth: 'oauth' });
    const other = { ...double, options: () => ({ ...double.options(), hubId: '1' }) };
    const error = await failure(connect(other).verify());
    expect([error.kind, error.message]).toEqual(['config', expect.stringContaining(HUB_ID)]);
  });
});

describe('webhooks', () => {
  const url = 'https://site.example/api/clv/crm/hubspot?connection=7%3A1';
  /** Signed by the book: the address as HubSpot reads it. */
  function signed(events: unknown, { at = Date.now(), secret = CLIENT.secret } = {}): WebhookRequest {
    const body = Buffer.from(typeof events === 'string' ? events : JSON.stringify(events));
    const text = `POST${url.replace('%3A', ':')}${body}${at}`;
    const signature = createHmac('sha256', secret).update(text).digest('base64');
    return {
      method: 'POST',
      url,
      headers: { 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': String(at) },
      body,
    };
  }
  const event = (subscriptionType: string, more: object = {}) => ({
    ...{ eventId: 1, subscriptionId: 2, portalId: Number(HUB_ID), occurredAt: Date.now(), attemptNumber: 0 },
    ...{ subscriptionType, objectId: 101 },
    ...more,
  });
  const refused = (work: () => unknown) => {
    try {
      work();
    } catch (error) {
      return (error as ConnectorError).kind;
    }
    return 'accepted';
  };

  test('they tell what is new, gone, merged and to be forgotten', async () => {
    double = await openHubSpot();
    const read = (...events: object[]) => connect(double).parseWebhook!(signed(events)).news;
    expect(
      read(event('contact.creation'), event('deal.propertyChange', { propertyName: 'amount' })).changed,
    ).toEqual(['customers', 'orders']);
    expect(read(event('contact.deletion'), event('deal.deletion', { objectId: 7 })).gone).toEqual([
      { stream: 'customers', ids: ['101'] },
      { stream: 'orders', ids: ['7'] },
    ]);
    expect(read(event('contact.deletion'), event('contact.privacyDeletion'))).toMatchObject({
      erased: ['101'],
      gone: [],
    });
    const merge = { primaryObjectId: 101, mergedObjectIds: [102, 103] };
    expect(read(event('contact.merge', merge))).toMatchObject({
      changed: ['customers'],
      merged: [
        { from: '102', into: '101' },
        { from: '103', into: '101' },
      ],
    });
    expect(read(event('deal.merge', { ...merge, newObjectId: 200 })).gone).toEqual([
      { stream: 'orders', ids: ['102', '103', '101'] },
    ]);
    expect(read(event('object.creation', { objectTypeId: '0-3' })).changed).toEqual(['orders']);
    // What we wrote ourselves is no news, nor what a newer HubSpot may tell.
    const ours = event('contact.propertyChange', { propertyName: 'clv_tier' });
    expect(read(ours, event('ticket.creation'), event('conversation.newMessage')).changed).toEqual([]);
  });

  test('a wrong, changed or old one is refused', async () => {
    double = await openHubSpot();
    const parse = (request: WebhookRequest) => connect(double).parseWebhook!(request);
    const good = signed([event('contact.creation')]);
    expect(parse(good).key).toBe(good.headers['x-hubspot-signature-v3']);
    expect(refused(() => parse({ ...good, body: Buffer.from('[]') }))).toBe('auth');
    expect(refused(() => parse({ ...good, url: `${url}x` }))).toBe('auth');
    expect(refused(() => parse({ ...good, headers: {} }))).toBe('auth');
    expect(refused(() => parse(signed([], { secret: 'of-somebody-else' })))).toBe('auth');
    expect(refused(() => parse(signed([], { at: Date.now() - 6 * 60_000 })))).toBe('auth');
    expect(refused(() => parse(signed([], { at: Date.now() + 6 * 60_000 })))).toBe('auth');
    expect(refused(() => parse(signed('no JSON')))).toBe('permanent');
    expect(refused(() => parse(signed({ not: 'a list' })))).toBe('permanent');
    const { clientSecret: _, ...without } = double.options();
    const unsigned = connect({ ...double, options: () => without });
    expect(refused(() => unsigned.parseWebhook!(good))).toBe('config');
  });

  test('an app that several accounts installed is heard of the one that is connected', async () => {
    double = await openHubSpot({ auth: 'oauth' });
    const events = [event('contact.deletion', { portalId: 1 }), event('contact.deletion', { objectId: 5 })];
    expect(connect(double).parseWebhook!(signed(events)).news.gone).toEqual([
      { stream: 'customers', ids: ['5'] },
    ]);
  });
});
