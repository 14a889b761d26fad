import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Job } from '../../../server/src/jobs/api-types';
import type { JobsService } from '../../../server/src/jobs/service';
import type { RankingPage } from '../../../server/src/ranking/api-types';
import { adminToken } from '../../support/admin';
import { insertRankingWorld } from '../../support/ranking-world';
import { startStrapi, type TestStrapi } from '../../support/strapi';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 120_000 });

let app: TestStrapi;
let jobs: JobsService;
let knex: Knex;
beforeAll(async () => {
  app = await startStrapi({ config: { ranking: { value: 'revenue', schedule: '15 3 * * *' } } });
  jobs = app.strapi.plugin('clv').service('jobs');
  knex = app.strapi.db.connection as unknown as Knex;
  await insertRankingWorld(knex, { persons: 6000, contents: 300 });
});
afterAll(() => app.stop());

test('the nightly run is planned, and starts once however many nodes it wakes', async () => {
  const planned = app.strapi.cron.jobs.filter(({ name }) => name === 'clv.ranking');
  expect(planned).toHaveLength(1);
  expect(planned[0]!.options).toEqual({ rule: '15 3 * * *', tz: 'UTC' });

  const wake = () => planned[0]!.job.invoke();
  await Promise.all([wake(), wake()]);
  const [first, ...others] = await jobs.list('rank', 10);
  expect(others).toEqual([]);
  expect(first).toMatchObject({ startedBy: 'schedule', status: 'running' });
  await jobs.ended(first!.id);

  // A node whose clock is a little late finds the work done; the next night it is due again.
  const ended = (ago: number) =>
    knex('clv_jobs')
      .where({ id: first!.id })
      .update({ created_at: Date.now() - ago });
  await ended(5_000);
  await wake();
  expect(await jobs.list('rank', 10)).toHaveLength(1);
  await ended(86_400_000);
  await wake();
  const [second] = await jobs.list('rank', 10);
  expect(second!.id).not.toBe(first!.id);
  await jobs.ended(second!.id);
});

describe('while a run goes on', () => {
  test('the server answers, and screens show the run before it, whole', async () => {
    await knex('clv_settings').insert({ key: 'demo', value: 'true' }).onConflict('key').ignore();
    const headers = { authorization: `Bearer ${await adminToken(app.strapi, app.url)}` };
    const get = async (path: string) => (await fetch(`${app.url}/clv${path}`, { headers })).json();
    const { id } = await jobs.start('rank', {}, { startedBy: 'test', activeKey: 'rank' });

    const seen = new Set<string>();
    for (;;) {
      const { snapshot, items, running, pagination } = (await get('/rankings?landmark=all')) as RankingPage;
      expect(items).toHaveLength(25);
      expect(pagination.total).toBe(300);
      seen.add(
        `${snapshot!.jobId === id ? 'this run' : 'the run before'}, simulated: ${snapshot!.simulated}`,
      );
      const job = (await get(`/jobs/${id}`)) as Job;
      if (job.finishedAt !== null) break;
      if (running !== null) expect(running).toBe(id);
    }
    expect((await jobs.get(id))!.status).toBe('done');
    expect(seen).toContain('the run before, simulated: false');
    const { snapshot } = (await get('/rankings?landmark=all')) as RankingPage;
    expect(snapshot).toMatchObject({ jobId: id, simulated: true });
  });
});
