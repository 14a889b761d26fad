import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { apiToken } from '../../support/admin';
import {
  get,
  onEachDatabase,
  onSqlite,
  type Place,
  post,
  SECRET,
  tokenFor,
  visitor,
  whoIsWho,
} from './world';

const IDENTIFY = '/api/clv/identify';
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

onEachDatabase('proofs of identity', (open) => {
  let place: Place;
  beforeAll(async () => {
    place = await open();
  });
  afterAll(() => place.stop());

  const identify = (body: unknown, headers?: Record<string, string>) =>
    post(place.app, IDENTIFY, body, headers);
  const namespacesOf = async (visitorKey: string): Promise<string[]> => {
    const rows = await place
      .knex('clv_visitor_links as l')
      .join('clv_identities as i', 'i.person_id', 'l.person_id')
      .where('l.visitor_key', visitorKey)
      .select('i.namespace');
    return rows.map((row) => row.namespace).sort();
  };

  test('a request without a proof is told the three ways', async () => {
    const { status, body } = await identify({ visitor: visitor('none') });
    expect(status).toBe(401);
    expect(body.error).toMatch(/signed token .* users-permissions login .* API token/);
  });

  test('a name in the body is no proof', async () => {
    for (const body of [
      { customerId: 'C-1' },
      { email: 'a@example.com' },
      { token: tokenFor({ sub: 'x' }), customerId: 'C-1' },
    ]) {
      const answer = await identify({ visitor: visitor('named'), ...body });
      expect(answer.status).toBe(400);
      expect(answer.body.error).toContain('only with an API token');
    }
    expect(await namespacesOf(visitor('named'))).toEqual([]);
  });

  test('a forged token is refused with the reason, and neither repeats nor stores anything', async () => {
    const [header, payload] = tokenFor({ sub: 'forged' }).split('.');
    const { status, body } = await identify({
      visitor: visitor('forged'),
      token: `${header}.${payload}.AAAA`,
    });
    expect(status).toBe(401);
    expect(body.error).toContain('its signature was not made with clv.config.identity.secret');
    expect(JSON.stringify(body)).not.toContain(SECRET);
    expect(await namespacesOf(visitor('forged'))).toEqual([]);
  });

  describe('a login', () => {
    const register = (name: string, email: string) =>
      post(place.app, '/api/auth/local/register', { username: name, email, password: 'Playground-1234' });
    const login = async (name: string): Promise<string> =>
      (await register(name, `${name}@example.com`)).body.jwt as string;
    const importCustomer = async (customerId: string, email: string): Promise<void> => {
      const headers = bearer(await apiToken(place.app.strapi, { type: 'full-access' }));
      const answer = await post(
        place.app,
        '/api/clv/customers',
        { customers: [{ customer_id: customerId, email }] },
        headers,
      );
      expect(answer).toMatchObject({ status: 200, body: { created: 1 } });
    };
    const ownersOf = async (visitorKey: string): Promise<string[]> =>
      place
        .knex('clv_visitor_links as l')
        .join('clv_persons as p', 'p.id', 'l.person_id')
        .join('clv_customers as c', 'c.person_id', 'p.canonical_id')
        .where('l.visitor_key', visitorKey)
        .pluck('c.customer_id');

    test('identifies the user alone, so nobody takes a customer’s reads by registering with their email', async () => {
      await importCustomer('C-victim', 'victim@example.com');
      const { body } = await register('thief', 'victim@example.com');
      expect(body.user).toMatchObject({ email: 'victim@example.com', confirmed: true });

      const answer = await identify({ visitor: visitor('thief') }, bearer(body.jwt as string));
      expect(answer).toMatchObject({ status: 200, body: { linked: true } });
      expect(await namespacesOf(visitor('thief'))).toEqual(['user']);
      expect(await ownersOf(visitor('thief'))).toEqual([]);
    });

    test('whose email had to be confirmed, and was, identifies the customer with that email', async () => {
      const { strapi } = place.app;
      const settings = strapi.store({ type: 'plugin', name: 'users-permissions', key: 'advanced' });
      const before = (await settings.get()) as object;
      const mailbox = vi.spyOn(strapi.plugin('email').service('email'), 'send').mockResolvedValue(undefined);
      await settings.set({ value: { ...before, email_confirmation: true } });
      try {
        await importCustomer('C-owner', 'owner@example.com');
        expect((await register('owner', 'owner@example.com')).body).not.toHaveProperty('jwt');
        const { id } = await strapi.db
          .query('plugin::users-permissions.user')
          .findOne({ where: { username: 'owner' } });
        const headers = bearer(strapi.plugin('users-permissions').service('jwt').issue({ id }));
        expect((await identify({ visitor: visitor('owner') }, headers)).status).toBe(401);

        const [code] = /(?<=confirmation=)[0-9a-f]+/.exec(JSON.stringify(mailbox.mock.calls))!;
        await fetch(`${place.app.url}/api/auth/email-confirmation?confirmation=${code}`, {
          redirect: 'manual',
        });
        expect((await identify({ visitor: visitor('owner') }, headers)).body).toEqual({ linked: true });
        expect(await namespacesOf(visitor('owner'))).toEqual(['customer', 'email', 'user']);
        expect(await ownersOf(visitor('owner'))).toEqual(['C-owner']);
      } finally {
        await settings.set({ value: before });
        mailbox.mockRestore();
      }
    });

    test('cannot name somebody else', async () => {
      const headers = bearer(await login('liar'));
      const { status, body } = await identify({ visitor: visitor('liar'), customerId: 'C-1' }, headers);
      expect(status).toBe(400);
      expect(body.error).toContain('only with an API token');
    });

    test('that is blocked, forged, of another scheme or none at all is refused', async () => {
      const blocked = await login('blocked');
      await place.app.strapi.db
        .query('plugin::users-permissions.user')
        .update({ where: { username: 'blocked' }, data: { blocked: true } });
      for (const authorization of [`Bearer ${blocked}`, `Bearer ${blocked}x`, 'Bearer ', 'Basic YTpi', 'x']) {
        const { status, body } = await identify({ visitor: visitor('blocked') }, { authorization });
        expect(status).toBe(401);
        expect(body.error).toContain('no valid login');
      }
      expect(await namespacesOf(visitor('blocked'))).toEqual([]);
    });
  });

  describe('an API token', () => {
    test('with full access or the permission may name anybody', async () => {
      const { strapi } = place.app;
      const tokens = [
        await apiToken(strapi, { type: 'full-access' }),
        await apiToken(strapi, { type: 'custom', permissions: ['plugin::clv.identity.identify'] }),
      ];
      for (const [i, token] of tokens.entries()) {
        const body = { visitor: visitor(`api-${i}`), customerId: `api-${i}`, email: `api-${i}@example.com` };
        expect(await identify(body, bearer(token))).toMatchObject({ status: 200, body: { linked: true } });
        expect(await namespacesOf(visitor(`api-${i}`))).toEqual(['customer', 'email']);
      }
    });

    test('may tell without a browser which identifiers are one person', async () => {
      const headers = bearer(await apiToken(place.app.strapi, { type: 'full-access' }));
      const body = { customerId: 'no-browser', email: 'no-browser@example.com' };
      expect((await identify(body, headers)).body).toEqual({ linked: false, reason: 'no-visitor' });
      const owners = await place
        .knex('clv_identities')
        .whereIn('value', ['no-browser', place.identity.hashEmail(body.email)])
        .distinct('person_id');
      expect(owners).toHaveLength(1);
    });

    test('without the permission may not', async () => {
      const { strapi } = place.app;
      for (const token of [
        await apiToken(strapi, { type: 'read-only' }),
        await apiToken(strapi, { type: 'custom', permissions: ['plugin::clv.consent.read'] }),
      ]) {
        const { status, body } = await identify({ customerId: 'nobody' }, bearer(token));
        expect(status).toBe(403);
        expect(body.error).toContain('plugin::clv.identity.identify');
      }
    });

    test('has to name somebody', async () => {
      const headers = bearer(await apiToken(place.app.strapi, { type: 'full-access' }));
      expect((await identify({ visitor: visitor('unnamed') }, headers)).status).toBe(400);
    });
  });

  test('the visitor may come in the header, in the cookie, or in a beacon’s text', async () => {
    const byHeader = await identify(
      { token: tokenFor({ sub: 'h' }) },
      { 'x-clv-visitor': visitor('header') },
    );
    const byCookie = await identify(
      { token: tokenFor({ sub: 'c' }) },
      { cookie: `a=b; clv_vid=${visitor('cookie')}` },
    );
    const byText = await identify(
      JSON.stringify({ visitor: visitor('text'), token: tokenFor({ sub: 't' }) }),
      {
        'content-type': 'text/plain',
      },
    );
    for (const { body } of [byHeader, byCookie, byText]) expect(body).toEqual({ linked: true });
    for (const name of ['header', 'cookie', 'text']) {
      expect(await namespacesOf(visitor(name))).toEqual(['customer']);
    }
    expect((await identify({ token: tokenFor({ sub: 'n' }) })).body).toEqual({
      linked: false,
      reason: 'no-visitor',
    });
  });

  test('a browser that asks not to be tracked is not linked, and nothing is stored', async () => {
    const before = await whoIsWho(place.knex);
    const body = { visitor: visitor('gpc'), token: tokenFor({ sub: 'gpc' }) };
    expect((await identify(body, { 'sec-gpc': '1' })).body).toEqual({ linked: false, reason: 'gpc' });
    expect((await identify(body, { dnt: '1' })).body).toEqual({ linked: false, reason: 'dnt' });
    await post(place.app, '/api/clv/consent', { visitor: body.visitor, state: 'denied' });
    expect((await identify(body)).body).toEqual({ linked: false, reason: 'consent-denied' });
    expect(await whoIsWho(place.knex)).toEqual(before);
  });

  test('hostile bodies are refused, not failed on', async () => {
    const api = bearer(await apiToken(place.app.strapi, { type: 'full-access' }));
    const bodies: [unknown, Record<string, string>?][] = [
      ['not json', { 'content-type': 'text/plain' }],
      ['{"visitor":'],
      ['null'],
      ['[]'],
      [{ visitor: 'short', token: 'x' }],
      [{ visitor: { $gt: '' }, token: 'x' }],
      [{ visitor: visitor('x'), token: 'x'.repeat(5000) }],
      [{ visitor: visitor('x'), token: 'a.b.c', extra: 1 }],
      [{ customerId: 'x'.repeat(192) }, api],
      [{ customerId: 'nul\u0000' }, api],
      [{ customerId: '\ud800' }, api],
      [{ customerId: '   ' }, api],
      [{ customerId: ['a'] }, api],
      [{ email: 'nobody' }, api],
      [{ email: `${'x'.repeat(300)}@example.com` }, api],
      ['a=b&token=c', { 'content-type': 'application/x-www-form-urlencoded' }],
    ];
    for (const [body, headers] of bodies) {
      const { status } = await identify(body, headers);
      expect(status, JSON.stringify(body)).toBeOneOf([400, 415]);
    }
  });
});

describe('other settings', () => {
  let place: Place;
  afterAll(() => place.stop());

  test('keep the door as they say', async () => {
    place = await onSqlite({
      identity: {},
      consent: { mode: 'required' },
      tracking: { rateLimit: { perAddress: 8 }, origins: ['https://www.example.com'] },
    });
    const body = { visitor: visitor('required'), token: tokenFor({ sub: 'required' }) };
    const noSecret = await post(place.app, IDENTIFY, body);
    expect(noSecret).toMatchObject({ status: 400 });
    expect(noSecret.body.error).toContain('clv.config.identity.secret is missing');

    const user = await place.app.strapi.plugin('users-permissions').service('user').add({
      username: 'required',
      email: 'r@example.com',
      password: 'Playground-1234',
      confirmed: true,
      role: 1,
    });
    const headers = bearer(
      await place.app.strapi.plugin('users-permissions').service('jwt').issue({ id: user.id }),
    );
    const missing = await post(place.app, IDENTIFY, { visitor: visitor('required') }, headers);
    expect(missing.body).toEqual({ linked: false, reason: 'consent-missing' });
    expect(await place.knex('clv_persons')).toEqual([]);
    await place.identity.setConsent({ visitorKey: visitor('required'), state: 'granted', source: 'test' });
    const given = await post(place.app, IDENTIFY, { visitor: visitor('required') }, headers);
    expect(given.body).toEqual({ linked: true });

    const stranger = await post(place.app, IDENTIFY, body, { origin: 'https://evil.example' });
    expect(stranger).toMatchObject({ status: 403 });
    const listed = await get(place.app, '/api/clv/consent', { origin: 'https://www.example.com' });
    expect(listed.headers.get('access-control-allow-origin')).toBe('https://www.example.com');

    for (let i = 0; i < 8; i += 1) await post(place.app, IDENTIFY, {});
    const tooMany = await post(place.app, IDENTIFY, {});
    expect(tooMany.status).toBe(429);
    expect(Number(tooMany.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
