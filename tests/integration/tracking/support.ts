import type { Knex } from 'knex';
import { uuidv7 } from 'uuidv7';
import type { CollectAnswer, CollectEvent } from '../../../client/src/protocol';
import type { ContentsService } from '../../../server/src/tracking/contents/service';
import type { TrackingService } from '../../../server/src/tracking/service';
import type { TestStrapi } from '../../support/strapi';

export const BROWSER =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36';
export const ARTICLE = 'api::article.article';
export const WHITE_PAPER = 'api::white-paper.white-paper';

export const knexIn = (app: TestStrapi) => app.strapi.db.connection as unknown as Knex;
export const trackingOf = (app: TestStrapi): TrackingService => app.strapi.plugin('clv').service('tracking');
export const contentsOf = (app: TestStrapi): ContentsService => app.strapi.plugin('clv').service('contents');

interface Documents {
  create(params: object): Promise<{ documentId: string; slug: string }>;
  update(params: object): Promise<unknown>;
  publish(params: object): Promise<unknown>;
  unpublish(params: object): Promise<unknown>;
  delete(params: object): Promise<unknown>;
  findOne(params: object): Promise<unknown>;
}

/** The document service of a type whose attributes TypeScript does not know. */
export const documentsOf = (app: TestStrapi, uid: string) =>
  app.strapi.documents(uid as never) as unknown as Documents;

/** A visitor whom no other test uses. */
export const newVisitor = () => `visitor-${uuidv7()}`;

/** Publishes an article; returns its document id and its key. */
export async function publishArticle(app: TestStrapi, title = 'An article', locale = 'en') {
  const entry = await documentsOf(app, ARTICLE).create({
    data: { title, slug: uuidv7() },
    locale,
    status: 'published',
  });
  await trackingOf(app).flush();
  return {
    documentId: entry.documentId,
    slug: entry.slug,
    key: `${ARTICLE}/${entry.documentId}/${locale}`,
  };
}

export function eventOf(content: string, more: Partial<CollectEvent> = {}): CollectEvent {
  return { id: uuidv7(), kind: 'view', content, at: Date.now(), ...more };
}

export interface Sent {
  status: number;
  headers: Headers;
  body: CollectAnswer & { error?: string };
}

/** Posts to the collect endpoint as a browser does; `body` may be anything. */
export async function collect(
  app: TestStrapi,
  body: unknown,
  headers: Record<string, string> = {},
  path = '/api/clv/collect',
): Promise<Sent> {
  const answer = await fetch(app.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': BROWSER, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text ? JSON.parse(text) : {} };
}

/** Sends events of a visitor now. */
export const send = (
  app: TestStrapi,
  visitor: string,
  events: unknown[],
  headers?: Record<string, string>,
): Promise<Sent> => collect(app, { visitor, sentAt: Date.now(), events }, headers);

export const touchesOf = (app: TestStrapi, visitor: string) =>
  knexIn(app)('clv_touches').where({ visitor_key: visitor }).orderBy('message_id');

/** How a counter changed while `work` ran. */
export async function counted(app: TestStrapi, name: string, work: () => Promise<unknown>): Promise<number> {
  const before = (await trackingOf(app).status()).counters[name] ?? 0;
  await work();
  await trackingOf(app).flush();
  return ((await trackingOf(app).status()).counters[name] ?? 0) - before;
}
