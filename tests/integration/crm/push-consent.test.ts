import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { INSIGHT_FIELDS } from '../../../server/src/crm/insight-fields';
import { consentsOf } from '../../../server/src/crm/sync/push/describe/consent';
import type { IdentityService } from '../../../server/src/identity/service';
import { CUSTOMERS, ledgerId, openPushWorld, type PushWorld } from '../../support/crm/push-world';
import { DATABASES } from '../../support/databases';
import { personKey } from '../../support/value-world';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const DAY = 86_400_000;
const READING = INSIGHT_FIELDS.filter(({ reading }) => reading).map(({ name }) => name);

for (const { name, start, missing } of DATABASES) {
  if (missing === null) describe(`consent and CRMs on ${name}`, () => tests(start));
}

function tests(start: (typeof DATABASES)[number]['start']) {
  let world: PushWorld;
  beforeAll(async () => {
    const config = {
      consent: { mode: 'required' },
      crm: { privateHosts: ['127.0.0.1'], consent: 'given' },
    };
    world = await openPushWorld(await start(), { config });
  });
  afterAll(() => world?.stop());

  const visitorOf = (n: number) => `visitor-of-${personKey(n)}`;
  const consent = async (n: number, state: 'granted' | 'denied' | 'unknown') => {
    const identity = world.service<IdentityService>('identity');
    await identity.setConsent({ visitorKey: visitorOf(n), state, source: 'test' });
    await world.flush();
  };
  const read = (values: Record<string, unknown> | undefined) =>
    READING.map((field) => values?.[field] ?? null);

  test('with crm.consent "given" nothing goes out before somebody gave it, and all of it after', async () => {
    expect(await world.push()).toMatchObject({ seen: 0, unchanged: CUSTOMERS.length });
    const reader = CUSTOMERS[0]!;
    await world.knex('clv_touches').insert({
      message_id: 'read-by-the-first',
      visitor_key: visitorOf(reader),
      content_id: 100_001,
      kind: 'read',
      occurred_at: Date.now() - 1_000,
      received_at: Date.now(),
      seconds: 60,
      depth: 90,
      source: 'tracker',
    });
    await consent(reader, 'granted');
    expect(await world.push()).toMatchObject({ updated: 1 });
    expect(world.ledger.values.get(ledgerId(reader))).toMatchObject({ last_content: 'Piece 1' });
  });

  test('who takes back what they gave is emptied', async () => {
    const reader = CUSTOMERS[0]!;
    await consent(reader, 'unknown');
    await world.push();
    const values = world.ledger.values.get(ledgerId(reader));
    expect(new Set(Object.values(values!))).toEqual(new Set([null]));
    expect(read(values).every((value) => value === null)).toBe(true);
  });

  test('notes that wait are not sent once consent was taken back', async () => {
    const n = CUSTOMERS[1]!;
    await consent(n, 'granted');
    await world.knex('clv_touches').insert({
      message_id: 'downloaded-by-the-second',
      visitor_key: visitorOf(n),
      content_id: 100_003,
      kind: 'download',
      occurred_at: Date.now(),
      received_at: Date.now(),
      source: 'download',
    });
    // The CRM takes values, but no notes.
    world.ledger.server.chance = ({ path }) => (path === '/notes' ? { kind: 'status', status: 401 } : null);
    await expect(world.push()).rejects.toMatchObject({ kind: 'auth' });
    const waiting = () => world.knex('clv_outbox').whereNot({ note_key: '' });
    expect(await waiting()).toHaveLength(1);
    await consent(n, 'denied');
    world.ledger.server.chance = null;
    expect(await world.push()).toMatchObject({ created: 0 });
    expect(await waiting()).toEqual([]);
    expect(world.ledger.notes.size).toBe(0);
  });

  test('a browser that changed hands says what it does for whoever has it, and for whoever said it', async () => {
    const [before, now, other] = [21, 22, 23].map(personKey) as [string, string, string];
    const handed = Date.now() - 10 * DAY;
    const link = (
      id: string,
      visitor_key: string,
      person_id: string,
      valid_from: number,
      valid_to: number,
    ) => ({
      id,
      visitor_key,
      person_id,
      valid_from,
      valid_to,
      linked_at: handed,
      source: 'test',
    });
    const FOREVER = Number.MAX_SAFE_INTEGER;
    await world
      .knex('clv_visitor_links')
      .insert([
        link('shared-1', 'shared-browser', before, 0, handed),
        link('shared-2', 'shared-browser', now, handed, FOREVER),
        link('phone', 'phone-of-other', other, 0, FOREVER),
      ]);
    const said = (visitor_key: string, state: string, at: number) =>
      world
        .knex('clv_visitors')
        .insert({ visitor_key, consent: state, consent_source: 'test', consent_at: at })
        .onConflict('visitor_key')
        .merge();
    const asked = async () =>
      Object.fromEntries(await consentsOf(world.knex, [before, now, other], Date.now()));

    await said('shared-browser', 'granted', handed - DAY);
    expect(await asked()).toEqual({ [before]: 'granted', [now]: 'granted' });
    await said('shared-browser', 'denied', handed + DAY);
    expect(await asked()).toEqual({ [now]: 'denied' });
    await said('phone-of-other', 'granted', handed);
    await said(visitorOf(23), 'denied', handed);
    expect(await asked(), 'one denial counts for all browsers').toMatchObject({ [other]: 'denied' });
  });
}
