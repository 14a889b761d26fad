import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { EndpointMade } from '../../../server/src/activation/triggers/api-types';
import { noteForActivation } from '../../../server/src/storage/person-changes';
import { apiToken } from '../../support/admin';
import { startPostgres } from '../../support/postgres';
import { type StrapiNode, startStrapiNode } from '../../support/strapi-node';
import { openTriggersWorld, TRIGGERS_CONFIG, type TriggersWorld } from '../../support/triggers-world';
import { customerKey } from '../../support/value-world';
import { openReceiver, type Receiver } from '../../support/webhook-receiver';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const TIERS = ['platinum', 'gold', 'silver', 'bronze'];

let world: TriggersWorld;
let there: StrapiNode;
let receiver: Receiver;
let triggerId: string;
let key: string;
let env: Record<string, string>;
const config = {
  ...TRIGGERS_CONFIG,
  // Limits that stay while orders arrive, so that who crosses can be told from the orders alone.
  tiers: { of: 'historical', rule: 'bands', cuts: [10_000, 5_000, 1_000] },
};

beforeAll(async () => {
  const database = await startPostgres();
  env = database.env;
  world = await openTriggersWorld(database, { config });
  there = await startStrapiNode(env, config);
  key = await apiToken(world.app.strapi, { type: 'full-access' });
  receiver = await openReceiver();
  const made = await world.call(world.app, '/endpoints', 'POST', {
    name: 'Mail tool',
    url: receiver.url,
    enabled: true,
  });
  const { endpoint, secret } = made.body as EndpointMade;
  receiver.secret = secret;
  const trigger = await world.trigger({
    kind: 'tier-up',
    actions: { endpoints: [endpoint.id], connections: [] },
  });
  triggerId = trigger.id;
});
afterAll(async () => {
  await there?.stop();
  await world?.stop();
  await receiver?.server.close();
});

let orders = 0;
/** An order at a node; one that does not answer is asked again, by the same id. */
async function order(node: () => { url: string }, customerId: string, amount: number): Promise<void> {
  orders += 1;
  const body = JSON.stringify({
    orders: [
      {
        order_id: `node-${orders}`,
        customer_id: customerId,
        ordered_at: new Date().toISOString(),
        amount,
        currency: 'EUR',
      },
    ],
  });
  for (let tries = 0; ; tries++) {
    try {
      const answer = await fetch(`${node().url}/api/clv/orders`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body,
      });
      if (answer.ok) return;
      if (tries === 300) throw new Error(`order: ${answer.status} ${await answer.text()}`);
    } catch (error) {
      if (tries === 300) throw error;
    }
    await sleep(200);
  }
}

const tiers = async (): Promise<Map<string, number>> => {
  const { id } = await world.knex('clv_value_runs').orderBy('published_at', 'desc').first('id');
  const rows = await world
    .knex('clv_person_values')
    .where({ run_id: id })
    .whereNotNull('tier')
    .select('person_id', 'tier');
  return new Map(rows.map((row) => [row.person_id, TIERS.indexOf(row.tier)]));
};
/** From the worst tier to the best: two steps would be two crossings, depending on who looks when. */
const poor = async () => [...(await tiers())].filter(([, tier]) => tier === 3).map(([id]) => id);
const told = async () => (await world.messages(triggerId)).map(({ personId }) => personId).sort();
const allArrived = async (expected: string[]) => {
  await vi.waitFor(async () => expect(await told()).toEqual([...expected].sort()), {
    timeout: 60_000,
    interval: 200,
  });
  await vi.waitFor(() => expect(receiver.ids().size).toBe(expected.length), {
    timeout: 60_000,
    interval: 200,
  });
};

test('orders that arrive at both nodes make one message for each crossing, by one id, whichever node looks', async () => {
  const persons = (await poor()).slice(0, 24);
  expect(persons).toHaveLength(24);
  const nodes = [() => world.app, () => there];
  await Promise.all(
    persons.map(async (id, n) => {
      const customerId = customerKey(Number(id.slice(-6)));
      // The second order of the same person comes to the other node.
      await Promise.all([
        order(nodes[n % 2]!, customerId, 20_000),
        order(nodes[(n + 1) % 2]!, customerId, 100),
      ]);
    }),
  );
  await allArrived(persons);
  // Whoever looks again, here or there, finds nothing new.
  await noteForActivation(world.knex, persons);
  await world.settle();
  await sleep(1_500);
  expect(await told()).toEqual([...persons].sort());
  expect(receiver.taken, 'nobody was stopped, so none came twice').toHaveLength(persons.length);
  expect(receiver.wrong).toEqual([]);
});

test('a node that is killed again and again loses no crossing and tells none twice', async () => {
  const before = await told();
  const start = await tiers();
  const persons = (await poor()).slice(0, 30);
  expect(persons.length).toBeGreaterThan(20);
  let killed = false;
  const pace = (async () => {
    for (let times = 0; times < 2; times++) {
      await sleep(400);
      await there.kill();
      killed = true;
      there = await startStrapiNode(env, config);
    }
  })();
  for (const id of persons) {
    await order(() => there, customerKey(Number(id.slice(-6))), 20_000);
    await sleep(30);
  }
  await pace;
  expect(killed).toBe(true);
  // What a killed node had only in memory, the next run of the value engine sees.
  await world.value();
  const end = await tiers();
  const crossed = [...end].filter(([id, tier]) => start.has(id) && tier < start.get(id)!).map(([id]) => id);
  expect([...crossed].sort()).toEqual([...persons].sort());
  // What was leased by a node that is no more is free after a minute.
  await world.knex('clv_deliveries').where({ state: 'waiting' }).update({ lease_until: null });
  await allArrived([...before, ...crossed]);
  const ids = (await world.messages(triggerId)).map(({ id }) => id);
  expect(receiver.ids()).toEqual(new Set(ids));
  expect(receiver.wrong).toEqual([]);
});
