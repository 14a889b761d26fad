import { afterAll, beforeAll, expect, test } from 'vitest';
import { IMPORT_ERRORS, NOT_PERSONAL, PERSONAL_TABLES } from '../../../server/src/privacy/personal-columns';
import { adminToken, editorToken } from '../../support/admin';
import { get, onEachDatabase, type Place, post, tokenFor, touch, visitor } from '../identity/world';

type Sections = Record<string, Record<string, unknown>[]>;

onEachDatabase('a person’s data', (open) => {
  let place: Place;
  let headers: Record<string, string>;
  beforeAll(async () => {
    place = await open();
    headers = { authorization: `Bearer ${await adminToken(place.app.strapi, place.app.url)}` };
    await place.knex('clv_contents').insert({
      uid: 'api::article.article',
      document_id: 'document-1',
      locale: 'en',
      kind: 'article',
      title: 'An article',
      updated_at: 1,
    });
  });
  afterAll(() => place.stop());

  const ask = (what: 'export' | 'erase', subject: object) =>
    post(place.app, `/clv/people/${what}`, subject, headers);
  const identify = (visitorKey: string, who: { sub?: string; email?: string }) =>
    post(place.app, '/api/clv/identify', { visitor: visitorKey, token: tokenFor(who) });
  const consent = (visitorKey: string, state: string) =>
    post(place.app, '/api/clv/consent', { visitor: visitorKey, state });

  /** Everything in the plugin's tables, as text. */
  async function dump(): Promise<string> {
    const names = [...PERSONAL_TABLES, IMPORT_ERRORS]
      .map(({ table }) => table)
      .concat(Object.keys(NOT_PERSONAL));
    const contents: string[] = [];
    for (const name of names) contents.push(`${name}: ${JSON.stringify(await place.knex(name).select())}`);
    return contents.join('\n');
  }

  /** A customer with everything that can be stored about one. */
  async function live(name: string): Promise<{ traces: string[]; personId: string }> {
    const email = `${name}@example.com`;
    const browsers = [visitor(`${name}-phone`), visitor(`${name}-laptop`)];
    for (const browser of browsers) {
      await touch(place.knex, browser, 1_700_000_000_000);
      await consent(browser, 'granted');
      await identify(browser, { sub: name, email });
      await touch(place.knex, browser);
    }
    await place.knex('clv_customers').insert({
      customer_id: name,
      person_id: (await place.identity.ensureCustomers([name], 'test')).get(name),
      email_hash: place.identity.hashEmail(email),
      acquisition_cost: 1200,
      currency: 'EUR',
      source: 'test',
      updated_at: 1_700_000_000_000,
    });
    await place.knex('clv_orders').insert({
      order_id: `order-of-${name}`,
      customer_id: name,
      ordered_at: 1_700_000_000_000,
      amount: 4990,
      currency: 'EUR',
      source: 'test',
      updated_at: 1_700_000_000_000,
    });
    await place.knex('clv_job_errors').insert([
      {
        job_id: 'job',
        row_number: 2,
        field: 'amount',
        reason: 'amount is empty; give every order an amount',
        raw: JSON.stringify({ order_id: `order-of-${name}`, customer_id: name, amount: '' }),
      },
      {
        job_id: 'job',
        row_number: 3,
        field: null,
        reason: `the customer "${name}" has no currency`,
        raw: null,
      },
    ]);
    const { person_id: personId } = await place.knex('clv_identities').where({ value: name }).first();
    return { traces: [name, place.identity.hashEmail(email), personId, ...browsers], personId };
  }

  test('is exported whole, by any of their names, in words they can read', async () => {
    const { personId } = await live('export-me');
    const byCustomer = await ask('export', { customerId: 'export-me' });
    const { touches, orders, browsers, consent, consentHistory, customers, identifiers, importErrors } =
      byCustomer.body.sections as Sections;
    expect(touches).toHaveLength(4);
    expect(touches[0]).toMatchObject({
      content: 'api::article.article/document-1/en',
      title: 'An article',
      occurred_at: '2023-11-14T22:13:20.000Z',
    });
    expect(orders).toMatchObject([{ order_id: 'order-of-export-me', amount: 4990 }]);
    expect(browsers).toHaveLength(2);
    expect(browsers[0]).toMatchObject({ valid_from: null, valid_to: null });
    expect(consent).toHaveLength(2);
    expect(consentHistory).toHaveLength(2);
    expect(customers).toMatchObject([{ customer_id: 'export-me', acquisition_cost: 1200 }]);
    expect(identifiers.map((row) => row.namespace).sort()).toEqual(['customer', 'email']);
    expect(importErrors).toHaveLength(2);
    for (const subject of [{ email: 'Export-Me@example.com' }, { personId }]) {
      expect((await ask('export', subject)).body.sections).toEqual(byCustomer.body.sections);
    }
  });

  test('is erased without a trace, and nobody else’s is touched', async () => {
    await live('bystander');
    const bystander = (await ask('export', { customerId: 'bystander' })).body.sections;
    const { traces } = await live('erase-me');
    const before = await dump();
    for (const trace of traces) expect(before).toContain(trace);

    const erased = await ask('erase', { customerId: 'erase-me' });
    expect(erased).toMatchObject({
      status: 200,
      body: {
        touches: 4,
        browsers: 2,
        consent: 2,
        consentHistory: 2,
        customers: 1,
        orders: 1,
        identifiers: 2,
        persons: 1,
        importErrors: 2,
      },
    });
    const after = await dump();
    for (const trace of traces) expect(after).not.toContain(trace);
    expect((await ask('export', { customerId: 'bystander' })).body.sections).toEqual(bystander);
  });

  test('by email goes with everything of everyone who has that email on record', async () => {
    const { traces } = await live('by-email');
    await ask('erase', { email: 'by-email@example.com' });
    const after = await dump();
    for (const trace of traces) expect(after).not.toContain(trace);
  });

  test('includes those merged with them, and suggestions go along', async () => {
    const one = await live('merged-one');
    const other = await live('merged-other');
    const stranger = await live('merged-stranger');
    await place.identity.merge(one.personId, other.personId, 'admin:1', 'the same person');
    const undone = await place.identity.merge(stranger.personId, other.personId, 'admin:1', 'a mistake');
    await place.identity.undoMerge(undone, 'admin:1');
    await ask('erase', { customerId: 'merged-one' });
    const after = await dump();
    for (const trace of [...one.traces, ...other.traces]) expect(after).not.toContain(trace);
    for (const trace of stranger.traces) expect(after).toContain(trace);
  });

  test('on a shared browser is theirs only while they had it', async () => {
    const browser = visitor('family');
    await consent(browser, 'granted');
    await identify(browser, { sub: 'family-a' });
    await touch(place.knex, browser, 5);
    await identify(browser, { sub: 'family-b' });
    await touch(place.knex, browser, Date.now() + 60_000);

    const { body } = await ask('export', { customerId: 'family-a' });
    expect((body.sections as Sections).touches).toHaveLength(1);
    expect((body.sections as Sections).consent).toEqual([]);
    expect((await ask('erase', { customerId: 'family-a' })).body).toMatchObject({ touches: 1, browsers: 1 });
    const left = await ask('export', { customerId: 'family-b' });
    expect((left.body.sections as Sections).touches).toHaveLength(1);
    // Now that nobody else is linked to it, the browser's consent is theirs.
    expect((left.body.sections as Sections).consent).toHaveLength(1);
  });

  test('of a browser alone goes without the person', async () => {
    const { personId } = await live('keeps-account');
    const browser = visitor('keeps-account-phone');
    expect((await ask('erase', { visitor: browser })).body).toMatchObject({
      touches: 2,
      browsers: 1,
      persons: 0,
    });
    expect(await dump()).not.toContain(browser);
    const { sections } = (await ask('export', { personId })).body as { sections: Sections };
    expect(sections.touches).toHaveLength(2);
  });

  test('may go, but a denial of consent outlives it', async () => {
    const browser = visitor('denier');
    await identify(browser, { sub: 'denier' });
    await consent(browser, 'denied');
    await ask('erase', { customerId: 'denier' });
    expect((await place.identity.consentOf([browser])).get(browser)).toBe('denied');
    const others = (await dump()).split('\n').filter((line) => line.includes(browser));
    expect(others.map((line) => line.slice(0, line.indexOf(':')))).toEqual(['clv_visitors']);
  });

  test('that waits in memory when it is erased is gone, too', async () => {
    const { traces } = await live('in-memory');
    const articles = place.app.strapi.documents('api::article.article');
    const { documentId } = await articles.create({ data: { title: 'Read just now' }, status: 'published' });
    const read = await get(place.app, `/api/articles/${documentId}`, {
      'x-clv-visitor': visitor('in-memory-phone'),
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    });
    expect(read.status).toBe(200);
    expect((await ask('erase', { customerId: 'in-memory' })).body).toMatchObject({ touches: 5 });
    await place.app.strapi.plugin('clv').service('tracking').flush();
    const after = await dump();
    for (const trace of traces) expect(after).not.toContain(trace);
  });

  test('about nobody is nothing', async () => {
    const { status, body } = await ask('erase', { customerId: 'nobody' });
    expect(status).toBe(200);
    expect(Object.values(body).every((rows) => rows === 0)).toBe(true);
  });

  test('is for those who may manage people, and for one subject at a time', async () => {
    const subjects = [
      {},
      { customerId: 'a', email: 'a@example.com' },
      { visitor: 'x' },
      { odd: 1 },
      { email: 'x' },
    ];
    for (const subject of subjects) expect((await ask('erase', subject)).status).toBe(400);
    const editor = await editorToken(place.app.strapi, place.app.url, ['plugin::clv.settings.manage']);
    for (const what of ['export', 'erase']) {
      const path = `/clv/people/${what}`;
      const asEditor = { authorization: `Bearer ${editor}` };
      expect((await post(place.app, path, { customerId: 'a' }, asEditor)).status).toBe(403);
      expect((await post(place.app, path, { customerId: 'a' })).status).toBe(401);
    }
  });
});
