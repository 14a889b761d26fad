import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type {
  Endpoint,
  EndpointMade,
  TriggerList,
  TriggerLog,
} from '../../../server/src/activation/triggers/api-types';
import type { TriggersService } from '../../../server/src/activation/triggers/service';
import type { PrivacyService } from '../../../server/src/privacy/service';
import { openTriggersWorld, type TriggersWorld } from '../../support/triggers-world';
import { openReceiver, type Received, type Receiver } from '../../support/webhook-receiver';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let world: TriggersWorld;
let receiver: Receiver;
let endpoint: Endpoint;
let triggerId: string;
let persons: string[];
/** As of the test's clock; timers of the server go by the real one, and find nothing due. */
let now = Date.now();

beforeAll(async () => {
  world = await openTriggersWorld({ env: {}, stop: async () => {} });
  receiver = await openReceiver();
  const made = await world.call(world.app, '/endpoints', 'POST', {
    name: 'Mail tool',
    url: receiver.url,
    enabled: true,
  });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  ({ endpoint } = made.body as EndpointMade);
  receiver.secret = (made.body as EndpointMade).secret;
  persons = await world
    .knex('clv_person_values')
    .where({ kind: 'customer' })
    .orderBy('person_id')
    .limit(60)
    .pluck('person_id');
  await world.set(persons, { p_alive: 0.9 });
  const trigger = await world.trigger({
    kind: 'churn-risk',
    actions: { endpoints: [endpoint.id], connections: [] },
  });
  triggerId = trigger.id;
});
afterAll(async () => {
  await world?.stop();
  await receiver?.server.close();
});
beforeEach(async () => {
  receiver.answer = () => ({ status: 204 });
  await send();
  receiver.taken.length = 0;
  receiver.wrong.length = 0;
  receiver.server.log.length = 0;
  await world.knex('clv_messages').delete();
  await world.knex('clv_deliveries').delete();
  await change({ enabled: true });
});

const triggers = () => world.service<TriggersService>('triggers');
/** @param random of the back-off: 1 for the longest wait */
const send = (random = 1) => triggers().send({ now: () => now, random: () => random });
const change = (input: object) =>
  world.call(world.app, `/endpoints/${endpoint.id}`, 'PUT', {
    name: endpoint.name,
    url: endpoint.url,
    enabled: true,
    ...input,
  });
const destination = () => `webhook:${endpoint.id}`;
const deliveries = () =>
  world.knex('clv_deliveries').where({ destination: destination() }).orderBy('message_id');
const list = async () => ((await world.call(world.app, '/triggers')).body as TriggerList).endpoints[0]!;

/** Makes so many persons cross, with the clock of the test at the present; the server's own timers send nothing. */
async function cross(count: number): Promise<string[]> {
  const ids = persons.slice(0, count);
  await change({ enabled: true });
  await world.knex('clv_endpoints').update({ breaker_until: Date.now() + 10 * HOUR, breaker_failures: 5 });
  await world.set(ids, { p_alive: 0.9 });
  await world.set(ids, { p_alive: 0.2 });
  now = Date.now();
  await world
    .knex('clv_deliveries')
    .where({ destination: destination(), state: 'waiting' })
    .update({ next_at: now + 11 * HOUR });
  await world.knex('clv_endpoints').update({ breaker_until: null, breaker_failures: 0 });
  now += 12 * HOUR;
  return (await world.messages(triggerId)).map(({ id }) => id);
}

test('a message arrives once, signed, by the id that it has everywhere, and Strapi’s own webhooks hear of it', async () => {
  const heard: string[] = [];
  const end = world.app.strapi.eventHub.on(
    'clv.churn-risk',
    async (message: Received) => void heard.push(message.id),
  );
  const ids = await cross(1);
  await send();
  end();
  expect(receiver.wrong).toEqual([]);
  expect(receiver.taken.map(({ id }) => id)).toEqual(ids);
  const [{ type, timestamp, data }] = receiver.taken as [Received];
  expect(type).toBe('clv.churn-risk');
  expect(Math.abs(Date.parse(timestamp) - Date.now())).toBeLessThan(HOUR);
  const [stored] = await world.messages(triggerId);
  expect(data).toEqual(stored!.message);
  expect(data).toMatchObject({
    trigger: { id: triggerId, kind: 'churn-risk' },
    person: { id: persons[0] },
    change: { from: null, to: 0.8 },
    value: { pAlive: 0.2, currency: 'EUR' },
    content: null,
  });
  expect(data.person.customerIds).toEqual([persons[0]!.replace('person', 'customer')]);
  await vi.waitFor(() => expect(heard).toEqual(ids), { timeout: 10_000 });
  const { allowedEvents } = world.app.strapi.get('webhookStore');
  expect([...allowedEvents.values()]).toContain('clv.churn-risk');
  const { body } = await world.call(world.app, '/triggers/log');
  expect((body as TriggerLog).messages[0]).toMatchObject({
    id: ids[0],
    arm: 'treated',
    deliveries: [
      { destination: 'strapi', state: 'sent', name: null },
      { state: 'sent', name: 'Mail tool', attempts: 1 },
    ],
  });
});

test('a receiver that is down for an hour loses nothing, and gets each message once', async () => {
  const ids = await cross(50);
  await receiver.server.kill();
  const downAt = now;
  for (; now < downAt + HOUR; now += MINUTE) await send(Math.random());
  expect(receiver.taken).toEqual([]);
  expect((await deliveries()).every((row) => row.state === 'waiting')).toBe(true);
  const attempts = (await deliveries()).reduce((sum, row) => sum + Number(row.attempts), 0);
  expect(attempts, 'a receiver that is down is left alone').toBeLessThan(100);
  expect((await list()).lastError).toContain('could not be reached');

  await receiver.server.revive();
  for (let tries = 0; tries < 200 && receiver.taken.length < ids.length; tries++, now += MINUTE)
    await send(Math.random());
  expect(receiver.wrong).toEqual([]);
  expect(receiver.taken.map(({ id }) => id).sort()).toEqual([...ids].sort());
});

test('failures are tried for more than a day, further and further apart, and then given up with the reason', async () => {
  const [id] = await cross(1);
  receiver.answer = () => ({ status: 500 });
  const from = now;
  let attempts = 0;
  // The breaker rests half an hour at most; the shortest waits.
  for (; now < from + 5 * 24 * HOUR; now += 10 * MINUTE) {
    await send(0);
    const [row] = await deliveries();
    if (Number(row.attempts) > attempts) attempts = Number(row.attempts);
    if (row.state === 'dead') break;
  }
  expect(now - from).toBeGreaterThan(24 * HOUR);
  const [row] = await deliveries();
  expect(row).toMatchObject({ message_id: id, state: 'dead' });
  expect(row.reason).toContain('answered 500');
  expect(receiver.server.log).toHaveLength(attempts);

  receiver.answer = () => ({ status: 200 });
  const retried = await world.call(world.app, '/triggers/deliveries/retry', 'POST', {
    destination: destination(),
  });
  expect(retried.body).toEqual({ changed: 1 });
  await send();
  expect(receiver.taken.map((message) => message.id)).toEqual([id]);
});

test('what a receiver refuses is given up sooner, and one that is gone is switched off', async () => {
  await cross(2);
  receiver.answer = () => ({ status: 422 });
  for (let tries = 0; tries < 6; tries++, now += 10 * MINUTE) await send(0);
  expect((await deliveries()).map(({ state }) => state)).toEqual(['waiting', 'waiting']);
  for (let tries = 0; tries < 30; tries++, now += 10 * MINUTE) await send(0);
  expect((await deliveries()).map((row) => [row.state, Number(row.attempts)])).toEqual([
    ['dead', 9],
    ['dead', 9],
  ]);
  const dropped = await world.call(world.app, '/triggers/deliveries/drop', 'POST', {
    destination: destination(),
  });
  expect(dropped.body).toEqual({ changed: 2 });
  expect(await deliveries()).toEqual([]);

  await cross(1);
  receiver.answer = () => ({ status: 410 });
  await send();
  expect(await list()).toMatchObject({ enabled: false, dead: 1 });
  receiver.server.log.length = 0;
  await world.set(persons.slice(1, 3), { p_alive: 0.9 });
  await world.set(persons.slice(1, 3), { p_alive: 0.2 });
  await send();
  expect(receiver.server.log).toEqual([]);
});

test('one that asks for patience gets it, and one that is slow is not waited for', async () => {
  const ids = await cross(20);
  receiver.answer = () => ({ status: 429, headers: { 'retry-after': '7200' } });
  await send();
  const asked = receiver.server.log.length;
  expect(asked).toBeLessThanOrEqual(8);
  now += HOUR;
  await send();
  expect(receiver.server.log, 'nothing is sent before the time').toHaveLength(asked);
  expect((await list()).restsUntil).not.toBeNull();

  now += 2 * HOUR;
  let slow = 0;
  receiver.answer = async () => {
    if (slow++ > 0) return { status: 204 };
    await sleep(10_500);
    return { status: 204 };
  };
  for (let tries = 0; tries < 100 && receiver.ids().size < ids.length; tries++, now += MINUTE) await send();
  expect(receiver.ids()).toEqual(new Set(ids));
  expect(receiver.wrong).toEqual([]);
});

test('a redirect is not followed, and an address of a private network is refused', async () => {
  await cross(1);
  receiver.answer = () => ({ status: 302, headers: { location: `${receiver.server.url}/elsewhere` } });
  await send();
  expect(receiver.server.log.map(({ path: asked }) => asked)).toEqual(['/hooks/clv']);
  expect((await deliveries())[0].reason).toContain('redirect');
  const { status, body } = await change({ url: 'http://10.0.0.7/hooks' });
  expect(status).toBe(400);
  expect(body.error.message).toContain('clv.config.activation.privateHosts');
});

test('nothing goes out of whoever takes consent back, or is erased, before it went', async () => {
  const ids = await cross(3);
  const [denies, erased, stays] = await world.messages(triggerId);
  await world.knex('clv_visitors').insert({
    visitor_key: `visitor-of-${denies!.personId}`,
    consent: 'denied',
    consent_at: Date.now(),
    consent_source: 'test',
  });
  await world.service<PrivacyService>('privacy').erasePerson({ personId: erased!.personId });
  await send();
  expect(receiver.taken.map(({ id }) => id)).toEqual([stays!.id]);
  const rows = await deliveries();
  expect(rows.map((row) => [row.message_id, row.state])).toEqual(
    ids.filter((id) => id !== erased!.id).map((id) => [id, id === stays!.id ? 'sent' : 'dead']),
  );
  persons = persons.filter((id) => id !== erased!.personId && id !== denies!.personId);
});

test('a secret is changed at once, a trial is told from a message, and no answer shows a secret twice', async () => {
  const { body } = await world.call(world.app, `/endpoints/${endpoint.id}/secret`, 'POST');
  const before = receiver.secret;
  expect(body.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(body.secret).not.toBe(before);
  const failing = await world.call(world.app, `/endpoints/${endpoint.id}/test`, 'POST');
  expect(failing.body).toMatchObject({ ok: false, status: 400 });
  receiver.secret = body.secret;
  const trial = await world.call(world.app, `/endpoints/${endpoint.id}/test`, 'POST');
  expect(trial.body).toMatchObject({ ok: true, status: 204, reason: null });
  // What else the server sends meanwhile by itself is not of concern here.
  expect(receiver.taken.filter(({ type }) => type === 'clv.test')).toHaveLength(1);
  const shown = JSON.stringify((await world.call(world.app, '/triggers')).body);
  expect(shown).not.toContain('whsec_');
  const [stored] = await world.knex('clv_endpoints').pluck('secret');
  expect(stored).not.toContain(body.secret.slice(6, 30));
});

test('the ten lines in the guide that verify a message do so', async () => {
  const guide = readFileSync(path.resolve(import.meta.dirname, '../../../docs/triggers.md'), 'utf8');
  const code = /```js\n([\s\S]*?function verified[\s\S]*?)```/.exec(guide)?.[1];
  const module = `data:text/javascript,${encodeURIComponent(`${code}\nexport default verified;`)}`;
  const { default: verified } = await import(/* @vite-ignore */ module);
  await cross(1);
  await send();
  const [{ headers, raw }] = receiver.server.log as [(typeof receiver.server.log)[0]];
  const body = raw.toString('utf8');
  expect(verified(receiver.secret, headers, body, now)).toBe(true);
  expect(verified(receiver.secret, headers, `${body} `, now)).toBe(false);
  expect(verified(`whsec_${Buffer.alloc(32).toString('base64')}`, headers, body, now)).toBe(false);
  expect(verified(receiver.secret, headers, body, now + HOUR)).toBe(false);
});
