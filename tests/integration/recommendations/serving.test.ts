import jwt from 'jsonwebtoken';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createClient, visitorHeaders } from '../../../client/src/index';
import type { Me } from '../../../server/src/activation/recommendations/api-types';
import { loadPerson } from '../../../server/src/activation/recommendations/profiles/load';
import type { ConsentRules } from '../../../server/src/crm/sync/push/describe/consent';
import { apiToken } from '../../support/admin';
import type { TestStrapi } from '../../support/strapi';
import {
  ARTICLE,
  as,
  BROWSER,
  customerOf,
  documentsOf,
  fillSite,
  get,
  knexIn,
  newVisitor,
  personKey,
  publishItems,
  recommended,
  SECRET,
  serviceOf,
  startSite,
  TOPICS,
  trackingOf,
  visitorOf,
  WHITE_PAPER,
} from './support';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const ORIGIN = 'https://www.example.com';

let app: TestStrapi;
let keys: string[];
beforeAll(async () => {
  app = await startSite({
    config: { tracking: { origins: [ORIGIN], rateLimit: { perAddress: 1_000_000 } } },
  });
  keys = await publishItems(app);
  await fillSite(app);
});
afterAll(() => app.stop());

const keysOf = ({ body }: Awaited<ReturnType<typeof recommended>>) => body.data.map(({ key }) => key);
/** Keys of what a person read. */
const readBy = async (n: number): Promise<string[]> => {
  const ids = await knexIn(app)('clv_touches')
    .where({ visitor_key: visitorOf(n) })
    .distinct()
    .pluck('content_id');
  const documents = await knexIn(app)('clv_contents').whereIn('id', ids).pluck('document_id');
  return keys.filter((key) => documents.includes(key.split('/')[1]));
};

test('a known visitor gets what they have not read, and last what they read, longest ago first', async () => {
  const read = await readBy(0);
  expect(read.length).toBeGreaterThan(1);
  const few = await recommended(app, '', as(visitorOf(0)));
  expect(few.status).toBe(200);
  expect(few.body.meta).toMatchObject({ personalised: 'visitor', strategy: 'recommended', arm: null });
  expect(few.body.meta.computedAt).toBeGreaterThan(0);
  expect(few.body.data).toHaveLength(5);
  expect(keysOf(few).filter((key) => read.includes(key))).toEqual([]);

  const all = await recommended(app, '?limit=50', as(visitorOf(0)));
  expect([...keysOf(all)].sort()).toEqual([...keys].sort());
  const again = all.body.data.filter(({ reason }) => reason.kind === 'read-before').map(({ key }) => key);
  expect([...again].sort()).toEqual([...read].sort());
  expect(keysOf(all).slice(-again.length)).toEqual(again);
});

test('people who like different topics get different items, first of all of what they like', async () => {
  const ofTopic = new Set<string>();
  const firsts: string[] = [];
  for (const n of [1, 2]) {
    const { body } = await recommended(app, '?limit=3', as(visitorOf(n)));
    firsts.push(body.data.map(({ key }) => key).join());
    for (const { reason } of body.data) if (reason.kind === 'topic') ofTopic.add(reason.topic);
  }
  expect(firsts[0]).not.toBe(firsts[1]);
  for (const topic of ofTopic) expect(TOPICS).toContain(topic);
});

test('the visitor is found in the cookie too, and the answer is theirs alone', async () => {
  const byCookie = await recommended(app, '', { cookie: `a=b; clv_vid=${visitorOf(0)}` });
  const byHeader = await recommended(app, '', as(visitorOf(0)));
  expect(byCookie.body.data).toEqual(byHeader.body.data);
  expect(byCookie.headers.get('cache-control')).toBe('private, no-store');
  for (const name of ['Cookie', 'X-Clv-Visitor', 'Authorization', 'Origin'])
    expect(byCookie.headers.get('vary')).toContain(name);
});

test('whoever sends GPC or DNT is served as anybody', async () => {
  const anybody = await recommended(app);
  expect(anybody.body.meta.personalised).toBe('none');
  const signals: Record<string, string>[] = [{ 'sec-gpc': '1' }, { dnt: '1' }];
  for (const signal of signals) {
    const answer = await recommended(app, '', { ...as(visitorOf(0)), ...signal });
    expect(answer.body.meta).toMatchObject({ personalised: 'none', arm: null });
    expect(answer.body.data).toEqual(anybody.body.data);
    const { body } = await get<Me>(app, '/api/clv/me', { ...as(visitorOf(0)), ...signal });
    expect(body).toMatchObject({
      known: false,
      tier: null,
      stage: null,
      value: null,
      segments: [],
      arm: null,
    });
    expect(body.interests).toEqual({ topics: [], kinds: [] });
  }
});

test('a stranger is served by how they came', async () => {
  const { body } = await recommended(app, '?channel=newsletter');
  expect(body.meta.personalised).toBe('session');
  expect(body.data).toHaveLength(5);
  const unknown = await recommended(app, '?channel=nowhere');
  expect(unknown.body.data).toHaveLength(5);
});

test('an anonymous visitor who consented is served by what they read, though nobody knows them', async () => {
  const visitor = newVisitor();
  const read = keys[0]!;
  const answer = await fetch(`${app.url}/api/clv/collect`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': BROWSER },
    body: JSON.stringify({
      visitor,
      sentAt: Date.now(),
      consent: 'granted',
      events: [{ id: `event-${visitor}`, kind: 'view', content: read, at: Date.now() }],
    }),
  });
  expect(answer.status).toBe(202);
  const { body } = await recommended(app, '?limit=20', as(visitor));
  expect(body.meta.personalised).toBe('visitor');
  expect(body.data.map(({ key }) => key)).not.toContain(read);
  const me = (await get<Me>(app, '/api/clv/me', as(visitor))).body;
  expect(me).toMatchObject({ known: false, tier: null, stage: null, value: null });
  expect(me.interests).toEqual({
    topics: [{ name: TOPICS[0], share: 1 }],
    kinds: [{ name: 'article', share: 1 }],
  });
});

test('the query chooses: type, limit, what is not wanted, the page that one is on', async () => {
  const papers = await recommended(app, '?type=white-paper&limit=50');
  expect(papers.body.data.map(({ uid }) => uid)).toEqual(Array(6).fill(WHITE_PAPER));
  const both = await recommended(app, `?type=white-paper&type=${ARTICLE}&limit=50`);
  expect(both.body.data).toHaveLength(keys.length);
  const listed = await recommended(app, '?type=article,white-paper&limit=1');
  expect(listed.body.data).toHaveLength(1);

  const [first, second] = keysOf(await recommended(app));
  expect(keysOf(await recommended(app, `?exclude=${first},${second}&limit=50`))).toHaveLength(
    keys.length - 2,
  );
  const onPage = await recommended(app, `?content=${encodeURIComponent(keys[1]!)}&limit=50`);
  expect(keysOf(onPage)).not.toContain(keys[1]);
  const ofTopic = keys.filter((key, n) => n % TOPICS.length === 1 && key !== keys[1]);
  const meanPlace = (order: string[]) => {
    const others = order.filter((key) => key !== keys[1]);
    return ofTopic.reduce((sum, key) => sum + others.indexOf(key), 0) / ofTopic.length;
  };
  const elsewhere = await recommended(app, '?limit=50');
  expect(meanPlace(keysOf(onPage))).toBeLessThan(meanPlace(keysOf(elsewhere)));
});

test.each([
  ['?limit=51', 'limit'],
  ['?limit=x', 'limit'],
  ['?exclude=nonsense', 'exclude'],
  ['?type=video', '"article", "white-paper"'],
  ['?tier=diamond', '"platinum", "gold", "silver", "bronze"'],
  ['?sort=title', 'sort'],
  ['?locale=e', 'locale'],
  ['?content=a&content=b', 'content'],
])('%s is refused in words that help', async (query, words) => {
  const { status, body } = await recommended(app, query);
  expect(status).toBe(400);
  expect(body.error).toContain(words);
});

test('an answer for a tier is the same for everyone and may be kept by CDNs', async () => {
  const anybody = await recommended(app, '?tier=gold');
  expect(anybody.body.meta).toMatchObject({ personalised: 'tier', arm: null });
  expect(anybody.headers.get('cache-control')).toMatch(/^public, max-age=\d+$/);
  expect(anybody.headers.get('vary')).toBe('Origin');
  const visitor = await recommended(app, '?tier=gold', as(visitorOf(0)));
  expect(visitor.body).toEqual(anybody.body);
  const token = await apiToken(app.strapi, { type: 'full-access' });
  const server = await recommended(app, '?tier=gold', { authorization: `Bearer ${token}` });
  expect(server.headers.get('cache-control')).toBe('private, no-store');
});

test('entries come as the content API gives them', async () => {
  const query = '?type=article&limit=50&filters[author][$eq]=Author 1&fields[0]=title&fields[1]=author';
  const { status, body } = await recommended(app, query, as(visitorOf(0)));
  expect(status).toBe(200);
  expect(body.data).toHaveLength(7);
  for (const { entry, documentId, title } of body.data)
    expect(entry).toEqual({ id: expect.any(Number), documentId, title, author: 'Author 1' });
  const views = await knexIn(app)('clv_touches').where({ visitor_key: visitorOf(0), source: 'hook' });
  expect(views).toEqual([]);
});

test('what the content API refuses is refused here', async () => {
  for (const query of ['?type=article&filters[nothing]=1', '?type=article&filters[createdBy][id]=1']) {
    const { status, body } = await recommended(app, query);
    expect(status).toBe(400);
    expect(body.error).toContain(ARTICLE);
  }
});

test('entries that the public may not read are not even named', async () => {
  const permissions = app.strapi.db.query('plugin::users-permissions.permission');
  const taken = await permissions.findMany({ where: { action: { $startsWith: WHITE_PAPER } } });
  await permissions.deleteMany({ where: { action: { $startsWith: WHITE_PAPER } } });
  await vi.waitFor(
    async () => {
      const { body } = await recommended(app, '?limit=50', as(visitorOf(0)));
      expect(body.data.map(({ kind }) => kind)).not.toContain('white-paper');
      for (const { reason } of body.data)
        if (reason.kind === 'read-together') expect(reason.key).not.toContain(WHITE_PAPER);
    },
    { timeout: 20_000, interval: 500 },
  );
  const { status, body } = await recommended(app, '?type=white-paper');
  expect(status).toBe(403);
  expect(body.error).toContain(`${WHITE_PAPER}.find`);
  const token = await apiToken(app.strapi, { type: 'full-access' });
  const server = await recommended(app, '?type=white-paper', { authorization: `Bearer ${token}` });
  expect(server.body.data).toHaveLength(5);
  for (const { action } of taken) {
    const role = await app.strapi.db
      .query('plugin::users-permissions.role')
      .findOne({ where: { type: 'public' } });
    await permissions.create({ data: { action, role: role.id } });
  }
});

test('a new item may be recommended, and an unpublished one is not', async () => {
  const data = { title: 'Just out', slug: 'just-out', topic: TOPICS[0] };
  const { documentId } = await documentsOf(app, ARTICLE).create({ data, locale: 'en', status: 'published' });
  await trackingOf(app).flush();
  await serviceOf(app).settle();
  const key = `${ARTICLE}/${documentId}/en`;
  expect(keysOf(await recommended(app, '?limit=50'))).toContain(key);
  await documentsOf(app, ARTICLE).unpublish({ documentId, locale: 'en' });
  await trackingOf(app).flush();
  await serviceOf(app).settle();
  expect(keysOf(await recommended(app, '?limit=50'))).not.toContain(key);
});

test('a locale has its own items', async () => {
  const document = keys[3]!.split('/')[1]!;
  const locales = app.strapi.plugin('i18n').service('locales');
  if (!(await locales.findByCode('it'))) await locales.create({ code: 'it', name: 'Italian (it)' });
  await documentsOf(app, ARTICLE).update({
    documentId: document,
    locale: 'it',
    data: { title: 'Pezzo 3', slug: 'pezzo-3', topic: TOPICS[0] },
    status: 'published',
  });
  await trackingOf(app).flush();
  await serviceOf(app).settle();
  const { body } = await recommended(app, '?locale=it&limit=50&fields[0]=title');
  expect(body.data.filter(({ uid }) => uid === ARTICLE)).toMatchObject([
    { locale: 'it', title: 'Pezzo 3', entry: { title: 'Pezzo 3' } },
  ]);
  expect(keysOf(await recommended(app, '?limit=50'))).not.toContain(`${ARTICLE}/${document}/it`);
});

test('a page learns of its visitor what is theirs to see, and edges get it signed', async () => {
  const { body } = await get<Me>(app, '/api/clv/me', as(visitorOf(0)));
  expect(body).toMatchObject({ known: true, value: expect.stringMatching(/^(low|middle|high)$/), arm: null });
  expect(body.tier).toEqual(expect.any(String));
  expect(body.stage).toEqual(expect.any(String));
  expect(body.interests.topics[0]?.name).toBe(TOPICS[0]);
  const claims = jwt.verify(body.token!, SECRET, { algorithms: ['HS256'], audience: 'clv-edge' });
  const { tier, stage, value, segments, arm } = body;
  const { iat, exp, ...rest } = claims as jwt.JwtPayload;
  expect(rest).toEqual({ tier, stage, value, segments, arm, aud: 'clv-edge' });
  expect(exp! - iat!).toBe(3600);
});

test('the client asks as a server does for the visitor of the request that it answers', async () => {
  const request = new Request('https://www.example.com/', {
    headers: { cookie: `session=1; clv_vid=${visitorOf(0)}` },
  });
  const clv = createClient({
    endpoint: `${app.url}/api/clv`,
    headers: visitorHeaders(request.headers),
    timeoutMs: 20_000,
    throws: true,
  });
  const { data, meta } = await clv.recommendations<{ title: string }>({
    content: keys[0],
    limit: 3,
    fields: ['title'],
  });
  expect(meta.personalised).toBe('visitor');
  expect(data).toHaveLength(3);
  for (const { entry, title } of data) expect(entry?.title).toBe(title);
  expect((await clv.me()).known).toBe(true);
});

test('a program with the permission asks for a customer', async () => {
  const path = `/api/clv/recommendations/customer?customerId=${customerOf(0)}`;
  expect((await get(app, path)).status).toBe(403);
  const permissions = ['plugin::clv.recommendations.forCustomer', `${ARTICLE}.find`];
  const token = await apiToken(app.strapi, { type: 'custom', permissions });
  const headers = { authorization: `Bearer ${token}` };
  const { status, body } = await get<{ data: { kind: string; key: string }[]; meta: object }>(
    app,
    path,
    headers,
  );
  expect(status).toBe(200);
  expect(body.meta).toMatchObject({ personalised: 'visitor' });
  expect(new Set(body.data.map(({ kind }) => kind))).toEqual(new Set(['article']));
  const read = await readBy(0);
  expect(body.data.filter(({ key }) => read.includes(key))).toEqual([]);
  const stranger = await get<{ meta: object }>(app, path.replace(customerOf(0), 'nobody'), headers);
  expect(stranger.body.meta).toMatchObject({ personalised: 'none' });
});

test('of a customer whom a program names and who said nothing of consent, what crm.consent allows is used', async () => {
  const load = (consent: 'given' | 'not-denied') =>
    loadPerson(
      {
        knex: knexIn(app),
        rules: { crm: { consent }, consent: { mode: 'required' } } as ConsentRules,
        runId: null,
        thirds: null,
        assignmentsOf: async () => [],
      },
      personKey(390),
    );
  expect((await load('given')).profile).toBeNull();
  expect((await load('not-denied')).profile).toMatchObject({ personId: personKey(390), read: new Map() });
});

test('pages of listed origins may ask, with the header of the visitor; others may not', async () => {
  const preflight = (origin: string) =>
    fetch(`${app.url}/api/clv/recommendations`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'x-clv-visitor',
      },
    });
  const listed = await preflight(ORIGIN);
  expect(listed.status).toBe(204);
  expect(listed.headers.get('access-control-allow-headers')).toContain('x-clv-visitor');
  expect(listed.headers.get('access-control-allow-origin')).toBe(ORIGIN);
  expect((await preflight('https://other.example.com')).status).toBe(403);
  const own = await recommended(app, '', { ...as(visitorOf(0)), origin: ORIGIN });
  expect(own.headers.get('access-control-allow-origin')).toBe(ORIGIN);
  expect(own.headers.get('access-control-allow-credentials')).toBe('true');
  expect((await recommended(app, '', { origin: 'https://other.example.com' })).status).toBe(403);
});
