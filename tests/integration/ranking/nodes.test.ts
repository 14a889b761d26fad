import type { Knex } from 'knex';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Job } from '../../../server/src/jobs/api-types';
import { adminToken } from '../../support/admin';
import { adminCalls, over } from '../../support/admin-calls';
import type { TestDatabase } from '../../support/databases';
import { startPostgres } from '../../support/postgres';
import { insertRankingWorld } from '../../support/ranking-world';
import { startStrapi, type TestStrapi } from '../../support/strapi';
import { type StrapiNode, startStrapiNode } from '../../support/strapi-node';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 120_000 });

const config = { ranking: { value: 'revenue', schedule: false } };

let database: TestDatabase;
let here: TestStrapi;
let there: StrapiNode;
let knex: Knex;
let token: string;

beforeAll(async () => {
  database = await startPostgres();
  here = await startStrapi({ env: database.env, config });
  there = await startStrapiNode(database.env, config);
  knex = here.strapi.db.connection as unknown as Knex;
  token = await adminToken(here.strapi, here.url);
  await insertRankingWorld(knex);
});
afterAll(async () => {
  await there.stop();
  await here.stop();
  await database.stop();
});

const { call, jobWhen } = adminCalls(() => token);

/** No run can read touches until the lock is taken away. */
async function holdTouches(): Promise<() => Promise<void>> {
  const trx = await knex.transaction();
  await trx.raw('LOCK TABLE clv_touches IN ACCESS EXCLUSIVE MODE');
  return async () => {
    await trx.rollback();
  };
}

test('two nodes that start a ranking at once run it once, and both know which', async () => {
  const release = await holdTouches();
  const answers = await Promise.all([
    call(here, '/rankings/run', 'POST'),
    call(there, '/rankings/run', 'POST'),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
  expect(answers[0]!.body.jobId).toBe(answers[1]!.body.jobId);
  await release();
  const { id, status } = await jobWhen(there, answers[0]!.body.jobId, over);
  expect(status).toBe('done');
  expect((await call(here, '/jobs?kind=rank')).body.jobs.map((job: Job) => job.id)).toEqual([id]);
});

test('a run is cancelled from the other node, and what it left is seen by nobody', async () => {
  const before = (await call(here, '/rankings')).body.snapshot;
  const release = await holdTouches();
  const { jobId } = (await call(there, '/rankings/run', 'POST')).body;
  await jobWhen(here, jobId, (job) => job.stage === 'exposures');
  expect((await call(here, `/jobs/${jobId}/cancel`, 'POST')).status).toBe(202);
  expect(await jobWhen(here, jobId, over)).toMatchObject({ status: 'cancelled', result: null });
  await release();
  expect((await call(here, '/rankings')).body.snapshot).toEqual(before);
});

test('when the node that runs a ranking dies, another takes over as soon as its lease is out', async () => {
  const release = await holdTouches();
  const { jobId } = (await call(there, '/rankings/run', 'POST')).body;
  await there.kill();
  await release();
  expect((await call(here, '/rankings/run', 'POST')).status).toBe(409);

  // Thirty seconds pass.
  await knex('clv_jobs')
    .where({ id: jobId })
    .update({ lease_until: Date.now() - 1 });
  const next = await call(here, '/rankings/run', 'POST');
  expect(next.status).toBe(202);
  expect(await jobWhen(here, jobId, over)).toMatchObject({
    status: 'failed',
    error: 'the node that ran it stopped',
  });
  expect((await jobWhen(here, next.body.jobId, over)).status).toBe('done');
});
