import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { LoggedMessage, TriggerLog } from '../../../server/src/activation/triggers/api-types';
import type { TriggersService } from '../../../server/src/activation/triggers/service';
import type { ConnectorsService } from '../../../server/src/crm/sync/connections/registry';
import type { ConnectionsService } from '../../../server/src/crm/sync/connections/service';
import { runPush } from '../../../server/src/crm/sync/push/run';
import { type Ledger, ledgerKind, openLedger, TOKEN } from '../../support/crm/ledger';
import { addRecords, CUSTOMERS, ledgerId, PREFIX } from '../../support/crm/push-world';
import { openTriggersWorld, type TriggersWorld } from '../../support/triggers-world';
import { personKey } from '../../support/value-world';

/*
 * Messages that go to a CRM, as a note at the customer there: from the crossing to the CRM's own books.
 */

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const MINUTE = 60_000;

let world: TriggersWorld;
let ledger: Ledger;
let connectionId: string;
let now = Date.now();

beforeAll(async () => {
  ledger = await openLedger();
  world = await openTriggersWorld(
    { env: {}, stop: async () => {} },
    { config: { crm: { privateHosts: ['127.0.0.1'] } } },
  );
  world.service<ConnectorsService>('connectors').register(ledgerKind());
  const { id } = await world.service<ConnectionsService>('connections').create({
    kind: 'ledger',
    name: 'Ledger',
    idPrefix: PREFIX,
    options: { url: ledger.server.url, token: TOKEN },
    mapping: {},
    push: { enabled: true, fields: ['tier'], noteKinds: [] },
    everyMinutes: {},
  });
  connectionId = id;
  await addRecords(world.knex, connectionId, CUSTOMERS);
  // Only what a test starts itself.
  await world.knex('clv_streams').where({ connection_id: connectionId }).update({ paused: true });
  await world.set([1, 2, 26].map(personKey), { p_alive: 0.9 });
  await world.trigger({ kind: 'churn-risk', actions: { endpoints: [], connections: [connectionId] } });
});
afterAll(async () => {
  await world?.stop();
  await ledger?.server.close();
});
beforeEach(async () => {
  ledger.notes.clear();
  ledger.judge = () => ({ status: 'ok' });
  await world.knex('clv_messages').delete();
  await world.knex('clv_deliveries').delete();
});

const cross = async (n: number) => {
  await world.set([personKey(n)], { p_alive: 0.9 });
  await world.set([personKey(n)], { p_alive: 0.2 });
};
/** Hands what is due to the outbox, or asks what became of it. */
const look = (later = 0) => {
  now = Date.now() + later;
  return world.service<TriggersService>('triggers').send({ now: () => now });
};
const push = () =>
  runPush(world.app.strapi, {
    params: { connectionId },
    progress: () => {},
    signal: new AbortController().signal,
  });
async function logged(): Promise<LoggedMessage[]> {
  const { body } = await world.call(world.app, '/triggers/log');
  return (body as TriggerLog).messages;
}
const stateOf = (message: LoggedMessage | undefined) =>
  message?.deliveries.find(({ destination }) => destination === `crm:${connectionId}`);

test('a crossing becomes one note at the customer, and the log says when the CRM has it', async () => {
  await cross(1);
  await look();
  expect(ledger.notes.size, 'it goes out with the push').toBe(0);
  expect(stateOf((await logged())[0])).toMatchObject({ state: 'waiting', name: 'Ledger' });
  await push();
  expect([...ledger.notes]).toHaveLength(1);
  const [[key, title]] = [...ledger.notes] as [[string, string]];
  expect(key.startsWith(`${ledgerId(1)} `)).toBe(true);
  expect(title).toBe('Risk of leaving: 80 %');
  await look(2 * MINUTE);
  expect(stateOf((await logged())[0])).toMatchObject({ state: 'sent' });

  ledger.notes.clear();
  await look(3 * MINUTE);
  await push();
  expect(ledger.notes.size, 'nothing is sent twice').toBe(0);
});

test('somebody whom the CRM does not have is told to it in no way, and the log says so', async () => {
  await cross(26);
  await look();
  await push();
  expect(ledger.notes.size).toBe(0);
  expect(stateOf((await logged())[0])).toMatchObject({
    state: 'dead',
    reason: 'The CRM does not have this customer.',
  });
});

test('a note that the CRM refuses is given up with its reason, and goes out when it is sent again', async () => {
  ledger.judge = () => ({ status: 'permanent', reason: 'notes are closed for this customer' });
  await cross(2);
  await look();
  await push();
  await look(2 * MINUTE);
  const [message] = await logged();
  expect(stateOf(message)).toMatchObject({ state: 'dead' });
  expect(stateOf(message)!.reason).toContain('notes are closed for this customer');

  ledger.judge = () => ({ status: 'ok' });
  const { body } = await world.call(world.app, '/triggers/deliveries/retry', 'POST', {
    deliveries: [{ messageId: message!.id, destination: `crm:${connectionId}` }],
  });
  expect(body).toEqual({ changed: 1 });
  await look();
  await push();
  expect([...ledger.notes.values()]).toEqual(['Risk of leaving: 80 %']);
});
