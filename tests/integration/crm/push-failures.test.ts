import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ConnectorError } from '../../../server/src/crm/connector-error';
import type { DeadPage } from '../../../server/src/crm/sync/api-types';
import type { PrivacyService } from '../../../server/src/privacy/service';
import { adminToken, editorToken } from '../../support/admin';
import { CUSTOMERS, ledgerId, openPushWorld, type PushWorld, TOKEN } from '../../support/crm/push-world';
import { DATABASES } from '../../support/databases';
import { customerKey } from '../../support/value-world';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const BATCH = 6;

for (const { name, start, missing } of DATABASES) {
  if (missing === null) describe(`a push that meets failures on ${name}`, () => tests(start));
}

function tests(start: (typeof DATABASES)[number]['start']) {
  let world: PushWorld;
  let token: string;
  /** How far the clock of the push is ahead. */
  let ahead = 0;

  beforeAll(async () => {
    world = await openPushWorld(await start(), { batch: BATCH });
    token = await adminToken(world.app.strapi, world.app.url);
  });
  afterAll(() => world?.stop());
  beforeEach(async () => {
    const { ledger, knex } = world;
    ledger.judge = () => ({ status: 'ok' });
    ledger.before = async () => {};
    ledger.todo = [];
    ledger.server.faults = [];
    ledger.server.chance = null;
    ledger.written.length = 0;
    ledger.server.log.length = 0;
    ahead = 0;
    await knex('clv_outbox').delete();
    await knex('clv_sent').delete();
    await knex('clv_person_changes').delete();
    await knex('clv_connections').update({ breaker_failures: 0, breaker_until: null });
    // Everybody is to be told anew.
    await knex('clv_streams').where({ stream: 'push' }).update({ cursor: null });
    await knex('clv_crm_records').update({ gone_at: null });
  });

  const now = () => Date.now() + ahead;
  const push = () => world.push({ now });
  const failing = async () =>
    push().then(
      () => null,
      (error: ConnectorError) => ({
        kind: error.kind,
        message: error.message,
        retryAfterMs: error.retryAfterMs,
      }),
    );
  const outbox = () => world.knex('clv_outbox').orderBy('customer_id');
  const breaker = () => world.knex('clv_connections').first('breaker_failures', 'breaker_until');
  const writes = () => world.ledger.server.log.filter(({ path }) => path === '/insights');
  const sizes = () => writes().map(({ body }) => body.records.length);
  const ask = async (method: string, path: string, body?: object, as = token) => {
    const answer = await fetch(`${world.app.url}/clv/crm/connections/${world.connectionId}/dead${path}`, {
      method,
      headers: { authorization: `Bearer ${as}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: await answer.json() };
  };

  test('one bad record sinks nobody else: it is given up with its reason', async () => {
    const bad = ledgerId(3);
    world.ledger.judge = (id) =>
      id === bad ? { status: 'permanent', reason: 'stage is no choice of "Stage"' } : { status: 'ok' };
    expect(await push()).toMatchObject({ updated: CUSTOMERS.length - 1, failed: 1 });
    expect(await outbox()).toMatchObject([
      { customer_id: customerKey(3), state: 'dead', error_kind: 'permanent', attempts: 1 },
    ]);
    const { body } = await ask('GET', '');
    expect(body as DeadPage).toMatchObject({
      total: 1,
      page: 1,
      letters: [{ customerId: customerKey(3), noteKey: null, reason: 'stage is no choice of "Stage"' }],
    });
    expect(await push()).toMatchObject({ seen: 0 });

    world.ledger.judge = () => ({ status: 'ok' });
    expect(await ask('POST', '/replay', { ids: [body.letters[0].id] })).toMatchObject({ body: { count: 1 } });
    expect(await push()).toMatchObject({ updated: 1 });
    expect(await outbox()).toEqual([]);
  });

  test('dropped letters are forgotten; what changes of the customer later is sent', async () => {
    world.ledger.judge = () => ({ status: 'permanent' });
    await push();
    expect(await ask('POST', '/drop')).toEqual({ status: 200, body: { count: CUSTOMERS.length } });
    expect((await ask('GET', '')).body).toMatchObject({ total: 0, letters: [] });
    world.ledger.judge = () => ({ status: 'ok' });
    await world.knex('clv_streams').where({ stream: 'push' }).update({ cursor: null });
    expect(await push()).toMatchObject({ updated: CUSTOMERS.length });
  });

  test('who may see connections may not replay; wrong requests say what is wrong', async () => {
    const reader = await editorToken(world.app.strapi, world.app.url, ['plugin::clv.crm.read']);
    expect((await ask('GET', '', undefined, reader)).status).toBe(200);
    expect((await ask('POST', '/replay', {}, reader)).status).toBe(403);
    expect((await ask('POST', '/drop', {}, reader)).status).toBe(403);
    expect((await ask('POST', '/drop', { id: 'x' })).status).toBe(400);
    expect((await ask('GET', '?page=0')).status).toBe(400);
    const nowhere = await fetch(`${world.app.url}/clv/crm/connections/none/dead`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(nowhere.status).toBe(404);
  });

  test('a record that fails for now waits longer each time, and is given up after eight', async () => {
    const bad = ledgerId(3);
    world.ledger.judge = (id) => ({ status: id === bad ? 'transient' : 'ok' });
    const waits: number[] = [];
    for (let attempt = 1; attempt < 8; attempt++) {
      await push();
      const [row] = await outbox();
      expect(row).toMatchObject({ state: 'waiting', attempts: attempt });
      waits.push(Number(row.next_at) - Number(row.updated_at));
      expect(await push(), 'not before its time').toMatchObject({ seen: 0 });
      ahead += Number(row.next_at) - now();
    }
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(new Set(waits).size).toBe(waits.length);
    expect(await push()).toMatchObject({ failed: 1 });
    expect(await outbox()).toMatchObject([{ state: 'dead', attempts: 8, error_kind: 'transient' }]);
  });

  test('a customer that the CRM has no more is told nothing more', async () => {
    world.ledger.judge = (id) => ({ status: id === ledgerId(3) ? 'gone' : 'ok' });
    expect(await push()).toMatchObject({ removed: 1, failed: 0 });
    expect(await outbox()).toEqual([]);
    const record = await world
      .knex('clv_crm_records')
      .where({ row_key: customerKey(3) })
      .first();
    expect(record.gone_at).not.toBeNull();
    await world.knex('clv_streams').where({ stream: 'push' }).update({ cursor: null });
    await push();
    expect(world.ledger.written).not.toContain(ledgerId(3));
  });

  test('a record that the CRM stumbles over is found by smaller batches, and the others go out', async () => {
    const bad = ledgerId(9);
    world.ledger.server.chance = ({ body, path }) =>
      path === '/insights' && body.records.some((record: { customerId: string }) => record.customerId === bad)
        ? { kind: 'status', status: 500 }
        : null;
    await push();
    expect(new Set(world.ledger.written).size).toBe(CUSTOMERS.length - 1);
    expect(await outbox()).toMatchObject([{ customer_id: customerKey(9), state: 'waiting', attempts: 1 }]);
    expect(sizes()).toContain(1);
    expect(await breaker()).toMatchObject({ breaker_failures: 0, breaker_until: null });
  });

  test('a CRM that is down is left alone for a while, then tried by one batch', async () => {
    world.ledger.server.chance = ({ path }) => (path === '/insights' ? { kind: 'reset' } : null);
    const stopped = await failing();
    expect(stopped).toMatchObject({ kind: 'transient' });
    expect(stopped!.message).toContain('Ledger failed 5 times in a row');
    expect(writes()).toHaveLength(5);
    expect(await failing()).toMatchObject({ kind: 'transient' });
    expect(writes(), 'nothing is asked while it rests').toHaveLength(5);

    ahead = 2 * MINUTE;
    await failing();
    expect(writes(), 'one batch shows that it is still down').toHaveLength(6);
    const { breaker_failures, breaker_until } = await breaker();
    expect(Number(breaker_failures)).toBe(6);
    expect(Number(breaker_until) - now()).toBeGreaterThan(MINUTE);
    const attempts: number[] = (await outbox()).map((row) => row.attempts);
    expect(Math.max(...attempts), 'nobody is given up because of an outage').toBeLessThan(3);

    world.ledger.server.chance = null;
    ahead = DAY;
    expect(await push()).toMatchObject({ updated: CUSTOMERS.length });
    expect(await breaker()).toMatchObject({ breaker_failures: 0, breaker_until: null });
    expect(sizes()[6], 'the batch that decides is a small one').toBe(1);
  });

  test.each([
    ['for two minutes', 429, { 'retry-after': '120' }, 120_000],
    ['until tomorrow', 429, { 'retry-after': '50000' }, 50_000_000],
  ])('a CRM that asks for patience %s gets it, and nothing is lost', async (_, status, headers, wait) => {
    world.ledger.server.chance = () =>
      world.ledger.server.log.filter(({ path }) => path === '/insights').length === 2
        ? { kind: 'status', status, headers: headers as Record<string, string> }
        : null;
    expect(await failing()).toMatchObject({ kind: 'rate-limit', retryAfterMs: wait });
    expect(await outbox()).toHaveLength(CUSTOMERS.length - BATCH);
    expect((await outbox()).every((row) => row.attempts === 0 && row.state === 'waiting')).toBe(true);
    expect(await breaker()).toMatchObject({ breaker_failures: 0 });
    world.ledger.server.chance = null;
    expect(await push()).toMatchObject({ updated: CUSTOMERS.length - BATCH });
  });

  test('refused credentials stop the push at once, without a word of them', async () => {
    world.ledger.server.chance = ({ path }) =>
      path === '/insights' ? { kind: 'status', status: 401 } : null;
    const stopped = await failing();
    expect(stopped).toMatchObject({ kind: 'auth' });
    expect(stopped!.message).not.toContain(TOKEN);
    expect(writes()).toHaveLength(1);
    expect(await outbox()).toHaveLength(CUSTOMERS.length);
  });

  test('fields are made before the first push, and again when the CRM misses one', async () => {
    const before = world.ledger.prepared;
    await push();
    expect(world.ledger.prepared).toBe(before + 1);
    await world.knex('clv_sent').delete();
    await world
      .knex('clv_streams')
      .where({ stream: 'push' })
      .update({
        cursor: JSON.stringify({ since: 0, schema: true, basis: null, marking: null }),
      });
    world.ledger.judge = () => ({ status: world.ledger.prepared > before + 1 ? 'ok' : 'config' });
    expect(await push()).toMatchObject({ updated: CUSTOMERS.length });
    expect(world.ledger.prepared).toBe(before + 2);
  });

  test('what somebody must do in the CRM by hand is said, and nothing is sent before', async () => {
    world.ledger.todo = ['Add a field clv_tier to customers.'];
    const stopped = await failing();
    expect(stopped).toMatchObject({ kind: 'config' });
    expect(stopped!.message).toContain('Add a field clv_tier to customers.');
    expect(writes()).toEqual([]);
    world.ledger.todo = [];
    expect(await push()).toMatchObject({ updated: CUSTOMERS.length });
  });

  test('an answer that is lost leads to the same being sent again, with no more effect', async () => {
    world.ledger.server.faults = [{ kind: 'lost' }];
    world.ledger.server.only = ({ path }) => path === '/insights';
    await push();
    ahead = DAY;
    await push();
    world.ledger.server.only = null;
    expect(world.ledger.values.size).toBeGreaterThanOrEqual(CUSTOMERS.length);
    expect(await outbox()).toEqual([]);
    expect(await world.knex('clv_sent').where({ note_key: '' })).toHaveLength(CUSTOMERS.length);
  });

  test('an erasure empties the CRM, and leaves nothing here once that was sent', async () => {
    await push();
    const customerId = customerKey(24);
    const privacy = world.service<PrivacyService>('privacy');
    const { sections } = await privacy.exportPerson({ customerId });
    expect(sections.sentToCrm).toMatchObject([{ customer_id: customerId, note_key: '' }]);
    expect(sections.crmRecords).toMatchObject([{ record_id: ledgerId(24) }]);

    await privacy.erasePerson({ customerId });
    expect(await outbox()).toMatchObject([{ customer_id: customerId, payload: null, state: 'waiting' }]);
    expect(await world.knex('clv_sent').where({ customer_id: customerId })).toEqual([]);
    expect(await push()).toMatchObject({ updated: 1 });
    expect(new Set(Object.values(world.ledger.values.get(ledgerId(24))!))).toEqual(new Set([null]));
    for (const table of ['clv_outbox', 'clv_sent', 'clv_crm_problems']) {
      expect(await world.knex(table).where({ customer_id: customerId }), table).toEqual([]);
    }
  });
}
