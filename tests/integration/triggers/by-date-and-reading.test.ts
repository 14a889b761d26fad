import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { TriggerList, TriggerPreview } from '../../../server/src/activation/triggers/api-types';
import { noteForActivation } from '../../../server/src/storage/person-changes';
import { editorToken } from '../../support/admin';
import { adminCalls } from '../../support/admin-calls';
import { openTriggersWorld, type TriggersWorld, triggerInput } from '../../support/triggers-world';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const DAY = 86_400_000;
let world: TriggersWorld;
beforeAll(async () => {
  world = await openTriggersWorld({ env: {}, stop: async () => {} });
});
afterAll(() => world?.stop());

const told = async (triggerId: string) =>
  (await world.messages(triggerId)).map(({ personId }) => personId).sort();

test('orders that are due, and renewals, are told of when their time comes, once, by the clock alone', async () => {
  const due = await world.trigger({ kind: 'next-order-due' });
  const near = await world.trigger({ kind: 'renewal-near', settings: { daysBefore: 5 } });
  expect(await told(due.id)).toEqual([]);
  expect(await told(near.id)).toEqual([]);
  const waiting = async (id: string) =>
    world
      .knex('clv_trigger_states')
      .where({ trigger_id: id })
      .whereNotNull('due_at')
      .orderBy('due_at')
      .select('person_id', 'due_at');
  const orders = await waiting(due.id);
  expect(orders.length).toBeGreaterThan(10);

  // Renewals of the data: monthly, from the day on which each began, of subscriptions that run.
  const running = await world
    .knex('clv_subscriptions')
    .whereNull('ended_at')
    .select('customer_id', 'started_at');
  const renewals = await waiting(near.id);
  expect(renewals.length).toBeLessThanOrEqual(running.length);
  expect(renewals.length).toBeGreaterThan(0);

  const until = Date.now() + 4 * DAY;
  const expected = orders.filter((row) => Number(row.due_at) <= until).map((row) => row.person_id);
  expect(expected.length).toBeGreaterThan(0);
  await world.settle(until);
  expect(await told(due.id)).toEqual([...expected].sort());
  await world.settle(until);
  expect(await told(due.id)).toEqual([...expected].sort());
  const renewed = new Set(renewals.filter((row) => Number(row.due_at) <= until).map((row) => row.person_id));
  expect(new Set(await told(near.id))).toEqual(renewed);
  for (const { message } of await world.messages(near.id)) {
    const day = Date.parse(String(message.change.to));
    expect(day).toBeGreaterThan(Date.now() - DAY);
    expect(day).toBeLessThan(until + 6 * DAY);
  }
});

test('reading is told of for persons of the tier who allow it, each item once', async () => {
  const item = await world.knex('clv_contents').where({ document_id: 'doc-3' }).first();
  const key = `${item.uid}/${item.document_id}`;
  const best = await world.knex('clv_person_values').where({ tier: 'platinum' }).limit(3).pluck('person_id');
  const other = await world.knex('clv_person_values').where({ tier: 'bronze' }).limit(2).pluck('person_id');
  const [reader, denies, again] = best;
  await world.knex('clv_visitors').insert({
    visitor_key: `visitor-of-${denies}`,
    consent: 'denied',
    consent_at: Date.now(),
    consent_source: 'test',
  });
  const trigger = await world.trigger({ kind: 'content-read', settings: { contents: [key] } });
  let touches = 0;
  const read = async (personIds: string[]) => {
    const at = Date.now();
    for (const personId of personIds) {
      touches += 1;
      await world.knex('clv_touches').insert({
        message_id: `read-${touches}`,
        visitor_key: `visitor-of-${personId}`,
        content_id: item.id,
        kind: 'read',
        occurred_at: at,
        received_at: at,
        source: 'tracker',
      });
    }
    await noteForActivation(world.knex, personIds);
    await world.settle();
  };
  await read([...best, ...other]);
  const readers = [reader, again].sort();
  expect(await told(trigger.id)).toEqual(readers);
  await read([...best, ...other]);
  expect(await told(trigger.id)).toEqual(readers);
  const [first] = await world.messages(trigger.id);
  expect(first!.message).toMatchObject({
    content: { key, title: 'Piece 3' },
    change: { from: null, to: key },
  });
});

test('a preview counts those who are there, by the data', async () => {
  const { id } = await world.knex('clv_value_runs').orderBy('published_at', 'desc').first('id');
  const customers = await world
    .knex('clv_person_values')
    .where({ run_id: id, kind: 'customer' })
    .select('p_alive', 'tier');
  const preview = async (input: Parameters<typeof triggerInput>[0]) =>
    (await world.call(world.app, '/triggers/preview', 'POST', triggerInput(input))).body as TriggerPreview;
  expect(await preview({ kind: 'churn-risk', settings: { threshold: 0.4 } })).toMatchObject({
    population: customers.length,
    there: customers.filter((row) => row.p_alive !== null && 1 - row.p_alive >= 0.4).length,
    example: { trigger: { kind: 'churn-risk' } },
  });
  expect(await preview({ kind: 'tier-up', settings: { tiers: ['gold'] } })).toMatchObject({
    there: customers.filter(({ tier }) => tier === 'gold').length,
  });
});

test('whoever may see but not change does just that, and single persons need their own permission', async () => {
  const { strapi, url } = world.app;
  const reader = await editorToken(strapi, url, ['plugin::clv.activation.read']);
  const both = await editorToken(strapi, url, ['plugin::clv.activation.read', 'plugin::clv.customers.read']);
  const by = (token: string) => adminCalls(() => token).call;
  const address = 'https://hooks.example.com/services/a-path-like-a-password';
  await world.call(world.app, '/endpoints', 'POST', { name: 'Chat', url: address, enabled: false });
  const urlsFor = async (call: typeof world.call) =>
    ((await call(world.app, '/triggers')).body as TriggerList).endpoints.map((endpoint) => endpoint.url);
  expect(await urlsFor(world.call)).toEqual([address]);
  expect(await urlsFor(by(reader))).toEqual(['https://hooks.example.com']);
  expect((await by(reader)(world.app, '/triggers/log')).status).toBe(403);
  expect((await by(both)(world.app, '/triggers/log')).status).toBe(200);
  expect((await by(both)(world.app, '/triggers', 'POST', triggerInput({ kind: 'tier-up' }))).status).toBe(
    403,
  );
  expect((await by(both)(world.app, '/endpoints/x', 'DELETE')).status).toBe(403);

  const wrong = async (input: object) => {
    const { status, body } = await world.call(world.app, '/triggers', 'POST', {
      ...triggerInput({ kind: 'tier-up' }),
      ...input,
    });
    expect(status).toBe(400);
    return body.error.message;
  };
  expect(await wrong({ holdout: 0.9 })).toContain('holdout');
  expect(await wrong({ segmentId: 'nowhere' })).toContain('There is no segment nowhere');
  expect(await wrong({ actions: { endpoints: ['gone'], connections: [] } })).toContain(
    'There is no webhook gone',
  );
  expect((await world.call(world.app, '/triggers/nothing', 'DELETE')).status).toBe(404);
});
