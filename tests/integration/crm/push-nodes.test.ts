import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { adminToken } from '../../support/admin';
import { adminCalls, over } from '../../support/admin-calls';
import { LEDGER_KIND } from '../../support/crm/ledger';
import {
  CUSTOMERS,
  ledgerId,
  openPushWorld,
  PUSH_CONFIG,
  type PushWorld,
} from '../../support/crm/push-world';
import type { TestDatabase } from '../../support/databases';
import { startPostgres } from '../../support/postgres';
import { type StrapiNode, startStrapiNode } from '../../support/strapi-node';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 120_000 });

let database: TestDatabase;
let world: PushWorld;
let there: StrapiNode;
let token: string;
const startThere = () => startStrapiNode({ ...database.env, CLV_TEST_KIND: LEDGER_KIND }, PUSH_CONFIG);

beforeAll(async () => {
  database = await startPostgres();
  world = await openPushWorld(database);
  token = await adminToken(world.app.strapi, world.app.url);
  there = await startThere();
});
afterAll(async () => {
  await there?.stop();
  await world?.stop();
});
beforeEach(async () => {
  world.ledger.written.length = 0;
  world.ledger.after = async () => {};
  // Everybody is to be told anew.
  await world.knex('clv_streams').where({ stream: 'push' }).update({ cursor: null, paused: true });
});

const { call, jobWhen } = adminCalls(() => token);
const here = () => world.app;
const runPath = () => `/crm/connections/${world.connectionId}/streams/push/run`;
const run = (node: { url: string }) => call(node, runPath(), 'POST');
const everybody = CUSTOMERS.map(ledgerId).sort();
const written = () => [...world.ledger.written].sort();

test('two nodes that push at once send everything once', async () => {
  let jobId = '';
  world.ledger.after = async () => {
    world.ledger.after = async () => {};
    // While the first batch is under way.
    const { status, body } = await run(there);
    expect(status).toBe(409);
    jobId = body.error.details.jobId;
  };
  const { status, body } = await run(here());
  expect(status).toBe(202);
  const job = await jobWhen(here(), body.jobId, over);
  expect(job).toMatchObject({ status: 'done', result: { stream: 'push', updated: CUSTOMERS.length } });
  expect(jobId).toBe(body.jobId);
  expect(written()).toEqual(everybody);
});

test('a node that is killed between sending and writing it down doubles nothing', async () => {
  let killed: Promise<void> | null = null;
  world.ledger.after = async () => {
    killed ??= there.kill();
    await killed;
  };
  expect((await run(there)).status).toBe(202);
  await vi.waitFor(() => expect(killed).not.toBeNull(), { timeout: 30_000, interval: 20 });
  await killed;
  world.ledger.after = async () => {};
  const sent = world.ledger.written.length;
  expect(sent).toBeGreaterThan(0);
  const values = structuredClone(world.ledger.values);
  expect(await world.knex('clv_outbox')).toHaveLength(CUSTOMERS.length);

  // As after the half minute in which the other nodes believe that it lives.
  await world.knex('clv_jobs').where({ kind: 'sync', status: 'running' }).update({ lease_until: 1 });
  const { body } = await run(here());
  expect(await jobWhen(here(), body.jobId, over)).toMatchObject({ status: 'done' });
  expect(new Set(written())).toEqual(new Set(everybody));
  expect(world.ledger.written, 'only what nobody knew of was sent again').toHaveLength(
    CUSTOMERS.length + sent,
  );
  for (const [id, before] of values) expect(world.ledger.values.get(id)).toEqual(before);
  expect(await world.knex('clv_outbox')).toEqual([]);
  there = await startThere();
});

test('what changed goes out by itself, once, whichever node looks first', async () => {
  await world.knex('clv_streams').where({ stream: 'push' }).update({ paused: false, last_started_at: null });
  await vi.waitFor(() => expect(world.ledger.written.length).toBeGreaterThanOrEqual(CUSTOMERS.length), {
    timeout: 60_000,
    interval: 100,
  });
  expect(written()).toEqual(everybody);
});
