import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
    const login = async (name: string, confirmed: boolean): Promise<string> => {
      const user = await place.app.strapi
        .plugin('users-permissions')
        .service('user')
        .add({
          username: name,
          email: `${name}@example.com`,
          password: 'Playground-1234',
          provider: 'local',
          confirmed,
          role: (
            await place.app.strapi.db
              .query('plugin::users-permissions.role')
              .findOne({ where: { type: 'authenticated' } })
          ).id,
        });
      return place.app.strapi.plugin('users-permissions').service('jwt').issue({ id: user.id });
    };

    test('identifies the user and, when it is confirmed, the email', async () => {
      const answer = await identify({ visitor: visitor('login') }, bearer(await login('confirmed', true)));
      expect(answer).toMatchObject({ status: 200, body: { linked: true } });
      expect(await namespacesOf(visitor('login'))).toEqual(['email', 'user']);
    });

    test('with an unconfirmed email identifies the user alone', async () => {
      await identify({ visitor: visitor('unconfirmed') }, bearer(await login('unconfirmed', false)));
      expect(await namespacesOf(visitor('unconfirmed'))).toEqual(['user']);
    });

    test('cannot name somebody else', async () => {
      const headers = bearer(await login('liar', true));
      const { status, body } = await identify({ visitor: visitor('liar'), customerId: 'C-1' }, headers);
      expect(status).toBe(400);
      expect(body.error).toContain('only with an API token');
    });

    test('that is blocked, forged, of another scheme or none at all is refused', async () => {
      const blocked = await login('blocked', true);
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
