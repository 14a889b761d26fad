import jwt from 'jsonwebtoken';
import type { Knex } from 'knex';
import { describe } from 'vitest';
import type { IdentityService } from '../../../server/src/identity/service';
import { DATABASES, type TestDatabase } from '../../support/databases';
import { startStrapi, type TestStrapi } from '../../support/strapi';

export const SECRET = 'integration-identity-secret-0123456789abcdef';

/** A running Strapi and what tests look at. */
export interface Place {
  app: TestStrapi;
  knex: Knex;
  identity: IdentityService;
  stop(): Promise<void>;
}

/** Boots Strapi on a database of its own; `config` replaces sections of the playground's. */
export type Open = (config?: Record<string, unknown>, env?: Record<string, string>) => Promise<Place>;

const opens =
  (start: () => Promise<TestDatabase>): Open =>
  async (config, env) => {
    const database = await start();
    const app = await startStrapi({
      env: { DATABASE_CLIENT: 'sqlite', ...database.env, ...env },
      config: { identity: { secret: SECRET }, ...config },
    });
    return {
      app,
      knex: app.strapi.db.connection as unknown as Knex,
      identity: app.strapi.plugin('clv').service('identity'),
      async stop() {
        await app.stop();
        await database.stop();
      },
    };
  };

/** Tests a behaviour on every kind of database that is on this machine. */
export function onEachDatabase(what: string, tests: (open: Open) => void): void {
  for (const { name, start, missing } of DATABASES) {
    describe.skipIf(missing !== null)(`${what} on ${name}`, () => tests(opens(start)));
  }
}

export const onSqlite = opens(DATABASES[0].start);

export const now = () => Math.floor(Date.now() / 1000);

/** A token as a site's own server makes it. */
export const tokenFor = (who: { sub?: string; email?: string }) =>
  jwt.sign({ ...who, iat: now(), exp: now() + 600 }, SECRET);

export const visitor = (name: string) => `visitor-${name}-`.padEnd(24, '0');

export interface Answer {
  status: number;
  body: Record<string, unknown>;
  headers: Headers;
}

export async function post(
  app: TestStrapi,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const answer = await fetch(app.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await answer.text();
  return { status: answer.status, body: text ? JSON.parse(text) : {}, headers: answer.headers };
}

export async function get(
  app: TestStrapi,
  path: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const answer = await fetch(app.url + path, { headers });
  const text = await answer.text();
  return { status: answer.status, body: text ? JSON.parse(text) : {}, headers: answer.headers };
}

let touches = 0;

/** Writes one view of content item 1. */
export async function touch(knex: Knex, visitorKey: string, occurredAt = Date.now()): Promise<void> {
  touches += 1;
  await knex('clv_touches').insert({
    message_id: `message-${touches}`,
    visitor_key: visitorKey,
    content_id: 1,
    kind: 'view',
    occurred_at: occurredAt,
    received_at: occurredAt,
    source: 'tracker',
  });
}

/** How many touches count for the person behind a customer, merges included. */
export async function touchesOf(knex: Knex, customerId: string): Promise<number> {
  const [{ n }] = await knex('clv_touches as t')
    .join('clv_visitor_links as l', (on) =>
      on
        .on('l.visitor_key', 't.visitor_key')
        .andOn('t.occurred_at', '>=', 'l.valid_from')
        .andOn('t.occurred_at', '<', 'l.valid_to'),
    )
    .join('clv_persons as p', 'p.id', 'l.person_id')
    .join('clv_persons as me', 'me.canonical_id', 'p.canonical_id')
    .join('clv_identities as i', 'i.person_id', 'me.id')
    .where({ 'i.namespace': 'customer', 'i.value': customerId })
    .count({ n: '*' });
  return Number(n);
}

/** The tables that say who is who, in a form that can be compared. */
export async function whoIsWho(knex: Knex) {
  const rows = (table: string) => knex(table).orderBy('id').select();
  const [persons, identities, links] = await Promise.all(
    ['clv_persons', 'clv_identities', 'clv_visitor_links'].map(rows),
  );
  return { persons, identities, links };
}
