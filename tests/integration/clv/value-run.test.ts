import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ValueResult } from '../../../server/src/clv/api-types';
import { personValues } from '../../../server/src/clv/person-values';
import type { JobsService } from '../../../server/src/jobs/service';
import { DATABASES, type TestDatabase } from '../../support/databases';
import { insertRankingWorld } from '../../support/ranking-world';
import { startStrapi, type TestStrapi } from '../../support/strapi';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const config = { prediction: { schedule: false }, ranking: { schedule: false } };

for (const { name, start, missing } of DATABASES) {
  describe.skipIf(missing !== null)(`a run of the value engine on ${name}`, () => {
    let database: TestDatabase;
    let app: TestStrapi;
    let jobs: JobsService;
    let knex: Knex;
    let result: ValueResult;
    beforeAll(async () => {
      database = await start();
      app = await startStrapi({ env: database.env, config });
      jobs = app.strapi.plugin('clv').service('jobs');
      knex = app.strapi.db.connection as unknown as Knex;
      await insertRankingWorld(knex, { persons: 600 });
      const { id } = await jobs.start('value', {}, { startedBy: 'test', activeKey: 'value' });
      await jobs.ended(id);
      const job = await jobs.get(id);
      expect(job!.error).toBeNull();
      result = job!.result as ValueResult;
    });
    afterAll(async () => {
      await app?.stop();
      await database?.stop();
    });

    test('says of everyone what they are worth, to the cent what their orders and costs come to', async () => {
      const rows = await knex('clv_person_values').where({ run_id: result.runId });
      const worth = new Map(rows.map((row) => [row.person_id, row]));
      expect(rows).toHaveLength(result.customers + result.prospects);
      let customers = 0;
      for await (const persons of personValues(knex, {
        currency: 'EUR',
        rates: {},
        now: Date.now(),
        value: 'clv',
      })) {
        for (const { personId, value, orders } of persons) {
          expect(Number(worth.get(personId).historical)).toBe(value);
          expect(worth.get(personId).orders).toBe(orders);
          if (orders > 0) customers += 1;
        }
      }
      expect(result.customers).toBe(customers);
      for (const row of rows) {
        expect(Number(row.total)).toBe(Number(row.historical) + Number(row.predicted ?? 0));
      }
    });
  });
}
