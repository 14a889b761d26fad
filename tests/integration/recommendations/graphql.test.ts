import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { TestStrapi } from '../../support/strapi';
import {
  as,
  BROWSER,
  fillSite,
  publishItems,
  recommended,
  startSite,
  visitorOf,
  WHITE_PAPER,
} from './support';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let app: TestStrapi;
beforeAll(async () => {
  app = await startSite({ env: { GRAPHQL: 'true' } });
  await publishItems(app);
  await fillSite(app);
});
afterAll(() => app.stop());

interface Answer {
  data: { clvMe?: Record<string, unknown>; clvRecommendations?: { data: object[]; meta: object } } | null;
  errors?: { message: string }[];
}

async function ask(query: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': BROWSER, ...headers },
    body: JSON.stringify({ query }),
  });
  return { headers: answer.headers, ...((await answer.json()) as Answer) };
}

const ITEMS =
  'data { key uid documentId locale kind title score reason { kind topic key title tier channel } }';

test('GraphQL recommends what the route does', async () => {
  const { data, errors, headers } = await ask(
    `{ clvRecommendations(limit: 3, type: ["article"]) { ${ITEMS} meta { personalised strategy arm computedAt } } }`,
    as(visitorOf(0)),
  );
  expect(errors).toBeUndefined();
  expect(headers.get('cache-control')).toContain('no-store');
  const { body } = await recommended(app, '?limit=3&type=article', as(visitorOf(0)));
  expect(data!.clvRecommendations!.meta).toEqual(body.meta);
  expect(data!.clvRecommendations!.data).toMatchObject(body.data.map(({ key, reason }) => ({ key, reason })));
});

test('GraphQL tells pages of other origins no more than the route does', async () => {
  const origin = 'https://elsewhere.example.com';
  const asked = await ask('{ clvMe { known tier } }', { origin, ...as(visitorOf(0)) });
  expect(asked.data?.clvMe ?? null).toBeNull();
  expect(asked.errors![0]!.message).toContain('tracking.origins');
  const own = await ask('{ clvMe { known } }', { origin: app.url, ...as(visitorOf(0)) });
  expect(own.data!.clvMe).toEqual({ known: true });
});

test('GraphQL tells a page of its visitor', async () => {
  const { data, errors } = await ask(
    '{ clvMe { known tier stage value interests { topics { name share } kinds { name } } segments arm token } }',
    as(visitorOf(0)),
  );
  expect(errors).toBeUndefined();
  expect(data!.clvMe).toMatchObject({ known: true, tier: expect.any(String), segments: [] });
});

test('what is wrong is told in GraphQL too', async () => {
  const { errors } = await ask('{ clvRecommendations(limit: 99) { data { key } } }');
  expect(errors?.[0]?.message).toContain('limit');
  const unknown = await ask('{ clvRecommendations(type: ["video"]) { data { key } } }');
  expect(unknown.errors?.[0]?.message).toContain('"white-paper"');
});

test('GraphQL names nothing that may not be read', async () => {
  await app.strapi.db
    .query('plugin::users-permissions.permission')
    .deleteMany({ where: { action: { $startsWith: WHITE_PAPER } } });
  await vi.waitFor(
    async () => {
      const { data } = await ask('{ clvRecommendations(limit: 50) { data { kind } } }');
      expect(data!.clvRecommendations!.data).toHaveLength(15);
    },
    { timeout: 20_000, interval: 500 },
  );
});
