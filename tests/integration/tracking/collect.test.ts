import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startStrapi, type TestStrapi } from '../../support/strapi';
import {
  ARTICLE,
  BROWSER,
  collect,
  counted,
  eventOf,
  knexIn,
  newVisitor,
  publishArticle,
  send,
  touchesOf,
  trackingOf,
} from './support';

const DAY = 86_400_000;
let app: TestStrapi;
let key: string;
let documentId: string;
beforeAll(async () => {
  app = await startStrapi({
    config: {
      tracking: {
        origins: ['https://www.example.com'],
        alias: '/in',
        rateLimit: { perAddress: 1_000_000, eventsPerAddress: 1_000_000 },
      },
    },
  });
  ({ key, documentId } = await publishArticle(app));
});
afterAll(() => app.stop());

test('events are stored as they were sent, and the answer counts them', async () => {
  const visitor = newVisitor();
  const at = Date.now() - 5_000;
  const view = eventOf(key, { at, channel: 'newsletter' });
  const read = eventOf(key, { kind: 'read', seconds: 12.4, depth: 80 });
  const { status, body } = await send(app, visitor, [view, read]);
  expect(status).toBe(202);
  expect(body).toEqual({ accepted: 2, rejected: [] });

  const [first, second] = await touchesOf(app, visitor);
  const content = await knexIn(app)('clv_contents').where({ document_id: documentId }).first();
  expect(first).toMatchObject({
    message_id: view.id,
    content_id: content.id,
    kind: 'view',
    channel: 'newsletter',
    source: 'tracker',
  });
  expect(Math.abs(first.occurred_at - at)).toBeLessThan(1_000);
  expect(second).toMatchObject({ message_id: read.id, kind: 'read', seconds: 12, depth: 80, channel: null });
});

test('the same message id counts once, however often and however fast it is sent', async () => {
  const visitor = newVisitor();
  const events = [eventOf(key, { kind: 'read' }), eventOf(key, { kind: 'read' })];
  const duplicates = await counted(app, 'duplicate', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => send(app, visitor, [...events, events[0]])),
    );
    for (const { body } of answers) expect(body).toEqual({ accepted: 3, rejected: [] });
  });
  expect(await touchesOf(app, visitor)).toHaveLength(2);
  expect(duplicates).toBe(28);
});

test('a beacon sends its body as text/plain', async () => {
  const visitor = newVisitor();
  const body = JSON.stringify({ visitor, sentAt: Date.now(), events: [eventOf(key)] });
  expect((await collect(app, body, { 'content-type': 'text/plain;charset=UTF-8' })).body.accepted).toBe(1);
  expect(await touchesOf(app, visitor)).toHaveLength(1);
});

test('a wrong clock of the sender is corrected, and no event comes from the future', async () => {
  const visitor = newVisitor();
  const now = Date.now();
  const wrong = now + 400 * DAY;
  const past = eventOf(key, { at: wrong - 60_000 });
  const future = eventOf(key, { at: wrong + 60_000, kind: 'read' });
  const { body } = await collect(app, { visitor, sentAt: wrong, events: [past, future] });
  expect(body.accepted).toBe(2);
  const [first, second] = await touchesOf(app, visitor);
  expect(Math.abs(first.occurred_at - (now - 60_000))).toBeLessThan(2_000);
  expect(second.occurred_at).toBe(second.received_at);
});

test('a bad event is rejected by its index and with its reason, and the others count', async () => {
  const visitor = newVisitor();
  const good = eventOf(key);
  const events = [
    good,
    { ...eventOf(key), id: 'short' },
    { ...eventOf(key), kind: 'like' },
    { ...eventOf(key), at: 'yesterday' },
    eventOf(key, { at: Date.now() - 32 * DAY }),
    eventOf(`${ARTICLE}/doesnotexist/en`),
    eventOf('api::secret.secret/abc'),
    eventOf(key, { channel: 'a\u0000b' }),
    eventOf(key, { channel: '\ud800' }),
    eventOf(key, { depth: 101 }),
    null,
    'text',
  ];
  const { status, body } = await send(app, visitor, events);
  expect(status).toBe(202);
  expect(body.accepted).toBe(1);
  expect(body.rejected.map(({ index }) => index)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  const reasonOf = (index: number) => body.rejected.find((one) => one.index === index)!.reason;
  expect(reasonOf(1)).toMatch(/^id: .*8 to 64/);
  expect(reasonOf(2)).toMatch(/^kind: /);
  expect(reasonOf(3)).toMatch(/^at: /);
  expect(reasonOf(4)).toBe('older than 31 days');
  expect(reasonOf(5)).toBe(`unknown content ${ARTICLE}/doesnotexist/en`);
  expect(reasonOf(6)).toBe('unknown content api::secret.secret/abc');
  expect((await touchesOf(app, visitor)).map((touch) => touch.message_id)).toEqual([good.id]);
});

test('no row is made for content that does not exist', async () => {
  const before = await knexIn(app)('clv_contents').count({ n: '*' }).first();
  await send(app, newVisitor(), [eventOf(`${ARTICLE}/abcdefghijklmnopqrstuvwx/en`)]);
  expect(await knexIn(app)('clv_contents').count({ n: '*' }).first()).toEqual(before);
});

test('a localized document without a locale is its default locale', async () => {
  const visitor = newVisitor();
  expect((await send(app, visitor, [eventOf(`${ARTICLE}/${documentId}`)])).body.accepted).toBe(1);
  const [touch] = await touchesOf(app, visitor);
  const content = await knexIn(app)('clv_contents').where({ id: touch.content_id }).first();
  expect(content).toMatchObject({ document_id: documentId, locale: 'en' });
});

test.each([
  ['what is not JSON', '{"visitor":', /not JSON/],
  ['a list', '[]', /not valid/],
  ['nothing', '', /not JSON/],
  ['null', 'null', /not valid/],
  ['no sentAt', { visitor: 'v'.repeat(16), events: [] }, /sentAt/],
  ['no events', { visitor: 'v'.repeat(16), sentAt: 1 }, /events/],
  ['too many events', { visitor: 'v'.repeat(16), sentAt: 1, events: Array(101).fill({}) }, /more than 100/],
  ['a visitor of wrong form', { visitor: 'short', sentAt: 1, events: [] }, /visitor.*16 to 64/],
  ['no visitor at all', { sentAt: 1, events: [] }, /No visitor/],
])('400 for a body with %s', async (_, sent, reason) => {
  const { status, body } = await collect(app, sent);
  expect(status).toBe(400);
  expect(body.error).toMatch(reason);
});

test('413 for a body over 64 KiB, whether it says so or not', async () => {
  const visitor = newVisitor();
  const large = JSON.stringify({ visitor, sentAt: Date.now(), events: [], padding: 'x'.repeat(65_536) });
  expect((await collect(app, large)).status).toBe(413);

  const chunked = await new Promise<number>((resolve, reject) => {
    const sender = request(`${app.url}/api/clv/collect`, { method: 'POST' }, (answer) => {
      answer.resume();
      resolve(answer.statusCode!);
    });
    sender.on('error', reject);
    for (let i = 0; i < 70; i += 1) sender.write('x'.repeat(1024));
    sender.end();
  });
  expect(chunked).toBe(413);
  expect((await collect(app, `${large.slice(0, 100)}"}`)).status).toBe(400);
});

test('the visitor comes from the body, else from the header, else from the cookie', async () => {
  const [inBody, inHeader, inCookie] = [newVisitor(), newVisitor(), newVisitor()];
  const headers = { 'x-clv-visitor': inHeader, cookie: `a=b; clv_vid=${inCookie}` };
  const body = { sentAt: Date.now(), events: [eventOf(key)] };
  await collect(app, { ...body, visitor: inBody }, headers);
  await collect(app, { ...body, events: [eventOf(key)] }, headers);
  await collect(app, { ...body, events: [eventOf(key)] }, { cookie: headers.cookie });
  for (const visitor of [inBody, inHeader, inCookie]) expect(await touchesOf(app, visitor)).toHaveLength(1);
});

test.each([
  ['bots', { 'user-agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)' }, 'bot', /bot/],
  ['requests without a user agent', { 'user-agent': '' }, 'bot', /user agent/],
  ['prefetches', { purpose: 'prefetch' }, 'prefetch', /fetched ahead/],
  ['prerenderings', { 'sec-purpose': 'prefetch;prerender' }, 'prefetch', /fetched ahead/],
  ['prefetches of older browsers', { 'x-moz': 'prefetch' }, 'prefetch', /fetched ahead/],
  ['visitors with global privacy control', { 'sec-gpc': '1' }, 'gpc', /global privacy control/],
  ['visitors with do not track', { dnt: '1' }, 'dnt', /do not track/],
])('nothing is stored of %s, and it is counted', async (_, headers, counter, reason) => {
  const visitor = newVisitor();
  const dropped = await counted(app, `dropped.${counter}`, async () => {
    const { status, body } = await send(app, visitor, [eventOf(key), eventOf(key)], headers);
    expect(status).toBe(202);
    expect(body.accepted).toBe(0);
    expect(body.rejected.map(({ index }) => index)).toEqual([0, 1]);
    expect(body.rejected[0].reason).toMatch(reason);
  });
  expect(dropped).toBe(2);
  expect(await touchesOf(app, visitor)).toEqual([]);
});

test('a page of a listed origin may send, with credentials', async () => {
  const origin = 'https://www.example.com';
  const { status, headers } = await send(app, newVisitor(), [eventOf(key)], { origin });
  expect(status).toBe(202);
  expect(headers.get('access-control-allow-origin')).toBe(origin);
  expect(headers.get('access-control-allow-credentials')).toBe('true');
  expect(headers.get('vary')).toContain('Origin');

  const preflight = await fetch(`${app.url}/api/clv/collect`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-origin')).toBe(origin);
  expect(preflight.headers.get('access-control-allow-methods')).toContain('POST');
  expect(preflight.headers.get('access-control-allow-headers')).toContain('content-type');
});

test('a page of the own origin may send', async () => {
  expect((await send(app, newVisitor(), [eventOf(key)], { origin: app.url })).status).toBe(202);
});

test.each(['https://evil.example', 'https://www.example.com.evil.example', 'null', 'http://www.example.com'])(
  'a page of %s may not send',
  async (origin) => {
    const visitor = newVisitor();
    const { status, headers, body } = await send(app, visitor, [eventOf(key)], { origin });
    expect(status).toBe(403);
    expect(body.error).toMatch(/origin/);
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(await touchesOf(app, visitor)).toEqual([]);
    const preflight = await fetch(`${app.url}/api/clv/collect`, { method: 'OPTIONS', headers: { origin } });
    expect(preflight.status).toBe(403);
  },
);

test('a tracker loaded from the alias finds all that it needs below it', async () => {
  const visitor = newVisitor();
  for (const path of ['/in', '/in/collect']) {
    const body = { visitor, sentAt: Date.now(), events: [eventOf(key, { kind: 'read' })] };
    expect((await collect(app, body, {}, path)).status).toBe(202);
  }
  expect(await touchesOf(app, visitor)).toHaveLength(2);
  for (const path of ['/in', '/in?v=2', '/in/tracker.js']) {
    const script = await fetch(app.url + path);
    expect(script.headers.get('content-type')).toContain('javascript');
  }
  const headers = { 'x-clv-visitor': visitor };
  const granted = await fetch(`${app.url}/in/consent`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ state: 'granted' }),
  });
  expect(granted.status).toBe(200);
  const known = await fetch(`${app.url}/in/consent`, { headers });
  expect(await known.json()).toMatchObject({ state: 'granted' });
  expect((await fetch(`${app.url}/in/identify`, { method: 'POST', headers, body: '{}' })).status).toBe(401);
});

test('the query of the address does not matter, another method is refused', async () => {
  const body = { visitor: newVisitor(), sentAt: Date.now(), events: [eventOf(key)] };
  expect((await collect(app, body, {}, '/api/clv/collect?x=1')).status).toBe(202);
  const wrong = await fetch(`${app.url}/api/clv/collect`);
  expect(wrong.status).toBe(405);
  expect(wrong.headers.get('allow')).toContain('POST');
});

test('the script is cached, compressed and answered by its tag', async () => {
  const script = await fetch(`${app.url}/api/clv/tracker.js`, { headers: { 'accept-encoding': 'gzip' } });
  expect(script.status).toBe(200);
  expect(script.headers.get('content-encoding')).toBe('gzip');
  expect(script.headers.get('cache-control')).toContain('max-age');
  const source = await script.text();
  const brotli = await fetch(`${app.url}/api/clv/tracker.js`, { headers: { 'accept-encoding': 'br' } });
  expect(brotli.headers.get('content-encoding')).toBe('br');
  expect(await brotli.text()).toBe(source);
  const plain = await fetch(`${app.url}/api/clv/tracker.js`, { headers: { 'accept-encoding': 'identity' } });
  expect(plain.headers.get('content-encoding')).toBeNull();
  expect(await plain.text()).toBe(source);

  const again = await fetch(`${app.url}/api/clv/tracker.js`, {
    headers: { 'if-none-match': script.headers.get('etag')! },
  });
  expect(again.status).toBe(304);
  const head = await fetch(`${app.url}/api/clv/tracker.js`, { method: 'HEAD' });
  expect(head.status).toBe(200);
  expect(await head.text()).toBe('');
});

test("everything else passes through to Strapi's own stack", async () => {
  expect((await fetch(`${app.url}/api/articles`, { headers: { 'user-agent': BROWSER } })).status).toBe(200);
  expect((await fetch(`${app.url}/api/clv/nothing-here`)).status).toBe(404);
  expect((await fetch(`${app.url}/_health`)).status).toBe(204);
});

test('orders may be sent without the prefix of the API', async () => {
  const post = (path: string) => fetch(app.url + path, { method: 'POST', body: '{}' });
  const [prefixed, short] = [await post('/api/clv/orders'), await post('/clv/orders')];
  expect(short.status).toBe(prefixed.status);
  expect(short.status).not.toBe(405);
  expect(await short.text()).toBe(await prefixed.text());
});

test('many requests at once each get their own answer', async () => {
  const visitors = Array.from({ length: 200 }, newVisitor);
  const answers = await Promise.all(
    visitors.map((visitor, i) =>
      send(
        app,
        visitor,
        Array.from({ length: (i % 5) + 1 }, () => eventOf(key, { kind: 'read' })),
      ),
    ),
  );
  for (const [i, { status, body }] of answers.entries()) {
    expect(status).toBe(202);
    expect(body.accepted).toBe((i % 5) + 1);
    expect(await touchesOf(app, visitors[i])).toHaveLength((i % 5) + 1);
  }
});

test('what happened is counted over restarts', async () => {
  await trackingOf(app).flush();
  const rows = await knexIn(app)('clv_counters').select();
  const counters = Object.fromEntries(rows.map(({ name, value }) => [name, Number(value)]));
  const [{ n }] = await knexIn(app)('clv_touches').count({ n: '*' });
  expect(counters.accepted).toBe(n);
  expect(counters.rejected).toBeGreaterThan(0);
});

/** Posts to a target as it is written, which fetch would tidy up. */
const postTo = (target: string, headers: Record<string, string>, body: string | Buffer) =>
  new Promise<number>((resolve, reject) => {
    const { hostname, port } = new URL(app.url);
    const sender = request({ hostname, port, path: target, method: 'POST', headers }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode!));
    });
    sender.on('error', reject).end(body);
  });

test.each([
  '/api/clv/identify/',
  '/api/clv/IDENTIFY',
  '/API/clv/consent',
  '/api/Clv/consent/?x=1',
  '/clv/Orders/',
  '/api/clv/collect/',
  '/API/CLV/COLLECT',
  '/IN/collect',
  '/in/Consent/',
  'http://example.com/api/clv/identify',
])(
  'a body that Strapi cannot parse is no fault of the server in another spelling of the path: %s',
  async (target) => {
    const multipart = { 'content-type': 'multipart/form-data; boundary=x' };
    expect(await postTo(target, multipart, '--x\r\nbroken')).toBeLessThan(500);
    const zipped = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    expect(await postTo(target, zipped, Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]))).toBeLessThan(500);
  },
);

test('events are taken in every spelling of the path that Strapi would take', async () => {
  for (const path of ['/api/clv/collect/', '/API/clv/Collect', '/In/']) {
    const sent = { visitor: newVisitor(), sentAt: Date.now(), events: [eventOf(key)] };
    expect((await collect(app, sent, {}, path)).body).toEqual({ accepted: 1, rejected: [] });
  }
  expect((await collect(app, 'x', {}, '/api/clv/collect//')).status).not.toBe(202);
});
