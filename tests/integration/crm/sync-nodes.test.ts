import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { SyncResult } from '../../../server/src/crm/sync/api-types';
import { adminToken } from '../../support/admin';
import { adminCalls } from '../../support/admin-calls';
import { LOOP_KIND, orderRecord } from '../../support/crm/loop';
import type { TestDatabase } from '../../support/databases';
import { startPostgres } from '../../support/postgres';
import { type StrapiNode, startStrapiNode } from '../../support/strapi-node';
import { openWorld, until, type World } from './sync-world';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 120_000 });

let database: TestDatabase;
let world: World;
let there: StrapiNode;
let token: string;
const { call } = adminCalls(() => token);

const startThere = () =>
  startStrapiNode(
    { ...database.env, CLV_TEST_KIND: LOOP_KIND },
    { crm: { privateHosts: [world.loop.server.host] }, value: { currency: 'EUR' } },
  );

beforeAll(async () => {
  database = await startPostgres();
  world = await openWorld(database);
  there = await startThere();
  token = await adminToken(world.app.strapi, world.app.url);
});
afterAll(async () => {
  await there.stop();
  await world.stop();
  await database.stop();
});

const orders = (name: string, count: number) =>
  Array.from({ length: count }, (_, i) => orderRecord(`${name}${i}`, `customer${i % 7}`));
const asked = () => world.loop.server.log.filter(({ path }) => path === '/orders').length;

test('two nodes that start a stream at once run it once', async () => {
  world.loop.put('orders', orders('both', 30));
  const id = await world.connect();
  const path = `/crm/connections/${id}/streams/orders/run`;
  // Held up, so that neither is done before the other begins.
  world.loop.server.faults = [{ kind: 'status', status: 503, headers: { 'retry-after': '1' } }];
  const before = asked();
  const answers = await Promise.all([call(world.app, path, 'POST'), call(there, path, 'POST')]);
  expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
  const { jobId } = answers.find(({ status }) => status === 202)!.body;
  const job = await world.ended(jobId);
  expect((job.result as SyncResult).created).toBe(30);
  expect(asked() - before).toBe(4);
});

test('what is due is started by one node, whichever looks first', async () => {
  const id = await world.connect({ everyMinutes: { orders: 5 } });
  const runs = async () => (await world.call(`/connections/${id}/runs`)).body.runs;
  // Both clocks strike at the same minute.
  const now = Date.now();
  await Promise.all([world.sync.tick(now), world.sync.tick(now)]);
  await until(async () => (await world.streamOf(id, 'orders')).complete);
  expect((await runs()).length).toBe(1);
  await world.sync.tick(now + 60_000);
  expect((await runs()).length).toBe(1);
  await world.sync.tick(now + 300_000);
  await until(async () => (await runs()).length === 2);
  await world.call(`/connections/${id}`, 'PUT', { everyMinutes: { orders: null } });
});

test('a node that dies in the middle of a page leaves nothing of it, and another goes on behind the last one', async () => {
  world.loop.put('orders', orders('killed', 40));
  const id = await world.connect();
  const { idPrefix } = (await world.call(`/connections/${id}`)).body;
  const stored = async () =>
    Number(
      (await world.knex('clv_orders').where('order_id', 'like', `${idPrefix}%`).count({ n: '*' }))[0]!.n,
    );
  const cursor = async () =>
    (await world.knex('clv_streams').where({ connection_id: id, stream: 'orders' }).first('cursor')).cursor;

  let pages = 0;
  world.loop.server.chance = ({ path }) => {
    if (path === '/orders') pages += 1;
    return path === '/orders' && pages === 3 ? { kind: 'hang' } : null;
  };
  const { jobId } = (await call(there, `/crm/connections/${id}/streams/orders/run`, 'POST')).body;
  await until(async () => (await world.streamOf(id, 'orders')).done === 20);
  world.loop.server.chance = null;
  await call(world.app, `/crm/connections/${id}/streams/orders/pause`, 'POST');
  await world.ended(jobId);

  // The next page is in the database half: its rows are written, where they came from is not.
  const trx = await world.knex.transaction();
  await trx.raw('LOCK TABLE clv_crm_records IN SHARE ROW EXCLUSIVE MODE');
  const before = [await stored(), await cursor()];
  const second = (await call(there, `/crm/connections/${id}/streams/orders/resume`, 'POST')).body.jobId;
  await until(async () => {
    const { rows } = await world.knex.raw(
      "SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'clv_crm_records'::regclass",
    );
    return rows.length > 0;
  });
  await there.kill();
  await trx.rollback();
  expect([await stored(), await cursor()]).toEqual(before);

  // Thirty seconds pass.
  await world.knex('clv_jobs').where({ id: second }).update({ lease_until: 1 });
  expect((await world.run(id, 'orders')).status).toBe('done');
  const all = (await world.streamOf(id, 'orders')).total!;
  expect(await stored()).toBe(all);
  const links = await world.knex('clv_crm_records').where({ connection_id: id });
  expect(links).toHaveLength(all);
  const runs: { result: SyncResult | null }[] = (await world.call(`/connections/${id}/runs`)).body.runs;
  expect(runs.reduce((sum, { result }) => sum + (result?.created ?? 0), 0)).toBe(all);
  there = await startThere();
});
