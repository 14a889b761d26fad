import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { personValues } from '../../../server/src/clv/person-values';
import { startPostgres } from '../../support/postgres';
import { startStrapi, type TestStrapi } from '../../support/strapi';

// Fader and Hardie's one-in-ten sample of the CD shop's customers.
const folder = process.env.CLV_REFERENCE_DATA;
if (!folder) {
  console.log(
    'CLV_REFERENCE_DATA is not set (a folder with cdnow/orders.csv): import of real orders skipped',
  );
}

const CONFIG = { value: { currency: 'USD' } };

describe.skipIf(!folder).each([
  ['SQLite', async () => ({ env: {}, stop: async () => {} })],
  ['PostgreSQL', startPostgres],
])('6,919 real orders on %s', (_name, database) => {
  let app: TestStrapi;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    const started = await database();
    stop = started.stop;
    app = await startStrapi({ env: started.env, config: CONFIG });
  });
  afterAll(async () => {
    await app?.stop();
    await stop?.();
  });

  const file = path.join(folder ?? '', 'cdnow', 'orders.csv');

  /** Cents by customer, straight from the file's text. */
  function direct(): Map<string, number> {
    const sums = new Map<string, number>();
    const [, ...lines] = readFileSync(file, 'utf8').trim().split('\n');
    for (const line of lines) {
      const [, customer, , amount] = line.split(',');
      const cents = Number(amount!.replace('.', ''));
      sums.set(customer!, (sums.get(customer!) ?? 0) + cents);
    }
    return sums;
  }

  async function importFile() {
    const imports = app.strapi.plugin('clv').service('imports');
    const jobs = app.strapi.plugin('clv').service('jobs');
    const job = await imports.start(
      { kind: 'orders', path: file, file: 'orders.csv', temporary: false },
      'test',
    );
    await jobs.ended(job.id);
    return (await jobs.get(job.id)).result;
  }

  test('are imported once, and change nothing the second time', async () => {
    const none = { updated: 0, rejected: 0, duplicates: 0 };
    expect(await importFile()).toMatchObject({ ...none, rows: 6_919, created: 6_919, unchanged: 0 });
    expect(await importFile()).toMatchObject({ ...none, rows: 6_919, created: 0, unchanged: 6_919 });
  });

  test('add up to what the file says, for everyone', async () => {
    const knex = app.strapi.db.connection;
    const identities = await knex('clv_identities')
      .where({ namespace: 'customer' })
      .select('person_id', 'value');
    const customerOf = new Map(
      identities.map((row: { person_id: string; value: string }) => [row.person_id, row.value]),
    );
    const values = new Map<string, number>();
    const options = { currency: 'USD', rates: {}, now: Date.now(), value: 'revenue' as const };
    for await (const persons of personValues(knex as never, options)) {
      for (const { personId, value } of persons) values.set(customerOf.get(personId) as string, value);
    }
    expect(values.size).toBe(2_357);
    expect(values).toEqual(direct());
  });
});
