import type { Knex } from 'knex';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { RUN_SHAPE } from '../../../server/src/clv/runs/latest';
import type { JobsService } from '../../../server/src/jobs/service';
import { rankHistory } from '../../../server/src/ranking/models/history';
import { divisionOf } from '../../../server/src/ranking/models/landmark';
import { insertRankingWorld, type RankingWorld } from '../../support/ranking-world';
import { startStrapi, type TestStrapi } from '../../support/strapi';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 120_000 });

let app: TestStrapi;
let knex: Knex;
let world: RankingWorld;
const DATE = '2026-03-01';
/** By person; refunds make some of them negative. */
const worthOf = (person: number) => ((person * 7919) % 1000) * 100 - 5_000;

beforeAll(async () => {
  app = await startStrapi({ config: { ranking: { value: 'total', schedule: false, landmarkDate: DATE } } });
  knex = app.strapi.db.connection as unknown as Knex;
  world = await insertRankingWorld(knex);
  const customers = new Set(world.history.orders.map(({ person }) => person));
  const rows = [...customers].map((person) => ({
    person_id: `person-${String(person).padStart(6, '0')}`,
    run_id: 'run',
    kind: 'customer',
    orders: 1,
    revenue: 1,
    historical: 1,
    total: worthOf(person),
    stage: 'active',
    updated_at: 0,
  }));
  await knex('clv_value_runs').insert({
    id: 'run',
    job_id: 'job',
    created_at: 1,
    published_at: 1,
    shape: RUN_SHAPE,
    summary: JSON.stringify({ id: 'run', currency: 'EUR' }),
    engine: '{}',
  });
  await knex.batchInsert('clv_person_values', rows, 50);
});
afterAll(() => app.stop());

test('a ranking by total CLV goes by what the value engine says, not by past orders', async () => {
  const jobs: JobsService = app.strapi.plugin('clv').service('jobs');
  const { id } = await jobs.start('rank', {}, { startedBy: 'test', activeKey: 'rank' });
  await jobs.ended(id);
  expect((await jobs.get(id))!.error).toBeNull();

  const { history } = world;
  const customers = [...new Set(history.orders.map(({ person }) => person))];
  // What somebody is worth comes after every landmark, and is nobody's first order.
  const orders = [
    ...history.orders.map((order) => ({ ...order, value: 0 })),
    ...customers.map((person) => ({ person, at: Date.now(), value: worthOf(person), refund: true })),
  ];
  for (const landmark of ['all', 'first-order', DATE]) {
    const ranking = rankHistory({ ...history, orders }, divisionOf(landmark, 'UTC')!, { fdr: 0.1 });
    const expected = new Map(ranking.items.map(({ item, figures }) => [item + 1, figures]));
    const snapshot = await knex('clv_snapshots').where({ job_id: id, landmark, slice_of: '' }).first();
    expect(JSON.parse(snapshot.summary).value).toBe('total');
    const items = await knex('clv_snapshot_items').where({ snapshot_id: snapshot.id });
    expect(items).toHaveLength(12);
    for (const item of items) {
      const { rho, meanExposed } = JSON.parse(item.figures);
      const { rho: rhoExpected, meanExposed: meanExpected } = expected.get(item.content_id)!;
      expect(rho).toBeCloseTo(rhoExpected!, 9);
      expect(meanExposed).toBeCloseTo(meanExpected! / 100, 6);
    }
  }
});
