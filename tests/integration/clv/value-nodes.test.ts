import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { CustomersPage, ValuePage, ValueResult } from '../../../server/src/clv/api-types';
import type { LiveService } from '../../../server/src/clv/live/service';
import type { IdentityService } from '../../../server/src/identity/service';
import type { PrivacyService } from '../../../server/src/privacy/service';
import { adminToken, apiToken } from '../../support/admin';
import { adminCalls, over } from '../../support/admin-calls';
import type { TestDatabase } from '../../support/databases';
import { startPostgres } from '../../support/postgres';
import { startStrapi, type TestStrapi } from '../../support/strapi';
import { type StrapiNode, startStrapiNode } from '../../support/strapi-node';
import { customerKey, insertValueWorld, personKey } from '../../support/value-world';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const config = { prediction: { schedule: '30 2 * * *' }, ranking: { schedule: false } };
const TABLES = ['clv_value_runs', 'clv_value_sections', 'clv_person_values'];

let database: TestDatabase;
let here: TestStrapi;
let there: StrapiNode;
let knex: Knex;
let token: string;
let key: string;

beforeAll(async () => {
  database = await startPostgres();
  here = await startStrapi({ env: database.env, config });
  there = await startStrapiNode(database.env, config);
  knex = here.strapi.db.connection as unknown as Knex;
  token = await adminToken(here.strapi, here.url);
  key = await apiToken(here.strapi, { type: 'full-access' });
  await insertValueWorld(knex);
});
afterAll(async () => {
  await there.stop();
  await here.stop();
  await database.stop();
});

const { call, jobWhen } = adminCalls(() => token);

/** Nobody can read the table while the work goes on. */
async function whileHeld(table: string, work: () => Promise<void>): Promise<void> {
  const trx = await knex.transaction();
  try {
    await trx.raw(`LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
    await work();
  } finally {
    await trx.rollback();
  }
}
const latest = async () => (await knex('clv_value_runs').orderBy('published_at', 'desc').first()).id;
/** Rows by table, in whatever order PostgreSQL has them. */
const contentsOf = async () =>
  Object.fromEntries(
    await Promise.all(TABLES.map(async (t) => [t, (await knex(t)).map((row) => JSON.stringify(row)).sort()])),
  );
const order = (node: { url: string }, order_id: string, customer_id: string) =>
  fetch(`${node.url}/api/clv/orders`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      orders: [
        { order_id, customer_id, ordered_at: new Date().toISOString(), amount: 1_000, currency: 'EUR' },
      ],
    }),
  });
let tries = 0;

test('two nodes that start a run at once run it once, and both show it', async () => {
  let jobId = '';
  await whileHeld('clv_touches', async () => {
    const answers = await Promise.all([call(here, '/value/run', 'POST'), call(there, '/value/run', 'POST')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
    jobId = answers[0]!.body.jobId;
    expect(answers[1]!.body.jobId).toBe(jobId);
  });
  const job = await jobWhen(there, jobId, over);
  expect(job).toMatchObject({ status: 'done', error: null });
  const { runId } = job.result as ValueResult;
  for (const node of [here, there]) expect((await call(node, '/value')).body.run.id).toBe(runId);
});

test('the nightly fit is planned, and starts once however many times it is woken', async () => {
  const planned = here.strapi.cron.jobs.filter(({ name }) => name === 'clv.value');
  expect(planned.map(({ options }) => options)).toEqual([{ rule: '30 2 * * *', tz: 'UTC' }]);
  const before = (await call(here, '/jobs?kind=value')).body.jobs.length;
  await Promise.all([planned[0]!.job.invoke(), planned[0]!.job.invoke()]);
  const { jobs } = (await call(here, '/jobs?kind=value')).body;
  expect(jobs.length).toBe(before + 1);
  expect(jobs[0]).toMatchObject({ startedBy: 'schedule' });
  await jobWhen(here, jobs[0].id, over);
});

test('a run that is cancelled leaves nothing, and screens show the run before it all the while', async () => {
  // Both nodes may still be at work on what the run before found.
  let before = await contentsOf();
  await vi.waitFor(
    async () => {
      const earlier = before;
      await sleep(500);
      before = await contentsOf();
      expect(before).toEqual(earlier);
    },
    { timeout: 20_000 },
  );
  const shown = await latest();
  await whileHeld('clv_touches', async () => {
    const { jobId } = (await call(there, '/value/run', 'POST')).body;
    await jobWhen(here, jobId, (job) => job.stage === 'reading');
    const page = (await call(here, '/value')).body as ValuePage;
    expect(page).toMatchObject({ running: jobId, run: { id: shown } });
    expect((await call(here, `/jobs/${jobId}/cancel`, 'POST')).status).toBe(202);
    expect(await jobWhen(here, jobId, over)).toMatchObject({ status: 'cancelled', result: null });
  });
  expect(await contentsOf()).toEqual(before);
});

test('what is stored while a run is computed is in its values soon after', async () => {
  const [customer, from, into] = [customerKey(1), personKey(3), personKey(4)];
  const rowOf = (personId: string) => knex('clv_person_values').where({ person_id: personId });
  const [{ orders: ordersBefore }] = await rowOf(personKey(1));
  const [[one], [other]] = [await rowOf(from), await rowOf(into)];
  const { person_id: erased } = await knex('clv_person_values').orderBy('person_id', 'desc').first();
  const identity: IdentityService = here.strapi.plugin('clv').service('identity');
  let jobId = '';
  let merge = '';
  await whileHeld('clv_subscriptions', async () => {
    jobId = (await call(here, '/value/run', 'POST')).body.jobId;
    // The thread has its picture of the database, and waits for the lock.
    await jobWhen(here, jobId, (job) => job.stage === 'reading');
    expect((await order(here, `while-running-${tries++}`, customer)).status).toBe(200);
    merge = await identity.merge(from, into, 'test', 'one human');
  });
  const privacy: PrivacyService = here.strapi.plugin('clv').service('privacy');
  await privacy.erasePerson({ personId: erased });

  const job = await jobWhen(here, jobId, over);
  expect(job).toMatchObject({ status: 'done' });
  const { runId } = job.result as ValueResult;
  const live: LiveService = here.strapi.plugin('clv').service('live');
  await live.flush();
  const [row] = await rowOf(personKey(1));
  expect(row).toMatchObject({ run_id: runId, orders: ordersBefore + 1 });
  expect(await rowOf(erased)).toEqual([]);
  expect(await rowOf(from)).toEqual([]);
  const [both] = await rowOf(into);
  expect(both.orders).toBe(one.orders + other.orders);
  await identity.undoMerge(merge, 'test');
  await live.flush();
});

test('what another node stores while a run is computed is in its values soon after', async () => {
  const [before] = await knex('clv_person_values').where({ person_id: personKey(7) });
  let jobId = '';
  await whileHeld('clv_subscriptions', async () => {
    jobId = (await call(there, '/value/run', 'POST')).body.jobId;
    await jobWhen(here, jobId, (job) => job.stage === 'reading');
    expect((await order(here, `while-there-${tries++}`, customerKey(7))).status).toBe(200);
  });
  const { result } = await jobWhen(here, jobId, over);
  const { runId } = result as ValueResult;
  await vi.waitFor(
    async () => {
      const [row] = await knex('clv_person_values').where({ person_id: personKey(7), run_id: runId });
      expect(row.orders).toBe(before.orders + 1);
    },
    { timeout: 20_000, interval: 50 },
  );
});

test('a node values persons by the run that another node published', async () => {
  const { jobId } = (await call(there, '/value/run', 'POST')).body;
  const { result } = await jobWhen(here, jobId, over);
  const { runId } = result as ValueResult;
  const [before] = await knex('clv_person_values').where({ person_id: personKey(6) });
  expect(before.run_id).toBe(runId);
  expect((await order(here, `by-another-${tries++}`, customerKey(6))).status).toBe(200);
  const live: LiveService = here.strapi.plugin('clv').service('live');
  await live.flush();
  const rows = await knex('clv_person_values').where({ person_id: personKey(6) });
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ run_id: runId, orders: before.orders + 1 });
});

test('only the totals of old runs are kept, and of ten at most', async () => {
  const [run] = await knex('clv_value_runs');
  const old = Array.from({ length: 12 }, (_, i) => ({ ...run, id: `old-${i}`, published_at: i + 1 }));
  await knex('clv_value_runs').insert(old).onConflict('id').ignore();
  const { jobId } = (await call(here, '/value/run', 'POST')).body;
  expect((await jobWhen(here, jobId, over)).status).toBe('done');
  expect(await knex('clv_value_runs')).toHaveLength(10);
  const { body } = (await call(here, '/value/customers')) as { body: CustomersPage };
  const persons = Number((await knex('clv_person_values').count({ n: '*' }).first())!.n);
  expect(body.pagination.total).toBe(persons);
});
