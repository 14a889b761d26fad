import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, expectTypeOf, test } from 'vitest';
import type * as published from '../../../client/src/api-types';
import { createClient, visitorHeaders } from '../../../client/src/index';
import type * as served from '../../../server/src/activation/recommendations/api-types';
import type { RecommendationsQuery } from '../../../server/src/activation/recommendations/query';

const KEY = 'visitor-0123456789abcdef';
const ME = { known: true, tier: 'gold', segments: ['vip'] };

let endpoint: string;
let requests: IncomingMessage[] = [];
let respond: { status: number; body: string } | 'never';

const server = createServer((request, response) => {
  requests.push(request);
  if (respond === 'never') return;
  response.writeHead(respond.status, { 'content-type': 'application/json' }).end(respond.body);
});
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/clv`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  requests = [];
  respond = { status: 200, body: JSON.stringify(ME) };
});

const urlOf = (request: IncomingMessage | undefined) => new URL(request!.url!, endpoint);
const answered = (body: object, status = 200) => {
  respond = { status, body: JSON.stringify(body) };
};

test('the types that are published are those that the server answers and takes', () => {
  expectTypeOf<published.Me>().toEqualTypeOf<served.Me>();
  expectTypeOf<published.Recommendations>().toEqualTypeOf<served.Recommendations>();
  expectTypeOf<keyof published.RecommendationsQuery>().toEqualTypeOf<keyof RecommendationsQuery>();
});

test('a visitor’s key goes along as a header, from a text or from what finds it', async () => {
  await createClient({ endpoint: `${endpoint}/`, visitor: KEY }).me();
  await createClient({ endpoint, visitor: () => KEY }).me();
  await createClient({ endpoint, visitor: () => undefined }).me();
  expect(requests.map(({ url }) => url)).toEqual(Array(3).fill('/api/clv/me'));
  expect(requests.map(({ headers }) => headers['x-clv-visitor'])).toEqual([KEY, KEY, undefined]);
});

test('a question is put as Strapi reads it', async () => {
  const answer = {
    data: [],
    meta: { personalised: 'none', strategy: 'newest', arm: null, computedAt: null },
  };
  answered(answer);
  const found = await createClient({ endpoint, visitor: KEY }).recommendations({
    type: ['article', 'white-paper'],
    limit: 3,
    exclude: ['api::article.article/a/en'],
    filters: { author: { $in: ['Jane & Co', 'Ann'] } },
    fields: ['title'],
    locale: undefined,
  });
  expect(found).toEqual(answer);
  expect([...urlOf(requests[0]).searchParams]).toEqual([
    ['type', 'article'],
    ['type', 'white-paper'],
    ['limit', '3'],
    ['exclude', 'api::article.article/a/en'],
    ['filters[author][$in][0]', 'Jane & Co'],
    ['filters[author][$in][1]', 'Ann'],
    ['fields[0]', 'title'],
  ]);
});

test('a question for a tier names no visitor', async () => {
  await createClient({ endpoint, visitor: KEY }).recommendations({ tier: 'gold' });
  expect(requests[0]!.headers['x-clv-visitor']).toBeUndefined();
});

test.each([
  ['an answer that is no JSON', { status: 200, body: '<html>' }, /JSON/],
  ['a fault of the server', { status: 500, body: '{}' }, /500/],
  [
    'a refusal, with its words',
    { status: 400, body: '{"error":"\\"limit\\" is wrong."}' },
    /"limit" is wrong/,
  ],
  ['a server that never answers', 'never' as const, /time/i],
])('%s is an empty answer, which is told of', async (_, given, words) => {
  respond = given;
  const heard: Error[] = [];
  const client = createClient({ endpoint, timeoutMs: 200, onError: (error) => heard.push(error) });
  expect(await client.me()).toMatchObject({ known: false, tier: null, segments: [], token: null });
  expect(await client.recommendations()).toEqual({
    data: [],
    meta: { personalised: 'none', strategy: 'newest', arm: null, computedAt: null },
  });
  expect(heard).toHaveLength(2);
  for (const { message } of heard) expect(message).toMatch(words);
});

test('empty answers are not shared between calls', async () => {
  answered({}, 500);
  const client = createClient({ endpoint, onError() {} });
  (await client.recommendations()).data.push({} as never);
  expect((await client.recommendations()).data).toEqual([]);
});

test('whoever asks for it gets the error', async () => {
  answered({ error: 'Too many requests from this address; try again in 7 s.' }, 429);
  await expect(createClient({ endpoint, throws: true }).me()).rejects.toThrow(/429: Too many requests/);
  const unreachable = createClient({ endpoint: 'http://127.0.0.1:9/api/clv', throws: true });
  await expect(unreachable.me()).rejects.toThrow();
});

test('a server passes on who the visitor is and what they object to, and no other cookie', async () => {
  const cookie = `session=secret; clv_vid=${KEY}; theme=dark`;
  const expected = { 'x-clv-visitor': KEY, 'sec-gpc': '1', dnt: '1' };
  expect(visitorHeaders({ cookie, 'sec-gpc': '1', dnt: '1', authorization: 'Bearer x' })).toEqual(expected);
  expect(visitorHeaders(new Headers({ cookie, 'sec-gpc': '1', dnt: '1' }))).toEqual(expected);
  expect(visitorHeaders(new Headers({ cookie: 'other=1', dnt: '0' }))).toEqual({});
  expect(visitorHeaders({ cookie: `mine=${KEY}` }, 'mine')).toEqual({ 'x-clv-visitor': KEY });
  await createClient({ endpoint, headers: visitorHeaders({ cookie }) }).me();
  expect(requests[0]!.headers).toMatchObject({ 'x-clv-visitor': KEY });
  expect(requests[0]!.headers.cookie).toBeUndefined();
});
