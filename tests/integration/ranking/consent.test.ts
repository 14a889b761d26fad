import type { Knex } from 'knex';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { IdentityService } from '../../../server/src/identity/service';
import type { JobsService } from '../../../server/src/jobs/service';
import type { Figures } from '../../../server/src/ranking/api-types';
import { startStrapi, type TestStrapi } from '../../support/strapi';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 120_000 });

const PERSONS = 40;
/** The browser of a person; each reads the one item. */
const visitorOf = (person: number) => `reader-${String(person).padStart(16, '0')}`;

let app: TestStrapi;
let jobs: JobsService;
let identity: IdentityService;
let knex: Knex;
beforeAll(async () => {
  app = await startStrapi({ config: { ranking: { value: 'revenue', schedule: false } } });
  jobs = app.strapi.plugin('clv').service('jobs');
  identity = app.strapi.plugin('clv').service('identity');
  knex = app.strapi.db.connection as unknown as Knex;
  await knex('clv_contents').insert({
    id: 1,
    uid: 'api::article.article',
    document_id: 'read-by-all',
    kind: 'article',
    title: 'Read by all',
    published_at: 1,
    updated_at: 1,
  });
  for (let person = 0; person < PERSONS; person++) {
    const customerId = `reader-${person}`;
    await identity.identify({ visitorKey: visitorOf(person), customerId, source: 'test' });
    await knex('clv_touches').insert({
      message_id: `read-${person}`,
      visitor_key: visitorOf(person),
      content_id: 1,
      kind: 'view',
      occurred_at: 1,
      received_at: 1,
      source: 'tracker',
    });
  }
});
afterAll(() => app.stop());

/** How many persons read the item, as a fresh ranking of `all` counts them. */
async function readers(): Promise<number> {
  const { id } = await jobs.start('rank', {}, { startedBy: 'test', activeKey: 'rank' });
  await jobs.ended(id);
  const row = await knex('clv_snapshot_items as i')
    .join('clv_snapshots as s', 's.id', 'i.snapshot_id')
    .where({ 's.job_id': id, 's.landmark': 'all', 's.slice_of': '' })
    .first('i.figures');
  return (JSON.parse(row.figures) as Figures).exposed;
}

test('what a visitor read counts no more once they deny their consent, and again when they grant it', async () => {
  expect(await readers()).toBe(PERSONS);

  const say = (state: 'granted' | 'denied') =>
    identity.setConsent({ visitorKey: visitorOf(0), state, source: 'visitor' });
  await identity.setConsent({ visitorKey: visitorOf(1), state: 'granted', source: 'visitor' });
  await say('denied');
  expect(await readers()).toBe(PERSONS - 1);

  await say('granted');
  expect(await readers()).toBe(PERSONS);
});
