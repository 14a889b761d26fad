import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Job } from '../../../server/src/jobs/api-types';
import { failExpired, openJob } from '../../../server/src/jobs/ledger';
import type { JobContext } from '../../../server/src/jobs/run-job';
import type { JobsService } from '../../../server/src/jobs/service';
import { adminToken, editorToken } from '../../support/admin';
import { DATABASES, type TestDatabase } from '../../support/databases';
import { startPostgres } from '../../support/postgres';
import { startStrapi, type TestStrapi } from '../../support/strapi';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 120_000 });

/** Looks again until the job is as wished; the test's own time limit ends a vain wait. */
async function until(jobs: JobsService, id: string, wished: (job: Job) => boolean): Promise<Job> {
  for (;;) {
    const job = await jobs.get(id);
    if (job && wished(job)) return job;
    await sleep(20);
  }
}
const over = (job: Job) => job.finishedAt !== null;

/** Runs until its signal is aborted. */
const endless = ({ signal }: JobContext) =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

const opening = (id: string, activeKey: string | null, until: number) => ({
  id,
  kind: 'rank' as const,
  params: null,
  startedBy: 'test',
  subject: null,
  activeKey,
  lease: { owner: 'another-node', until },
  at: Date.now(),
});

for (const { name, start, missing } of DATABASES) {
  describe.skipIf(missing !== null)(`jobs on ${name}`, () => {
    let database: TestDatabase;
    let app: TestStrapi;
    let jobs: JobsService;
    let knex: Knex;
    beforeAll(async () => {
      database = await start();
      app = await startStrapi({ env: database.env });
      jobs = app.strapi.plugin('clv').service('jobs');
      knex = app.strapi.db.connection as unknown as Knex;
    });
    afterAll(async () => {
      await app.stop();
      await database.stop();
    });

    test('a job tells how far it is, and its result when it is done', async () => {
      let finish = () => {};
      const held = new Promise<void>((resolve) => {
        finish = resolve;
      });
      jobs.define('import', async ({ params, progress }) => {
        progress(0.25, 'reading');
        await held;
        return { rows: params.rows };
      });
      const job = await jobs.start('import', { rows: 7 }, { startedBy: 'admin:1' });
      expect(job).toMatchObject({
        kind: 'import',
        status: 'running',
        startedBy: 'admin:1',
        finishedAt: null,
      });
      expect(await until(jobs, job.id, (now) => now.stage !== null)).toMatchObject({
        progress: 0.25,
        stage: 'reading',
      });
      finish();
      const done = await until(jobs, job.id, over);
      expect(done).toMatchObject({ status: 'done', progress: 1, result: { rows: 7 }, error: null });
      expect(done.finishedAt).toBeGreaterThanOrEqual(done.startedAt!);
      expect((await jobs.list('import', 5)).map(({ id }) => id)).toContain(job.id);
    });

    test('a job that fails says why, without the values of its statement', async () => {
      jobs.define('import', async () => {
        await knex.raw('SELECT ? FROM clv_nowhere', ['ada@example.com']);
      });
      const { id } = await jobs.start('import', null, { startedBy: 'test' });
      const failed = await until(jobs, id, over);
      expect(failed.status).toBe('failed');
      expect(failed.error).toContain('clv_nowhere');
      expect(failed.error).not.toContain('ada@example.com');
    });

    test('what a job reported on its way is seen while it runs, and stays when it is cancelled', async () => {
      jobs.define('import', async (context) => {
        const result = { rows: 1 };
        context.report(result);
        result.rows = 2;
        return endless(context);
      });
      const { id } = await jobs.start('import', null, { startedBy: 'test' });
      expect((await until(jobs, id, ({ result }) => result !== null)).result).toEqual({ rows: 2 });
      await jobs.cancel(id);
      expect(await until(jobs, id, over)).toMatchObject({ status: 'cancelled', result: { rows: 2 } });
    });

    test('of many starts at once with one active key exactly one wins, and the others learn its id', async () => {
      jobs.define('rank', endless);
      const starts = await Promise.allSettled(
        Array.from({ length: 8 }, () => jobs.start('rank', null, { startedBy: 'test', activeKey: 'one' })),
      );
      const winners = starts.filter((start) => start.status === 'fulfilled');
      expect(winners).toHaveLength(1);
      const { id } = winners[0]!.value;
      for (const start of starts) {
        if (start.status === 'rejected')
          expect(start.reason).toMatchObject({ name: 'JobRunning', jobId: id });
      }
      expect(await jobs.cancel(id)).toBe(true);
      expect((await until(jobs, id, over)).status).toBe('cancelled');
      expect(await jobs.cancel(id)).toBe(false);
    });

    test('the flag of another node ends a job here', async () => {
      jobs.define('rank', endless);
      const { id } = await jobs.start('rank', null, { startedBy: 'test' });
      await knex('clv_jobs').where({ id }).update({ cancel_requested: true });
      expect(await until(jobs, id, over)).toMatchObject({ status: 'cancelled', error: null });
    });

    test('a job whose node went silent fails, and its key is free for the next', async () => {
      await openJob(knex, opening('silent', 'two', Date.now() - 1));
      jobs.define('rank', async () => 'fine');
      const next = await jobs.start('rank', null, { startedBy: 'test', activeKey: 'two' });
      expect(await jobs.get('silent')).toMatchObject({
        status: 'failed',
        error: 'the node that ran it stopped',
      });
      expect((await until(jobs, next.id, over)).result).toBe('fine');
    });

    test('a job with a living node keeps its key, whoever looks', async () => {
      await openJob(knex, opening('alive', 'three', Date.now() + 60_000));
      await failExpired(knex, Date.now());
      const start = jobs.start('rank', null, { startedBy: 'test', activeKey: 'three' });
      await expect(start).rejects.toMatchObject({ jobId: 'alive' });
      await knex('clv_jobs').where({ id: 'alive' }).delete();
    });

    test('a running job renews its lease, and stops when the others gave it up', async () => {
      let reason: unknown;
      jobs.define('rank', async (context) =>
        endless(context).catch((error) => {
          reason = error;
          throw error;
        }),
      );
      const { id } = await jobs.start('rank', null, { startedBy: 'test' });
      const lease = async () =>
        Number((await knex('clv_jobs').where({ id }).first('lease_until')).lease_until);
      const first = await lease();
      while ((await lease()) === first) await sleep(50);
      await knex('clv_jobs').where({ id }).update({ lease_until: 1 });
      await failExpired(knex, Date.now());
      await jobs.ended(id);
      expect(reason).toMatchObject({ name: 'JobInterrupted' });
      expect(await jobs.get(id)).toMatchObject({ status: 'failed', error: 'the node that ran it stopped' });
    });
  });
}

describe('jobs over HTTP', () => {
  let app: TestStrapi;
  let jobs: JobsService;
  beforeAll(async () => {
    app = await startStrapi();
    jobs = app.strapi.plugin('clv').service('jobs');
    jobs.define('rank', endless);
    jobs.define('import', async () => 'imported');
  });
  afterAll(() => app.stop());

  async function call(token: string | null, path: string, method = 'GET') {
    const headers = token ? { authorization: `Bearer ${token}` } : undefined;
    const answer = await fetch(`${app.url}/clv${path}`, { method, headers });
    return { status: answer.status, body: await answer.json().catch(() => null) };
  }

  test('each sees and cancels the kinds of job that its role is for', async () => {
    const admin = await adminToken(app.strapi, app.url);
    const reader = await editorToken(app.strapi, app.url, ['plugin::clv.rankings.read']);
    const importer = await editorToken(app.strapi, app.url, ['plugin::clv.data.import']);
    const nobody = await editorToken(app.strapi, app.url, []);
    const rank = await jobs.start('rank', null, { startedBy: 'test' });
    const imported = await jobs.start('import', null, { startedBy: 'test' });

    const kinds = async (token: string, query = '') =>
      (await call(token, `/jobs${query}`)).body.jobs.map((job: Job) => job.kind).sort();
    expect(await kinds(admin)).toEqual(['import', 'rank']);
    expect(await kinds(reader)).toEqual(['rank']);
    expect(await kinds(importer)).toEqual(['import']);
    expect(await kinds(importer, '?kind=rank')).toEqual([]);
    expect((await call(nobody, '/jobs')).status).toBe(403);
    expect((await call(null, '/jobs')).status).toBe(401);

    expect((await call(reader, `/jobs/${rank.id}`)).body).toMatchObject({ id: rank.id, status: 'running' });
    expect((await call(importer, `/jobs/${rank.id}`)).status).toBe(403);
    expect((await call(reader, `/jobs/${imported.id}`)).status).toBe(403);
    expect((await call(admin, '/jobs/nothing')).status).toBe(404);

    expect((await call(reader, `/jobs/${rank.id}/cancel`, 'POST')).status).toBe(403);
    expect((await call(admin, `/jobs/${rank.id}/cancel`, 'POST')).status).toBe(202);
    expect((await until(jobs, rank.id, over)).status).toBe('cancelled');
  });

  test('a limit or kind that does not exist is refused with its name', async () => {
    const admin = await adminToken(app.strapi, app.url);
    const { status, body } = await call(admin, '/jobs?kind=tea&limit=0');
    expect(status).toBe(400);
    expect(body.error.message).toContain('kind');
    expect(body.error.message).toContain('limit');
  });
});

test('a server that stops says so of the jobs that it ran', async () => {
  const database = await startPostgres();
  const app = await startStrapi({ env: database.env });
  const jobs: JobsService = app.strapi.plugin('clv').service('jobs');
  jobs.define('rank', endless);
  const { id } = await jobs.start('rank', null, { startedBy: 'test', activeKey: 'rank' });
  await app.stop();
  await expect(jobs.start('rank', null, { startedBy: 'test' })).rejects.toThrow('stopping');

  const again = await startStrapi({ env: database.env });
  const after: JobsService = again.strapi.plugin('clv').service('jobs');
  expect(await after.get(id)).toMatchObject({
    status: 'failed',
    error: 'the server was stopped while it ran',
  });
  await again.stop();
  await database.stop();
});
