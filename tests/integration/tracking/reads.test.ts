import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiToken } from '../../support/admin';
import { startStrapi, type TestStrapi } from '../../support/strapi';
import {
  ARTICLE,
  BROWSER,
  counted,
  documentsOf,
  eventOf,
  knexIn,
  newVisitor,
  publishArticle,
  send,
  touchesOf,
  trackingOf,
} from './support';

let app: TestStrapi;
let article: Awaited<ReturnType<typeof publishArticle>>;
beforeAll(async () => {
  app = await startStrapi({
    config: {
      tracking: { rateLimit: { perAddress: 1_000_000, eventsPerAddress: 1_000_000, perVisitor: 50 } },
    },
  });
  article = await publishArticle(app);
});
afterAll(() => app.stop());

async function read(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const answer = await fetch(app.url + path, { method, headers: { 'user-agent': BROWSER, ...headers } });
  await answer.text();
  await trackingOf(app).flush();
  return answer.status;
}
const as = (visitor: string) => ({ 'x-clv-visitor': visitor });
const one = () => `/api/articles/${article.documentId}`;

test('reading one entry with a visitor is a view', async () => {
  const [byHeader, byCookie] = [newVisitor(), newVisitor()];
  expect(await read(one(), as(byHeader))).toBe(200);
  expect(await read(one(), { cookie: `clv_vid=${byCookie}` })).toBe(200);
  for (const visitor of [byHeader, byCookie])
    expect(await touchesOf(app, visitor)).toMatchObject([
      { kind: 'view', source: 'hook', seconds: 0, depth: 0 },
    ]);
  const [{ message_id: id, content_id: contentId }] = await touchesOf(app, byHeader);
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
  expect(await knexIn(app)('clv_contents').where({ id: contentId }).first()).toMatchObject({
    document_id: article.documentId,
    locale: 'en',
  });
});

test('reading by slug is a view, a list is none', async () => {
  const visitor = newVisitor();
  await read(`/api/articles?filters[slug][$eq]=${article.slug}`, as(visitor));
  expect(await touchesOf(app, visitor)).toHaveLength(1);
  await publishArticle(app, 'Another');
  const lister = newVisitor();
  await read('/api/articles', as(lister));
  await read('/api/articles?filters[slug][$ne]=none', as(lister));
  expect(await touchesOf(app, lister)).toEqual([]);
});

test.each([
  ['a request without a visitor', () => [one(), {}]],
  ['an entry that is not there', (v: string) => ['/api/articles/abcdefghijklmnopqrstuvwx', as(v)]],
  ['a draft', (v: string) => [`${one()}?status=draft`, as(v)]],
  ['a bot', (v: string) => [one(), { ...as(v), 'user-agent': 'curl/8.0' }]],
  ['a prefetch', (v: string) => [one(), { ...as(v), 'sec-purpose': 'prefetch' }]],
  ['global privacy control', (v: string) => [one(), { ...as(v), 'sec-gpc': '1' }]],
  ['do not track', (v: string) => [one(), { ...as(v), dnt: '1' }]],
  ['a visitor of wrong form', () => [one(), { 'x-clv-visitor': 'short' }]],
] as [string, (visitor: string) => [string, Record<string, string>]][])(
  '%s is no view',
  async (_, requestOf) => {
    const visitor = newVisitor();
    const before = await knexIn(app)('clv_touches').count({ n: '*' });
    await read(...requestOf(visitor));
    expect(await knexIn(app)('clv_touches').count({ n: '*' })).toEqual(before);
  },
);

test('HEAD is no view, and neither is a read outside of a request or by the admin', async () => {
  const visitor = newVisitor();
  await read(one(), as(visitor), 'HEAD');
  await documentsOf(app, ARTICLE).findOne({ documentId: article.documentId, status: 'published' });
  await trackingOf(app).flush();
  expect(await touchesOf(app, visitor)).toEqual([]);
});

test('a read with an API token for a visitor counts, as a server that renders pages does it', async () => {
  const visitor = newVisitor();
  const key = await apiToken(app.strapi, { type: 'full-access' });
  expect(await read(one(), { ...as(visitor), authorization: `Bearer ${key}` })).toBe(200);
  expect(await touchesOf(app, visitor)).toHaveLength(1);
});

test('another locale is another item', async () => {
  await app.strapi.plugin('i18n').service('locales').create({ code: 'it', name: 'Italian (it)' });
  await documentsOf(app, ARTICLE).update({
    documentId: article.documentId,
    locale: 'it',
    data: { title: 'Italiano' },
    status: 'published',
  });
  const visitor = newVisitor();
  await read(`${one()}?locale=it&fields[0]=title`, as(visitor));
  const [{ content_id: id }] = await touchesOf(app, visitor);
  expect(await knexIn(app)('clv_contents').where({ id }).first()).toMatchObject({
    locale: 'it',
    title: 'Italiano',
  });
});

test.each(['server first', 'browser first'])('the same read seen by both counts once: %s', async (order) => {
  const visitor = newVisitor();
  const browser = () =>
    send(app, visitor, [eventOf(article.key), eventOf(article.key, { kind: 'read', seconds: 9 })]);
  const server = () => read(one(), as(visitor));
  const duplicates = await counted(app, 'duplicate', async () => {
    for (const look of order === 'server first' ? [server, browser] : [browser, server]) await look();
  });
  expect(duplicates).toBe(1);
  const kinds = (await touchesOf(app, visitor)).map(({ kind }) => kind).sort();
  expect(kinds).toEqual(['read', 'view']);
});

test('a view long after counts again', async () => {
  const visitor = newVisitor();
  const earlier = eventOf(article.key, { at: Date.now() - 6 * 60_000 });
  await send(app, visitor, [earlier]);
  await read(one(), as(visitor));
  expect(await touchesOf(app, visitor)).toHaveLength(2);
});

test('reads of one visitor are limited like events', async () => {
  const visitor = newVisitor();
  const dropped = await counted(app, 'dropped.rate', async () => {
    const reads = Array.from({ length: 60 }, () =>
      fetch(app.url + one(), { headers: { 'user-agent': BROWSER, ...as(visitor) } }),
    );
    for (const answer of await Promise.all(reads)) expect(answer.status).toBe(200);
  });
  expect(dropped).toBe(10);
  expect(await touchesOf(app, visitor)).toHaveLength(50);
});

test('a fault in tracking does not fail the read', async () => {
  const knex = knexIn(app);
  await knex.schema.renameTable('clv_touches', 'clv_touches_away');
  try {
    const answer = await fetch(app.url + one(), { headers: { 'user-agent': BROWSER, ...as(newVisitor()) } });
    expect(answer.status).toBe(200);
  } finally {
    await knex.schema.renameTable('clv_touches_away', 'clv_touches');
  }
});
