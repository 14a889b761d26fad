import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { storePage } from '../../../server/src/crm/sync/pull/store-page';
import type { IdentityService } from '../../../server/src/identity/service';
import { apiToken } from '../../support/admin';
import {
  addRecords,
  CUSTOMERS,
  ledgerId,
  openPushWorld,
  PREFIX,
  type PushWorld,
} from '../../support/crm/push-world';
import { DATABASES } from '../../support/databases';
import { customerKey, personKey } from '../../support/value-world';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const DAY = 86_400_000;
let ids = 0;
const fresh = (name: string) => `${name}-${Date.now()}-${ids++}`;

const threeFigures = (minor: number) => Number(minor.toPrecision(3));
const totalOf = ({ total }: { total: unknown }) => threeFigures(Number(total)) / 100;

for (const { name, start, missing } of DATABASES) {
  if (missing === null) describe(`what goes out to a CRM on ${name}`, () => tests(start));
}

function tests(start: (typeof DATABASES)[number]['start']) {
  let world: PushWorld;
  let token: string;

  beforeAll(async () => {
    world = await openPushWorld(await start());
    token = await apiToken(world.app.strapi, { type: 'full-access' });
  });
  afterAll(() => world?.stop());
  afterEach(() => {
    world.ledger.judge = () => ({ status: 'ok' });
    world.ledger.before = async () => {};
  });

  const told = (n: number) => world.ledger.values.get(ledgerId(n));
  /** The customers written since the last time this was asked. */
  const written = () => world.ledger.written.splice(0).sort();
  const rowOf = (n: number) =>
    world
      .knex('clv_person_values as v')
      .join('clv_value_runs as r', 'r.id', 'v.run_id')
      .where('v.person_id', personKey(n))
      .orderBy('r.published_at', 'desc')
      .first('v.*');
  const order = async (n: number) => {
    const answer = await fetch(`${world.app.url}/api/clv/orders`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        orders: [
          {
            order_id: fresh('order'),
            customer_id: customerKey(n),
            ordered_at: new Date(Date.now() - 1_000).toISOString(),
            amount: 120,
            cost: 40,
            currency: 'EUR',
          },
        ],
      }),
    });
    expect(await answer.json()).toMatchObject({ created: 1 });
    await world.flush();
  };
  const touch = (n: number, fields: object = {}) =>
    world.knex('clv_touches').insert({
      message_id: fresh('touch'),
      visitor_key: `visitor-of-${personKey(n)}`,
      content_id: 100_003,
      kind: 'read',
      occurred_at: Date.now() - 1_000,
      received_at: Date.now(),
      seconds: 40,
      depth: 80,
      source: 'tracker',
      ...fields,
    });
  const consent = async (n: number, state: 'granted' | 'denied' | 'unknown') => {
    const identity = world.service<IdentityService>('identity');
    await identity.setConsent({ visitorKey: `visitor-of-${personKey(n)}`, state, source: 'test' });
    await world.flush();
  };

  test('every customer of the CRM is told once, and nobody when nothing changed', async () => {
    const result = await world.push();
    expect(result).toMatchObject({ seen: CUSTOMERS.length, updated: CUSTOMERS.length, failed: 0 });
    expect(written()).toEqual(CUSTOMERS.map(ledgerId));
    expect(world.ledger.prepared).toBe(1);
    expect(await world.push()).toMatchObject({ seen: 0, updated: 0, requests: 0 });

    const row = await rowOf(1);
    expect(told(1)).toMatchObject({
      predicted: threeFigures(Number(row.predicted)) / 100,
      total: threeFigures(Number(row.total)) / 100,
      tier: row.tier,
      stage: row.stage,
    });
    const { p_alive, churn_risk, reading_score, last_content_at, next_order_at } = told(1)!;
    expect(Number(p_alive)).toBeCloseTo(row.p_alive, 1);
    expect(Number(p_alive) + Number(churn_risk)).toBeCloseTo(1, 10);
    expect(Number(last_content_at) % DAY).toBe(0);
    expect(next_order_at === null || Number(next_order_at) % DAY === 0).toBe(true);
    expect(Number(reading_score)).toBeGreaterThanOrEqual(0);
    expect(Number(reading_score)).toBeLessThanOrEqual(100);
  });

  test('an order, and what somebody read, go out for that customer alone', async () => {
    const before = told(2);
    await order(2);
    expect(await world.push()).toMatchObject({ seen: 1, updated: 1 });
    expect(written()).toEqual([ledgerId(2)]);
    expect(told(2)!.total).not.toBe(before!.total);

    await touch(3, { seconds: 900_000 });
    await order(3);
    await world.push();
    expect(written()).toEqual([ledgerId(3)]);
    expect(told(3)).toMatchObject({ last_content: 'Piece 3', top_content: 'Piece 3', reading_score: 100 });
  });

  test('a change that is no change of what the CRM knows is not sent', async () => {
    await world.knex('clv_person_changes').insert({ person_id: personKey(4), change_id: 'again' });
    expect(await world.push()).toMatchObject({ seen: 0, unchanged: 1 });
    expect(await world.knex('clv_person_changes').first()).toBeUndefined();
  });

  test('a new run compares everybody, and sends those whom it sees otherwise', async () => {
    await world.value();
    const result = await world.push();
    expect(result.updated + result.unchanged).toBe(CUSTOMERS.length);
    expect(written()).toHaveLength(result.updated);
    for (const n of CUSTOMERS) expect(told(n)!.total, String(n)).toBe(totalOf(await rowOf(n)));
  });

  /** Does something while the next request is under way. */
  const meanwhile = (work: () => Promise<unknown>) => {
    world.ledger.before = async () => {
      world.ledger.before = async () => {};
      await work();
    };
  };

  test('a change while it is sent goes out behind it', async () => {
    await order(6);
    meanwhile(() => order(6));
    expect(await world.push()).toMatchObject({ updated: 2 });
    expect(told(6)!.total).toBe(totalOf(await rowOf(6)));
  });

  test('a change that is found out while the one before is sent stays in the outbox', async () => {
    await order(6);
    meanwhile(async () => {
      await order(6);
      // Another connection's push finds it out; this one cannot send it.
      world.ledger.judge = () => ({ status: 'transient' });
      await world.push();
      world.ledger.judge = () => ({ status: 'ok' });
    });
    await world.push();
    expect(told(6)!.total).not.toBe(totalOf(await rowOf(6)));
    await world.push({ now: () => Date.now() + DAY });
    expect(told(6)!.total).toBe(totalOf(await rowOf(6)));
  });

  test('a node that sends what another one overtook does not have the last word', async () => {
    await order(6);
    meanwhile(async () => {
      await order(6);
      await world.push();
    });
    await world.push();
    await world.push();
    expect(told(6)!.total).toBe(totalOf(await rowOf(6)));
    expect(await world.push()).toMatchObject({ seen: 0 });
  });

  test('who denies consent is emptied in the CRM, and comes back with it', async () => {
    await consent(7, 'denied');
    await world.push();
    expect(new Set(Object.values(told(7)!))).toEqual(new Set([null]));
    expect(
      await world
        .knex('clv_sent')
        .where({ customer_id: customerKey(7) })
        .first(),
    ).toBeUndefined();
    await order(7);
    written();
    expect(await world.push()).toMatchObject({ seen: 0 });

    await consent(7, 'granted');
    await world.push();
    expect(told(7)!.stage).toBe((await rowOf(7)).stage);
  });

  test('a download becomes one note, unless it was before the push began or is not of the kinds', async () => {
    const now = { kind: 'download', seconds: 0, occurred_at: Date.now() };
    await touch(8, { ...now, message_id: fresh('paper') });
    await touch(8, { ...now, message_id: fresh('article'), content_id: 100_001 });
    await touch(8, { ...now, message_id: fresh('old'), occurred_at: Date.now() - 30 * DAY });
    await order(8);
    expect(await world.push()).toMatchObject({ created: 1 });
    expect([...world.ledger.notes.values()]).toEqual(['Downloaded: Piece 3']);
    expect([...world.ledger.notes.keys()][0]).toMatch(new RegExp(`^${ledgerId(8)} [0-9a-f]{64}$`));
    await order(8);
    expect(await world.push()).toMatchObject({ created: 0 });
  });

  test('a merge gives both customers of the person the same', async () => {
    const identity = world.service<IdentityService>('identity');
    const mergeId = await identity.merge(personKey(11), personKey(12), 'test', 'one human');
    await world.flush();
    await world.push();
    expect(told(11)).toEqual(told(12));
    await identity.undoMerge(mergeId, 'test');
    await world.flush();
    await world.push();
    expect(told(11)).not.toEqual(told(12));
    expect(told(11)!.total).toBe(totalOf(await rowOf(11)));
  });

  test('a customer that the CRM got later is told too', async () => {
    await addRecords(world.knex, world.connectionId, [26]);
    await order(26);
    await world.push();
    expect(told(26)!.total).toBe(totalOf(await rowOf(26)));
  });

  test('a customer whom the CRM has only now is told of, though nothing else of them is new', async () => {
    const teller = {
      id: world.connectionId,
      kind: 'ledger',
      title: 'Ledger',
      name: 'Ledger',
      idPrefix: PREFIX,
    };
    const id = ledgerId(27);
    await world.push();
    written();
    await storePage(world.app.strapi, teller, {
      stream: 'customers',
      records: [{ id, customers: [{ customer_id: id }] }],
    });
    expect(await world.push()).toMatchObject({ updated: 1 });
    expect(written()).toEqual([id]);
  });
}
