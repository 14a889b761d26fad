import type { Knex } from 'knex';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { ChangesService } from '../../../server/src/activation/changes/service';
import type { SegmentDetail } from '../../../server/src/activation/segments/api-types';
import { adminToken, apiToken } from '../../support/admin';
import { adminCalls, over } from '../../support/admin-calls';
import type { TestDatabase } from '../../support/databases';
import { startPostgres } from '../../support/postgres';
import { startStrapi, type TestStrapi } from '../../support/strapi';
import { type StrapiNode, startStrapiNode } from '../../support/strapi-node';
import { customerKey, insertValueWorld, personKey } from '../../support/value-world';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 120_000 });

const config = { prediction: { schedule: false }, ranking: { schedule: false, refresh: false } };
const FREQUENT = { match: 'all', rules: [{ field: 'orders', min: 3 }] };

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
  await insertValueWorld(knex, { persons: 300 });
});
afterAll(async () => {
  await there?.stop();
  await here?.stop();
  await database?.stop();
});

const { call, jobWhen } = adminCalls(() => token);
const changes = (): ChangesService => here.strapi.plugin('clv').service('changes');
const members = async (id: string): Promise<string[]> =>
  (await knex('clv_segment_members')
    .where({ segment_id: id })
    .orderBy('person_id')
    .pluck('person_id')) as string[];
/** Who has three orders, by the values that there are. */
const frequent = async (): Promise<string[]> =>
  knex('clv_person_values').where('orders', '>=', 3).orderBy('person_id').pluck('person_id');
const isMarked = async () => Number((await knex('clv_activation_changes').count({ n: '*' }).first())!.n) > 0;

async function run(node: { url: string }): Promise<void> {
  const { body } = await call(node, '/value/run', 'POST');
  expect(await jobWhen(node, body.jobId, over)).toMatchObject({ status: 'done', error: null });
}
const segment = async (name: string, node: { url: string } = there): Promise<string> => {
  const input = { name, membership: 'live', rules: FREQUENT, public: false, toCrm: false };
  const { status, body } = await call(node, '/segments', 'POST', input);
  expect(status).toBe(201);
  return (body as SegmentDetail).segment.id;
};

let orders = 0;
const order = async (node: { url: string }, person: number) => {
  const [ordered_at, order_id] = [new Date().toISOString(), `new-${orders++}`];
  const one = { order_id, customer_id: customerKey(person), ordered_at, amount: 1_000, currency: 'EUR' };
  const answer = await fetch(`${node.url}/api/clv/orders`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ orders: [one] }),
  });
  expect(answer.status).toBe(200);
};

test('a segment made before the first run gets its members after it, on whichever node', async () => {
  const id = await segment('Early');
  expect(await members(id)).toEqual([]);
  await run(there);
  await vi.waitFor(async () => expect(await members(id)).toEqual(await frequent()), {
    timeout: 30_000,
    interval: 100,
  });
  expect((await members(id)).length).toBeGreaterThan(10);
});

test('two nodes that hear of orders at once bring every member up to date', async () => {
  const id = await segment('Frequent', here);
  const before = new Set(await members(id));
  const others = Array.from({ length: 300 }, (_, n) => n)
    .filter((n) => n % 5 !== 0 && !before.has(personKey(n)))
    .slice(0, 6);
  for (let times = 0; times < 3; times++) {
    await Promise.all(others.map((person, i) => order(i % 2 === 0 ? here : there, person)));
  }
  const expected = [...before, ...others.map(personKey)].sort();
  await vi.waitFor(async () => expect(await members(id)).toEqual(expected), {
    timeout: 30_000,
    interval: 100,
  });
  expect(await frequent()).toEqual(expected);
});

test('a node that is killed while everyone is looked at leaves the rest to the next one', async () => {
  const id = await segment('Whole', here);
  // This one is only to look on.
  await changes().stop();
  await vi.waitFor(async () => expect(await isMarked()).toBe(false), { timeout: 30_000, interval: 50 });
  const expected = await members(id);
  // As if everyone had changed: nobody is in it, and the next run finds out.
  await knex('clv_segment_members').where({ segment_id: id }).delete();

  const trx = await knex.transaction();
  await trx.raw('LOCK TABLE clv_segment_members IN ACCESS EXCLUSIVE MODE');
  await run(there);
  // Its transaction waits for the table when it dies.
  await vi.waitFor(async () => expect(await isMarked()).toBe(true), { timeout: 30_000, interval: 20 });
  await there.kill();
  await trx.rollback();
  expect(await isMarked(), 'the marks of those it was at are still there').toBe(true);

  there = await startStrapiNode(database.env, config);
  await vi.waitFor(async () => expect(await members(id)).toEqual(expected), {
    timeout: 30_000,
    interval: 100,
  });
  await vi.waitFor(async () => expect(await isMarked()).toBe(false), { timeout: 30_000, interval: 100 });
});
