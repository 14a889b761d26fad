import type { Knex } from 'knex';
import { expect } from 'vitest';
import type { Recommendations } from '../../../server/src/activation/recommendations/api-types';
import type { RecommendationsService } from '../../../server/src/activation/recommendations/service';
import type { JobsService } from '../../../server/src/jobs/service';
import { seededRandom } from '../../../server/src/stats/seeded-random';
import { type Options, startStrapi, type TestStrapi } from '../../support/strapi';
import { ARTICLE, BROWSER, documentsOf, knexIn, trackingOf, WHITE_PAPER } from '../tracking/support';

export {
  ARTICLE,
  BROWSER,
  documentsOf,
  knexIn,
  newVisitor,
  trackingOf,
  WHITE_PAPER,
} from '../tracking/support';

export const TOPICS = ['design', 'costs', 'law'];
export const SECRET = 'edge-secret-of-the-tests-0123456789abcdef';
const DAY = 86_400_000;
const FOREVER = Number.MAX_SAFE_INTEGER;
const ARTICLES = 15;
const PAPERS = 6;
const PERSONS = 400;

export const personKey = (n: number) => `person-${String(n).padStart(6, '0')}`;
/** The browser of a person; it is theirs. */
export const visitorOf = (n: number) => `visitor-of-${personKey(n)}`;
export const customerOf = (n: number) => `customer-${n}`;

export const serviceOf = (app: TestStrapi): RecommendationsService =>
  app.strapi.plugin('clv').service('recommendations');

/** A site whose schedules do not start runs while a test looks. */
const quiet = { prediction: { schedule: false }, ranking: { schedule: false, refresh: false } };

export const startSite = ({ config, ...options }: Options = {}): Promise<TestStrapi> =>
  startStrapi({
    ...options,
    config: { ...quiet, activation: { holdout: 0, edgeSecret: SECRET }, ...config },
  });

/** Publishes articles and white papers of three topics in turn; returns their keys. */
export async function publishItems(app: TestStrapi): Promise<string[]> {
  const keys: string[] = [];
  for (let n = 0; n < ARTICLES + PAPERS; n++) {
    const uid = n < ARTICLES ? ARTICLE : WHITE_PAPER;
    const data = {
      title: `Piece ${n}`,
      slug: `piece-${n}`,
      topic: TOPICS[n % TOPICS.length],
      author: `Author ${n % 2}`,
    };
    const { documentId } = await documentsOf(app, uid).create({ data, locale: 'en', status: 'published' });
    keys.push(`${uid}/${documentId}${n < ARTICLES ? '/en' : ''}`);
  }
  await trackingOf(app).flush();
  return keys;
}

/**
 * People who each like a topic and read of it above all; two of three buy, those who like the first topic much more than the
 * others.
 */
export async function insertReaders(knex: Knex, persons: number): Promise<void> {
  const random = seededRandom(11);
  const below = (n: number) => Math.floor(random() * n);
  const ids: number[] = await knex('clv_contents').orderBy('id').pluck('id');
  const now = Date.now();
  const tables: Record<string, object[]> = {
    clv_persons: [],
    clv_identities: [],
    clv_visitor_links: [],
    clv_customers: [],
    clv_touches: [],
    clv_orders: [],
  };
  for (let n = 0; n < persons; n++) {
    const id = personKey(n);
    const begin = now - (300 - below(60)) * DAY;
    const stamp = { source: 'test', linked_at: begin };
    tables.clv_persons!.push({ id, canonical_id: id, created_at: begin });
    tables.clv_visitor_links!.push({
      id: `link-${n}`,
      visitor_key: visitorOf(n),
      person_id: id,
      valid_from: 0,
      valid_to: FOREVER,
      ...stamp,
    });
    const liked = n % TOPICS.length;
    for (let touch = 0; touch < 3 + below(4); touch++) {
      const place = below(ids.length / TOPICS.length) * TOPICS.length + (random() < 0.85 ? liked : below(3));
      const at = begin + below(100) * DAY;
      tables.clv_touches!.push({
        message_id: `touch-${n}-${touch}`,
        visitor_key: visitorOf(n),
        content_id: ids[place]!,
        kind: 'read',
        occurred_at: at,
        received_at: at,
        seconds: 60 + below(120),
        depth: 80,
        source: 'api',
      });
    }
    const named = { id: `identity-${n}`, person_id: id, ...stamp };
    if (n % 3 === 2 && n % 2 === 0) {
      tables.clv_identities!.push({ ...named, namespace: 'user', value: `user-${n}` });
      continue;
    }
    const customer_id = customerOf(n);
    tables.clv_identities!.push({ ...named, namespace: 'customer', value: customer_id });
    tables.clv_customers!.push({
      customer_id,
      person_id: id,
      channel: n % 2 === 0 ? 'newsletter' : 'search',
      currency: 'EUR',
      source: 'test',
      updated_at: begin,
    });
    for (
      let order = 0, at = begin + 110 * DAY;
      order < 1 + below(5) && at < now;
      order++, at += (5 + below(40)) * DAY
    ) {
      tables.clv_orders!.push({
        order_id: `order-${n}-${order}`,
        customer_id,
        ordered_at: at,
        amount: (liked === 0 ? 20_000 : 4_000) + below(4_000),
        currency: 'EUR',
        status: 'paid',
        source: 'test',
        updated_at: at,
      });
    }
  }
  for (const [table, rows] of Object.entries(tables)) await knex.batchInsert(table, rows, 100);
}

/** Runs a job to its end. */
export async function runJob(app: TestStrapi, kind: 'value' | 'rank'): Promise<void> {
  const jobs: JobsService = app.strapi.plugin('clv').service('jobs');
  const { id } = await jobs.start(kind, {}, { startedBy: 'test', activeKey: kind });
  await jobs.ended(id);
  const { error } = (await jobs.get(id))!;
  expect(error).toBeNull();
}

/** Items with readers, values and a ranking. */
export async function fillSite(app: TestStrapi, persons = PERSONS): Promise<void> {
  await insertReaders(knexIn(app), persons);
  await runJob(app, 'value');
  await runJob(app, 'rank');
  await serviceOf(app).settle();
}

export interface Asked<Body> {
  status: number;
  headers: Headers;
  body: Body & { error?: string };
}

/** Asks a route as a browser does. */
export async function get<Body>(
  app: TestStrapi,
  path: string,
  headers: Record<string, string> = {},
): Promise<Asked<Body>> {
  const answer = await fetch(app.url + path, { headers: { 'user-agent': BROWSER, ...headers } });
  return {
    status: answer.status,
    headers: answer.headers,
    body: (await answer.json()) as Asked<Body>['body'],
  };
}

export const as = (visitor: string) => ({ 'x-clv-visitor': visitor });

export const recommended = (app: TestStrapi, query = '', headers: Record<string, string> = {}) =>
  get<Recommendations>(app, `/api/clv/recommendations${query}`, headers);

/** What a visitor says about consent. */
export async function consent(app: TestStrapi, visitor: string, state: 'granted' | 'denied'): Promise<void> {
  const answer = await fetch(`${app.url}/api/clv/consent`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': BROWSER, ...as(visitor) },
    body: JSON.stringify({ state }),
  });
  expect(answer.status).toBe(200);
}
