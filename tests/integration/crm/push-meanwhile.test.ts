import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { configOf } from '../../../server/src/config';
import { setConsent } from '../../../server/src/identity/consents';
import { CUSTOMERS, ledgerId, openPushWorld, type PushWorld } from '../../support/crm/push-world';
import { personKey } from '../../support/value-world';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let world: PushWorld;
beforeAll(async () => {
  world = await openPushWorld({ env: {}, stop: async () => {} }, { batch: 5 });
});
afterAll(() => world?.stop());
afterEach(() => {
  world.ledger.before = async () => {};
});

const deny = (n: number) =>
  setConsent(world.knex, { visitorKey: `visitor-of-${personKey(n)}`, state: 'denied', source: 'test' });
/** What the CRM was told of somebody, each value once. */
const told = (n: number) => [...new Set(Object.values(world.ledger.values.get(ledgerId(n)) ?? {}))];
const marked = (n: number) => world.knex('clv_person_changes').where({ person_id: personKey(n) });

test('whoever takes consent back while a push is under way is not told of any more', async () => {
  const denied = new Set<number>();
  world.ledger.before = async ({ path }) => {
    if (path === '/fields' || denied.size > 0) return;
    for (const n of CUSTOMERS.slice(-5)) denied.add(n);
    for (const n of denied) await deny(n);
  };
  await world.push();
  expect(denied.size).toBe(5);
  // What was on its way to the CRM already may be there, so theirs is emptied.
  for (const n of denied) expect(told(n)).toEqual([null]);
});

test('the mark of a changed consent is written with it', async () => {
  const n = CUSTOMERS[0]!;
  await deny(n);
  expect(await marked(n)).toHaveLength(1);
  await world.push();
  expect(told(n)).toEqual([null]);
});

test('values in the currency before are not sent as such in the new one', async () => {
  const n = CUSTOMERS[1]!;
  world.ledger.server.chance = () => ({ kind: 'status', status: 401 });
  await world.knex('clv_sent').delete();
  await world.knex('clv_person_changes').insert({ person_id: personKey(n), change_id: 'again' });
  await expect(world.push()).rejects.toMatchObject({ kind: 'auth' });
  world.ledger.server.chance = null;
  expect(await world.knex('clv_outbox')).not.toEqual([]);
  world.ledger.written.splice(0);
  const { value } = configOf(world.app.strapi);
  value.currency = 'USD';
  try {
    expect(await world.push()).toMatchObject({ seen: 0 });
  } finally {
    value.currency = 'EUR';
  }
  expect(world.ledger.written).toEqual([]);
  expect(await world.push()).toMatchObject({ updated: 1 });
});
