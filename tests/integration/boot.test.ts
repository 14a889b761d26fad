import { afterAll, beforeAll, expect, test } from 'vitest';
import { startStrapi, type TestStrapi } from '../support/strapi';

let app: TestStrapi;
beforeAll(async () => {
  app = await startStrapi();
});
afterAll(() => app.stop());

test('the plugin boots in a real Strapi and makes its tables', async () => {
  const knex = app.strapi.db.connection;
  expect(await knex.schema.hasTable('clv_touches')).toBe(true);
  expect(await knex.schema.hasColumn('clv_orders', 'amount')).toBe(true);
  const [mode] = await knex.raw('PRAGMA journal_mode');
  expect(mode.journal_mode).toBe('wal');
});
