import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { LiveService } from '../../../server/src/clv/live/service';
import { updatePersons } from '../../../server/src/clv/live/update-persons';
import type { IdentityService } from '../../../server/src/identity/service';
import type { JobsService } from '../../../server/src/jobs/service';
import type { PrivacyService } from '../../../server/src/privacy/service';
import type { TrackingService } from '../../../server/src/tracking/service';
import { apiToken } from '../../support/admin';
import { DATABASES, type TestDatabase } from '../../support/databases';
import { startStrapi, type TestStrapi } from '../../support/strapi';
import { customerKey, insertValueWorld, personKey } from '../../support/value-world';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const config = {
  prediction: { schedule: false },
  ranking: { schedule: false },
  value: { currency: 'EUR', rates: { USD: 0.9 }, timezone: 'UTC' },
};
const DAY = 86_400_000;
/** Ids that no try before has used. */
let ids = 0;
const fresh = (name: string) => `${name}-${Date.now()}-${ids++}`;

for (const { name, start, missing } of DATABASES) {
  describe.skipIf(missing !== null)(`values between two runs on ${name}`, () => {
    let database: TestDatabase;
    let app: TestStrapi;
    let knex: Knex;
    let runId: string;
    let token: string;
    let article: string;

    const rowOf = async (personId: string) =>
      knex('clv_person_values').where({ run_id: runId, person_id: personId }).first();
    /** Waits for the timer of the server; nothing here asks for the change. */
    const until = async (personId: string, changed: (row: Record<string, unknown> | undefined) => boolean) =>
      vi.waitFor(
        async () => {
          const row = await rowOf(personId);
          expect(changed(row)).toBe(true);
          return row;
        },
        { timeout: 20_000, interval: 50 },
      );
    const send = async (fields: object) => {
      const answer = await fetch(`${app.url}/api/clv/orders`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ orders: [{ currency: 'EUR', cost: 40, ...fields }] }),
      });
      return answer.json();
    };
    const order = async (fields: object) =>
      expect(await send(fields)).toMatchObject({ created: 1, rejected: [] });
    const touch = async (visitor: string, id: string) => {
      const answer = await fetch(`${app.url}/api/clv/collect`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'user-agent': 'Mozilla/5.0 (X11) Chrome/130' },
        body: JSON.stringify({
          visitor,
          sentAt: Date.now(),
          consent: 'granted',
          events: [{ id, kind: 'view', content: article, at: Date.now() }],
        }),
      });
      expect(await answer.json()).toMatchObject({ accepted: 1 });
    };
    /** The customer of the world with the most, or fewest, of a column. */
    const customerWith = async (column: string, direction: 'asc' | 'desc') =>
      knex('clv_person_values')
        .where({ run_id: runId, kind: 'customer' })
        .where('person_id', 'like', 'person-%')
        .orderBy(column, direction)
        .first();
    const numberOf = (personId: string) => Number(personId.slice(-6));

    beforeAll(async () => {
      database = await start();
      app = await startStrapi({ env: database.env, config });
      knex = app.strapi.db.connection as unknown as Knex;
      token = await apiToken(app.strapi, { type: 'full-access' });
      await insertValueWorld(knex, { persons: 1500, subscriptions: false });
      const jobs: JobsService = app.strapi.plugin('clv').service('jobs');
      const { id } = await jobs.start('value', {}, { startedBy: 'test', activeKey: 'value' });
      await jobs.ended(id);
      const { result, error } = (await jobs.get(id))!;
      expect(error).toBeNull();
      runId = (result as { runId: string }).runId;
      const { documentId } = await app.strapi.documents('api::article.article').create({
        data: { title: 'Read just now' },
        status: 'published',
        locale: 'en',
      });
      article = `api::article.article/${documentId}/en`;
    });
    afterAll(async () => {
      await app?.stop();
      await database?.stop();
    });

    test('somebody with thousands of orders waits for the next run, and holds up nobody else', async () => {
      const [large, other] = await knex('clv_person_values')
        .where({ run_id: runId, kind: 'customer', tier: 'gold' })
        .orderBy('person_id')
        .limit(2);
      const row = () => knex('clv_person_values').where({ run_id: runId, person_id: large.person_id });
      await row().update({ orders: 5_001 });
      const orders = [large, other].map(({ person_id }) => ({
        order_id: fresh('large'),
        customer_id: customerKey(numberOf(person_id)),
        ordered_at: new Date(Date.now() - 1_000).toISOString(),
        amount: 50,
        currency: 'EUR',
      }));
      const answer = await fetch(`${app.url}/api/clv/orders`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ orders }),
      });
      expect(await answer.json()).toMatchObject({ created: 2, rejected: [] });
      await until(other.person_id, (now) => now?.orders === other.orders + 1);
      expect(await rowOf(large.person_id)).toMatchObject({ orders: 5_001, revenue: large.revenue });
      await row().update({ orders: large.orders });
    });

    test('an order changes what the customer is worth, and the tier, without another run', async () => {
      const before = await knex('clv_person_values')
        .where({ run_id: runId, kind: 'customer', tier: 'bronze' })
        .where('p_alive', '<', 0.3)
        .orderBy('person_id')
        .first();
      const moved: unknown[] = [];
      const end = app.strapi.eventHub.on('clv.tier.changed', async (event: unknown) => {
        moved.push(event);
      });
      await order({
        order_id: fresh('large'),
        customer_id: customerKey(numberOf(before.person_id)),
        ordered_at: new Date().toISOString(),
        amount: 9_000,
      });
      const after = await until(before.person_id, (row) => row?.orders === before.orders + 1);
      end();
      expect(Number(after!.revenue)).toBe(Number(before.revenue) + 900_000);
      expect(Number(after!.historical)).toBe(Number(before.historical) + 896_000);
      expect(after!.p_alive).toBeGreaterThan(before.p_alive);
      expect(Number(after!.predicted)).toBeGreaterThan(Number(before.predicted));
      expect(after!.tier).toBe('platinum');
      expect(moved).toEqual([{ personId: before.person_id, from: 'bronze', to: 'platinum' }]);
      expect(await knex('clv_value_runs')).toHaveLength(1);
    });

    test('somebody who orders for the first time becomes a customer', async () => {
      const customer_id = fresh('newcomer');
      await order({
        order_id: fresh('first'),
        customer_id,
        ordered_at: new Date().toISOString(),
        amount: 80,
      });
      const { person_id } = await knex('clv_identities').where({ value: customer_id }).first();
      const row = await until(person_id, (found) => found !== undefined);
      expect(row).toMatchObject({ kind: 'customer', orders: 1, stage: 'new' });
      expect(Number(row!.predicted)).toBeGreaterThan(0);
    });

    test('an order that moves to another customer, or is cancelled, is taken from whom it was', async () => {
      const order_id = fresh('moving');
      const [one, other] = [fresh('one'), fresh('other')];
      const fields = { order_id, ordered_at: new Date().toISOString(), amount: 70 };
      const personOf = async (value: string) =>
        (await knex('clv_identities').where({ namespace: 'customer', value }).first()).person_id;
      await order({ ...fields, customer_id: one });
      await until(await personOf(one), (row) => row?.orders === 1);
      expect(await send({ ...fields, customer_id: other })).toMatchObject({ updated: 1 });
      await until(await personOf(other), (row) => row?.orders === 1);
      await until(await personOf(one), (row) => row === undefined);
      expect(await send({ ...fields, customer_id: other, status: 'cancelled' })).toMatchObject({
        updated: 1,
      });
      await until(await personOf(other), (row) => row === undefined);
    });

    test('somebody who cannot be valued by the latest run stands in nobody else’s way', async () => {
      const live: LiveService = app.strapi.plugin('clv').service('live');
      // As if the rate had been configured after the run.
      const rates = (await live.engine())!.rates;
      const usd = rates.USD;
      delete rates.USD;
      try {
        const [blocked, free] = [personKey(21), personKey(22)];
        const [before, other] = [await rowOf(blocked), await rowOf(free)];
        const fields = { ordered_at: new Date().toISOString(), amount: 10 };
        await order({ ...fields, order_id: fresh('usd'), customer_id: customerKey(21), currency: 'USD' });
        await order({ ...fields, order_id: fresh('eur'), customer_id: customerKey(22) });
        await until(free, (row) => row?.orders === other.orders + 1);
        await live.flush();
        expect(live.status()).toMatchObject({ waiting: 0 });
        expect(await rowOf(blocked)).toEqual(before);
      } finally {
        rates.USD = usd!;
      }
    });

    test('an order that is stored while a person waits to be valued is seen', async () => {
      const live: LiveService = app.strapi.plugin('clv').service('live');
      const [engine, contents] = [(await live.engine())!, await live.contents()];
      const before = await rowOf(personKey(31));
      const row = {
        order_id: fresh('meanwhile'),
        customer_id: customerKey(31),
        ordered_at: Date.now(),
        amount: 500,
        currency: 'EUR',
        status: 'paid',
        source: 'test',
        updated_at: Date.now(),
      };
      let updated: Promise<unknown> | undefined;
      await knex.transaction(async (trx) => {
        await trx('clv_persons')
          .where({ id: personKey(31) })
          .forUpdate()
          .select('id');
        updated = updatePersons(knex, engine, contents, [personKey(31)]);
        // SQLite has one connection: there the update waits for it.
        await sleep(200);
        await trx('clv_orders').insert(row);
      });
      await updated;
      expect((await rowOf(personKey(31))).orders).toBe(before.orders + 1);
    });

    test('what was read with a browser that is erased no longer counts', async () => {
      const { person_id } = await knex('clv_person_values')
        .where({ run_id: runId, kind: 'customer' })
        .where('person_id', 'like', 'person-%')
        .whereNotNull('last_touch_at')
        .orderBy('person_id', 'desc')
        .first();
      const privacy: PrivacyService = app.strapi.plugin('clv').service('privacy');
      await privacy.erasePerson({ visitor: `visitor-of-${person_id}` });
      const row = await until(person_id, (found) => found?.last_touch_at === null);
      expect(row!.first_touch_at).toBeNull();
    });

    test('a touch changes what a prospect may become', async () => {
      const before = await knex('clv_person_values')
        .where({ run_id: runId, kind: 'prospect' })
        .where('last_touch_at', '<', Date.now() - 20 * DAY)
        .whereNotNull('buy_probability')
        .orderBy('person_id')
        .first();
      await touch(`visitor-of-${before.person_id}`, fresh('touch'));
      const after = await until(
        before.person_id,
        (row) => Number(row?.last_touch_at) > Number(before.last_touch_at),
      );
      expect(after!.buy_probability).not.toBe(before.buy_probability);
      expect(after!.predicted).not.toBeNull();
    });

    test('two people who are merged are worth together what both were, and apart again after', async () => {
      const [from, into] = [personKey(1), personKey(2)];
      const [one, other] = [await rowOf(from), await rowOf(into)];
      const identity: IdentityService = app.strapi.plugin('clv').service('identity');
      const merge = await identity.merge(from, into, 'test', 'one human');
      const both = await until(
        into,
        (row) => Number(row?.revenue) === Number(one.revenue) + Number(other.revenue),
      );
      expect(both!.orders).toBe(one.orders + other.orders);
      expect(await rowOf(from)).toBeUndefined();
      await identity.undoMerge(merge, 'test');
      await until(from, (row) => Number(row?.revenue) === Number(one.revenue));
      await until(into, (row) => Number(row?.revenue) === Number(other.revenue));
    });

    test('what somebody read no longer counts once they deny their consent', async () => {
      const { person_id } = await knex('clv_person_values')
        .where({ run_id: runId, kind: 'customer' })
        .where('person_id', 'like', 'person-%')
        .whereNotNull('last_touch_at')
        .orderBy('person_id', 'desc')
        .first();
      const identity: IdentityService = app.strapi.plugin('clv').service('identity');
      await identity.setConsent({ visitorKey: `visitor-of-${person_id}`, state: 'denied', source: 'test' });
      const row = await until(person_id, (found) => found?.last_touch_at === null);
      expect(row!.first_touch_at).toBeNull();
    });

    test('an export shows the value; somebody who is erased is gone and does not come back', async () => {
      const person = numberOf((await customerWith('person_id', 'asc')).person_id);
      const privacy: PrivacyService = app.strapi.plugin('clv').service('privacy');
      const live: LiveService = app.strapi.plugin('clv').service('live');
      const subject = { customerId: customerKey(person) };
      const { sections } = await privacy.exportPerson(subject);
      expect(sections.value).toHaveLength(1);
      expect(sections.value![0]).toMatchObject({ kind: 'customer', total: expect.any(Number) });

      // Erased while the note that something was stored of them still waits.
      const identity: IdentityService = app.strapi.plugin('clv').service('identity');
      const tracking: TrackingService = app.strapi.plugin('clv').service('tracking');
      await touch(`visitor-of-${personKey(person)}`, fresh('touch'));
      const { value } = await privacy.erasePerson(subject);
      expect(value).toBe(1);
      await identity.setConsent({
        visitorKey: `visitor-of-${personKey(person)}`,
        state: 'granted',
        source: 'test',
      });
      await tracking.flush();
      await live.flush();
      expect(await rowOf(personKey(person))).toBeUndefined();
    });

    test('a person is valued between runs as a run values them', async () => {
      const live: LiveService = app.strapi.plugin('clv').service('live');
      const { person_id } = await customerWith('orders', 'desc');
      const before = await rowOf(person_id);
      const identity: IdentityService = app.strapi.plugin('clv').service('identity');
      await identity.setConsent({ visitorKey: `visitor-of-${person_id}`, state: 'granted', source: 'test' });
      await live.flush();
      const after = await rowOf(person_id);
      expect(Number(after.updated_at)).toBeGreaterThan(Number(before.updated_at));
      for (const column of ['revenue', 'tier', 'stage', 'orders', 'channel', 'segment', 'previous_tier']) {
        expect(after[column]).toEqual(before[column]);
      }
      expect(after.p_alive).toBeCloseTo(before.p_alive, 2);
    });
  });
}
