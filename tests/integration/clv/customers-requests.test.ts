import { get as request } from 'node:http';
import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { allCustomers } from '../../../server/src/clv/customers/find';
import { customersQuery } from '../../../server/src/clv/customers/query';
import type { ValueService } from '../../../server/src/clv/service';
import type { JobsService } from '../../../server/src/jobs/service';
import { adminToken } from '../../support/admin';
import { DATABASES, type TestDatabase } from '../../support/databases';
import { startStrapi, type TestStrapi } from '../../support/strapi';
import { insertValueWorld } from '../../support/value-world';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const DAY = 86_400_000;
const config = { prediction: { schedule: false }, ranking: { schedule: false } };

for (const { name, start, missing } of DATABASES) {
  describe.skipIf(missing !== null)(`requests for values on ${name}`, () => {
    let database: TestDatabase;
    let app: TestStrapi;
    let knex: Knex;
    let token: string;

    async function job(kind: 'value' | 'rank'): Promise<void> {
      const jobs: JobsService = app.strapi.plugin('clv').service('jobs');
      const { id } = await jobs.start(kind, {}, { startedBy: 'test', activeKey: kind });
      await jobs.ended(id);
      expect(await jobs.get(id)).toMatchObject({ status: 'done', error: null });
    }
    const statusOf = async (path: string, init: RequestInit = {}) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      return (await fetch(`${app.url}/clv${path}`, { headers, ...init })).status;
    };

    beforeAll(async () => {
      database = await start();
      app = await startStrapi({ env: database.env, config });
      knex = app.strapi.db.connection as unknown as Knex;
      token = await adminToken(app.strapi, app.url);
      await insertValueWorld(knex, { persons: 800, subscriptions: false });
      await job('value');
      await job('rank');
    });
    afterAll(async () => {
      await app?.stop();
      await database?.stop();
    });

    test.each([
      ['/value/customers?search=a%00b', 400],
      ['/value/customers?tier=%00', 400],
      ['/value/customers/export.csv?search=%00', 400],
      ['/value/customers/%00', 404],
      ['/rankings?search=%00', 400],
      ['/value/customers?search=%25_!%27%22', 200],
    ])('%s is answered with %i', async (path, status) => {
      expect(await statusOf(path)).toBe(status);
    });

    test('what if an item is asked for that no database can number: it is not listed', async () => {
      const body = JSON.stringify({ item: { contentId: Number.MAX_SAFE_INTEGER, reach: 0.5 } });
      expect(await statusOf('/value/what-if', { method: 'POST', body })).toBe(400);
    });

    // Only SQLite says how it reads in words that hold whatever the number of rows.
    if (name === 'SQLite') {
      test('a page reads along indexes, whatever the number of people', async () => {
        const asked: { sql: string; bindings: readonly string[] }[] = [];
        const note = (query: (typeof asked)[number]) => asked.push(query);
        const { person_id } = await knex('clv_person_values').first('person_id');
        knex.on('query', note);
        for (const path of ['', '?sort=total:asc', '?tier=gold', `/${person_id}`]) {
          expect(await statusOf(`/value/customers${path}`)).toBe(200);
        }
        knex.off('query', note);
        for (const { sql, bindings } of asked.filter((query) =>
          /^select .*clv_(?!value|contents)/.test(query.sql),
        )) {
          const plan = await knex.raw(`EXPLAIN QUERY PLAN ${sql}`, bindings);
          const steps: string = plan.map(({ detail }: { detail: string }) => detail).join('\n');
          expect(steps, sql).not.toMatch(/^SCAN (?!found)|\(namespace=\?\)/m);
          if (sql.includes('order by `total`')) expect(steps, sql).not.toContain('TEMP B-TREE');
        }
        expect(asked.length).toBeGreaterThan(10);
      });
    }

    test('the page of a customer adds up and says what the list says, days after the run too', async () => {
      // Who is served at a monthly cost, so that values go on changing by themselves.
      const { person_id } = await knex('clv_person_values as v')
        .join('clv_customers as c', 'c.person_id', 'v.person_id')
        .where('v.kind', 'customer')
        .where('c.service_cost_per_month', '>', 0)
        .orderBy('v.person_id')
        .first('v.person_id');
      const value: ValueService = app.strapi.plugin('clv').service('value');
      const run = (await value.latestRun())!;
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 20 * DAY });
      try {
        const { customer, value: worth, predictions } = (await value.detail(run, person_id))!;
        expect(worth.clv).toBe(customer.historical);
        expect(predictions.predicted).toMatchObject({ value: customer.predicted });
        expect(predictions.pAlive).toBeCloseTo(customer.pAlive!, 9);
      } finally {
        vi.useRealTimers();
      }
    });

    test('an export holds everyone, though another run is published meanwhile', async () => {
      const people = Number((await knex('clv_person_values').count({ n: '*' }).first())!.n);
      const exported: string[] = [];
      for await (const rows of allCustomers(knex, customersQuery.parse({}))) {
        if (exported.length === 0) await job('value');
        exported.push(...rows.map(({ personId }) => personId));
      }
      expect(people).toBeGreaterThan(500);
      expect(new Set(exported).size).toBe(people);
      expect(exported).toHaveLength(people);
    });

    test('an export that cannot be read to its end breaks off, instead of leaving the client waiting', async () => {
      await knex.schema.renameTable('clv_identities', 'clv_identities_away');
      try {
        const broken = await new Promise<boolean>((resolve, reject) => {
          const headers = { authorization: `Bearer ${token}` };
          request(`${app.url}/clv/value/customers/export.csv`, { headers }, (answer) => {
            answer.on('error', () => resolve(true));
            answer.on('end', () => resolve(false));
            answer.resume();
          }).on('error', reject);
        });
        expect(broken).toBe(true);
      } finally {
        await knex.schema.renameTable('clv_identities_away', 'clv_identities');
      }
    });
  });
}
