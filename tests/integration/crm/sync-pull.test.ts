import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Stream } from '../../../server/src/crm/connector';
import type { SyncResult } from '../../../server/src/crm/sync/api-types';
import type { Job } from '../../../server/src/jobs/api-types';
import { customerRecord, orderRecord } from '../../support/crm/loop';
import { DATABASES, type TestDatabase } from '../../support/databases';
import { openWorld, until, type World } from './sync-world';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 120_000 });

const range = (count: number) => Array.from({ length: count }, (_, i) => i);
const resultOf = (job: Job) => job.result as SyncResult;

for (const { name, start, missing } of DATABASES.filter((database) => database.missing === null)) {
  describe(`a pull on ${name}`, () => {
    let database: TestDatabase;
    let world: World;
    /** A connection to what this test puts into the CRM. */
    let id: string;
    let prefix: string;
    const open = async (change: Record<string, unknown> = {}) => {
      id = await world.connect(change);
      prefix = (await world.call(`/connections/${id}`)).body.idPrefix;
    };
    const order = (key: string) =>
      world
        .knex('clv_orders')
        .where({ order_id: prefix + key })
        .first();
    const customer = (key: string) =>
      world
        .knex('clv_customers')
        .where({ customer_id: prefix + key })
        .first();
    const stored = async (table: string, key: string) =>
      Number((await world.knex(table).where(key, 'like', `${prefix}%`).count({ n: '*' }))[0]!.n);
    const pull = (stream: Stream) => world.run(id, stream);

    beforeAll(async () => {
      expect(missing).toBeNull();
      database = await start();
      world = await openWorld(database);
    });
    beforeEach(() => world.loop.clear());
    afterAll(async () => {
      await world.stop();
      await database.stop();
    });

    test('brings everything once, then what changed alone', async () => {
      world.loop.put(
        'customers',
        range(25).map((i) => customerRecord(`a${i}`)),
      );
      world.loop.put(
        'orders',
        range(30).map((i) => orderRecord(`o${i}`, `a${i % 25}`)),
      );
      await open();
      const first = await pull('customers');
      expect(first).toMatchObject({ status: 'done', subject: id, error: null });
      expect(resultOf(first)).toMatchObject({ stream: 'customers', seen: 25, created: 25, failed: 0 });
      expect(resultOf(first).requests).toBe(3);
      expect(resultOf(await pull('orders'))).toMatchObject({ seen: 30, created: 30 });
      expect(await stored('clv_customers', 'customer_id')).toBe(25);
      expect(await order('o7')).toMatchObject({ customer_id: `${prefix}a7`, status: 'paid', source: 'loop' });
      expect(Number((await order('o7')).amount)).toBe(1250);
      expect(await world.streamOf(id, 'orders')).toMatchObject({ complete: true, done: 30, total: 30 });

      world.loop.put('orders', [orderRecord('o7', 'a7', { amount: '99.00' }), orderRecord('new', 'a1')]);
      expect(resultOf(await pull('orders'))).toMatchObject({ seen: 2, created: 1, updated: 1, unchanged: 0 });
      expect(Number((await order('o7')).amount)).toBe(9900);
      world.loop.put('orders', [orderRecord('o7', 'a7', { amount: '99.00' })]);
      expect(resultOf(await pull('orders'))).toMatchObject({ seen: 1, unchanged: 1, updated: 0 });

      const { runs } = (await world.call(`/connections/${id}/runs?limit=3`)).body;
      expect(runs.map((run: { stream: string; status: string }) => [run.stream, run.status])).toEqual([
        ['orders', 'done'],
        ['orders', 'done'],
        ['orders', 'done'],
      ]);
      expect(runs[0]).toMatchObject({ startedBy: 'admin:1', result: { seen: 1 } });
    });

    test('a customer and a person are one, whichever stream comes first', async () => {
      world.loop.put('orders', [orderRecord('early', 'late')]);
      world.loop.put('customers', [customerRecord('late')]);
      await open();
      await pull('orders');
      await pull('customers');
      const identity = await world
        .knex('clv_identities')
        .where({ value: `${prefix}late` })
        .first();
      expect((await customer('late')).person_id).toBe(identity.person_id);
    });

    test('a bad row sinks nothing, is kept with its reason and without its email, until it is right', async () => {
      world.loop.put('orders', [
        orderRecord('good', 'b1'),
        orderRecord('bad', 'b1', { amount: 'a lot', channel: 'someone@example.com' }),
        orderRecord('worse', 'b1', { currency: 'XXX' }),
      ]);
      await open();
      const known = resultOf(await pull('orders'));
      expect(known).toMatchObject({ failed: 2 });
      expect(await order('good')).toBeDefined();
      const { body } = await world.call(`/connections/${id}/problems?stream=orders`);
      expect(body.total).toBe(2);
      const bad = body.problems.find((problem: { recordId: string }) => problem.recordId === 'bad');
      expect(bad).toMatchObject({ stream: 'orders', customerId: `${prefix}b1`, field: 'amount' });
      expect(bad.raw).toMatchObject({ amount: 'a lot', channel: '' });

      world.loop.put('orders', [orderRecord('bad', 'b1', { amount: '3.00' })]);
      await pull('orders');
      expect((await world.call(`/connections/${id}/problems`)).body.total).toBe(1);
      expect(Number((await order('bad')).amount)).toBe(300);
    });

    test('a row that was good stands while its record is wrong', async () => {
      world.loop.put('orders', [orderRecord('wobbly', 'w1')]);
      await open();
      await pull('orders');
      world.loop.put('orders', [orderRecord('wobbly', 'w1', { amount: '?' })]);
      expect(resultOf(await pull('orders'))).toMatchObject({ failed: 1, updated: 0 });
      expect(await order('wobbly')).toMatchObject({ status: 'paid' });
    });

    test('an order that its record does not amount to any more is cancelled, and paid when it comes again', async () => {
      world.loop.put('orders', [orderRecord('lost', 'c1'), orderRecord('deleted', 'c1')]);
      await open();
      await pull('orders');
      world.loop.put('orders', [{ id: 'lost' }]);
      world.loop.remove('orders', 'deleted');
      expect(resultOf(await pull('orders'))).toMatchObject({ updated: 1, removed: 1 });
      expect((await order('lost')).status).toBe('cancelled');
      expect((await order('deleted')).status).toBe('cancelled');
      world.loop.put('orders', [orderRecord('lost', 'c1')]);
      expect(resultOf(await pull('orders'))).toMatchObject({ updated: 1 });
      expect((await order('lost')).status).toBe('paid');
      // From then on whoever refunds it by other means is not overruled.
      await world
        .knex('clv_orders')
        .where({ order_id: `${prefix}lost` })
        .update({ status: 'refunded' });
      world.loop.put('orders', [orderRecord('lost', 'c1')]);
      await pull('orders');
      expect((await order('lost')).status).toBe('refunded');
    });

    test('an order that another record still stands for is not cancelled', async () => {
      const shared = orderRecord('shared', 'c2').orders!;
      world.loop.put('orders', [
        { id: 'one', orders: shared },
        { id: 'two', orders: shared },
      ]);
      await open();
      await pull('orders');
      world.loop.remove('orders', 'one');
      await pull('orders');
      expect((await order('shared')).status).toBe('paid');
      world.loop.remove('orders', 'two');
      await pull('orders');
      expect((await order('shared')).status).toBe('cancelled');
    });

    test('a subscription that is gone has ended, and a customer who is gone stays but is known to be', async () => {
      const subscription = {
        subscription_id: 's',
        customer_id: 'd',
        started_at: '2026-01-01',
        mrr: '10',
        currency: 'EUR',
      };
      world.loop.put('subscriptions', [{ id: 's', subscriptions: [subscription] }]);
      world.loop.put('customers', [customerRecord('d')]);
      await open();
      await pull('subscriptions');
      await pull('customers');
      world.loop.remove('subscriptions', 's');
      world.loop.remove('customers', 'd');
      await pull('subscriptions');
      await pull('customers');
      const ended = await world
        .knex('clv_subscriptions')
        .where({ subscription_id: `${prefix}s` })
        .first();
      expect(Number(ended.ended_at)).toBeGreaterThan(Date.UTC(2026, 0, 1));
      expect(await customer('d')).toBeDefined();
      const link = await world
        .knex('clv_crm_records')
        .where({ connection_id: id, stream: 'customers', record_id: 'd' })
        .first();
      expect(Number(link.gone_at)).toBeGreaterThan(0);
      world.loop.put('subscriptions', [{ id: 's', subscriptions: [subscription] }]);
      await pull('subscriptions');
      const again = await world
        .knex('clv_subscriptions')
        .where({ subscription_id: `${prefix}s` })
        .first();
      expect(again.ended_at).toBeNull();
    });

    test('what is deleted without a word is found by what the CRM lists', async () => {
      world.loop.put(
        'orders',
        range(12).map((i) => orderRecord(`l${i}`, 'e')),
      );
      await open({ options: { ...world.loop.options(), listed: 'yes' } });
      await pull('orders');
      world.loop.remove('orders', 'l3');
      await pull('orders');
      // Once a day.
      expect((await order('l3')).status).toBe('paid');
      await world.knex('clv_streams').where({ connection_id: id }).update({ swept_at: 1 });
      expect(resultOf(await pull('orders'))).toMatchObject({ removed: 1 });
      expect((await order('l3')).status).toBe('cancelled');
      expect((await order('l4')).status).toBe('paid');
    });

    test('what one list leaves out and the next has is not gone', async () => {
      const ids = ['q1', 'q2', 'q3'];
      world.loop.put(
        'orders',
        ids.map((key) => orderRecord(key, 'e')),
      );
      await open({ options: { ...world.loop.options(), listed: 'yes' } });
      await pull('orders');
      await world.knex('clv_streams').where({ connection_id: id }).update({ swept_at: 1 });
      let lists = 0;
      world.loop.server.chance = ({ path }) => {
        if (path !== '/ids/orders' || ++lists > 1) return null;
        return { kind: 'status', status: 200, body: { ids: ['q1', 'q3'] } };
      };
      const job = await pull('orders');
      world.loop.server.chance = null;
      expect(lists).toBe(2);
      expect(resultOf(job)).toMatchObject({ removed: 0 });
      expect((await order('q2')).status).toBe('paid');
    });

    test('begun again while ids are listed, it ends there and says nothing of the stream', async () => {
      world.loop.put('orders', [orderRecord('w1', 'e'), orderRecord('w2', 'e')]);
      await open({ options: { ...world.loop.options(), listed: 'yes' } });
      await pull('orders');
      world.loop.remove('orders', 'w1');
      const stream = () => world.knex('clv_streams').where({ connection_id: id, stream: 'orders' });
      await stream().update({ swept_at: 1 });
      let begun: Promise<unknown> | null = null;
      world.loop.server.chance = ({ path }) => {
        if (path !== '/ids/orders' || begun) return null;
        begun = stream().update({ cursor: null, complete: false, swept_at: null }).then();
        return { kind: 'status', status: 503, headers: { 'retry-after': '1' } };
      };
      const job = await pull('orders');
      world.loop.server.chance = null;
      expect(job.status).toBe('failed');
      expect((await order('w1')).status).toBe('paid');
      const [{ complete, swept_at }] = await stream();
      expect({ complete: Boolean(complete), swept_at }).toEqual({ complete: false, swept_at: null });
    });

    test('a CRM that suddenly lists far less is not believed before somebody begins again', async () => {
      world.loop.put(
        'orders',
        range(150).map((i) => orderRecord(`m${i}`, 'e')),
      );
      await open({ options: { ...world.loop.options(), listed: 'yes' } });
      await pull('orders');
      for (const i of range(120)) world.loop.remove('orders', `m${i}`);
      await world.knex('clv_streams').where({ connection_id: id }).update({ swept_at: 1 });
      const job = await pull('orders');
      expect(job).toMatchObject({ status: 'failed' });
      expect(job.error).toContain('lists 120 of the 150 orders no more');
      expect((await order('m3')).status).toBe('paid');
      expect((await world.call(`/connections/${id}/streams/orders/restart`, 'POST')).status).toBeLessThan(
        300,
      );
      await until(async () => (await order('m3')).status === 'cancelled');
      expect((await order('m3')).status).toBe('cancelled');
      expect((await order('m140')).status).toBe('paid');
    });

    test('a merge in the CRM is a merge here, that says so and stays undone when somebody undoes it', async () => {
      world.loop.put('customers', [customerRecord('f1'), customerRecord('f2')]);
      await open();
      await pull('customers');
      const persons = async () => {
        const people = [(await customer('f1')).person_id, (await customer('f2')).person_id];
        const rows = await world.knex('clv_persons').whereIn('id', people);
        return people.map((person) => rows.find((row) => row.id === person).canonical_id);
      };
      world.loop.merge('f1', 'f2');
      expect(resultOf(await pull('customers'))).toMatchObject({ merged: 1 });
      const [one, two] = await persons();
      expect(one).toBe(two);
      const merge = await world
        .knex('clv_merges')
        .where({ decided_by: `crm:${id}` })
        .first();
      expect(merge.reason).toContain('merged in Loop');

      const identity = world.app.strapi.plugin('clv').service('identity');
      await identity.undoMerge(merge.id, 'admin:1');
      world.loop.merge('f1', 'f2');
      expect(resultOf(await pull('customers'))).toMatchObject({ merged: 0 });
      const [a, b] = await persons();
      expect(a).not.toBe(b);
    });

    test('who asked the CRM to be forgotten is forgotten here too', async () => {
      world.loop.put('customers', [customerRecord('g1'), customerRecord('g2')]);
      world.loop.put('orders', [orderRecord('g', 'g1')]);
      await open();
      await pull('customers');
      await pull('orders');
      world.loop.erase('g1');
      expect(resultOf(await pull('customers'))).toMatchObject({ removed: 1 });
      expect(await customer('g1')).toBeUndefined();
      expect(await order('g')).toBeUndefined();
      expect(await customer('g2')).toBeDefined();
      const links = await world.knex('clv_crm_records').where({ connection_id: id }).pluck('record_id');
      expect(links).toContain('g2');
      expect(links).not.toContain('g1');
      expect(links).not.toContain('g');
    });

    test('failures that pass are waited for, and nothing comes twice', async () => {
      world.loop.put(
        'orders',
        range(45).map((i) => orderRecord(`t${i}`, 'h')),
      );
      await open();
      const fault = { kind: 'status' as const, status: 503, headers: { 'retry-after': '0' } };
      world.loop.server.faults = range(7).map(() => fault);
      const job = await pull('orders');
      expect(job).toMatchObject({ status: 'done' });
      expect(await stored('clv_orders', 'order_id')).toBe(resultOf(job).created);
      expect(await order('t44')).toBeDefined();
    });

    test('a CRM that asks for an hour gets it, and the run goes on where it was', async () => {
      world.loop.put(
        'orders',
        range(25).map((i) => orderRecord(`r${i}`, 'i')),
      );
      await open({ everyMinutes: { orders: 1 } });
      let pages = 0;
      world.loop.server.chance = ({ path }) => {
        if (path !== '/orders') return null;
        pages += 1;
        return pages === 3 ? { kind: 'status', status: 429, headers: { 'retry-after': '3600' } } : null;
      };
      const job = await pull('orders');
      world.loop.server.chance = null;
      expect(job.status).toBe('failed');
      expect(job.error).toContain('It goes on after');
      expect(resultOf(job).seen).toBe(20);
      const state = await world.streamOf(id, 'orders');
      expect(state).toMatchObject({ errorKind: 'rate-limit', complete: false, done: 20 });
      expect(state.notBefore).toBeGreaterThan(Date.now() + 3_000_000);

      const hours = (count: number) => Date.now() + count * 3_600_000;
      await world.sync.tick(hours(0.5));
      expect((await world.streamOf(id, 'orders')).lastStartedAt).toBe(state.lastStartedAt);
      await world.sync.tick(hours(1.5));
      await until(async () => (await world.streamOf(id, 'orders')).complete);
      expect(await order('r24')).toBeDefined();
      await world.call(`/connections/${id}`, 'PUT', { everyMinutes: { orders: null } });
    });

    test('nobody is waited for longer than a day, nor for a clock that was wrong', async () => {
      world.loop.put('orders', [orderRecord('u1', 'i')]);
      await open({ everyMinutes: { orders: 1 } });
      const headers = { 'retry-after': '9'.repeat(30) };
      world.loop.server.chance = () => ({ kind: 'status', status: 429, headers });
      expect((await pull('orders')).error).toContain('It goes on after');
      world.loop.server.chance = null;
      const day = 86_400_000;
      const { notBefore, errorKind } = await world.streamOf(id, 'orders');
      expect(errorKind).toBe('rate-limit');
      expect(notBefore).toBeLessThanOrEqual(Date.now() + day);
      const ahead = { last_started_at: Date.now() + 365 * day, not_before: null };
      await world.knex('clv_streams').where({ connection_id: id, stream: 'orders' }).update(ahead);
      await world.sync.tick();
      await until(async () => (await world.streamOf(id, 'orders')).complete);
      await world.call(`/connections/${id}`, 'PUT', { everyMinutes: { orders: null } });
    });

    test('paused it stops at once with every page it stored, and resumed it goes on behind them', async () => {
      world.loop.put(
        'orders',
        range(35).map((i) => orderRecord(`p${i}`, 'j')),
      );
      await open();
      let pages = 0;
      world.loop.server.chance = ({ path }) => {
        if (path === '/orders') pages += 1;
        return path === '/orders' && pages === 3 ? { kind: 'hang' } : null;
      };
      const { jobId } = (await world.call(`/connections/${id}/streams/orders/run`, 'POST')).body;
      await until(async () => (await world.streamOf(id, 'orders')).done === 20);
      const again = await world.call(`/connections/${id}/streams/orders/run`, 'POST');
      expect([again.status, again.body.error.details.jobId]).toEqual([409, jobId]);
      expect((await world.call(`/connections/${id}/streams/orders/pause`, 'POST')).status).toBe(202);
      const job = await world.ended(jobId);
      expect(job).toMatchObject({ status: 'cancelled', result: { seen: 20 } });
      expect(await world.streamOf(id, 'orders')).toMatchObject({ paused: true, done: 20, error: null });
      world.loop.server.chance = null;
      const before = world.loop.server.log.length;
      const resumed = await world.call(`/connections/${id}/streams/orders/resume`, 'POST');
      await world.ended(resumed.body.jobId);
      await until(async () => (await world.streamOf(id, 'orders')).complete);
      const asked = world.loop.server.log.slice(before).filter(({ path }) => path === '/orders');
      expect(asked.every(({ query }) => Number(query.get('after')) > 0)).toBe(true);
      expect(await order('p34')).toBeDefined();
    });

    test('begun again it reads everything, and changes nothing that is as it was', async () => {
      world.loop.put(
        'customers',
        range(15).map((i) => customerRecord(`n${i}`)),
      );
      await open();
      await pull('customers');
      const { jobId } = (await world.call(`/connections/${id}/streams/customers/restart`, 'POST')).body;
      expect(resultOf(await world.ended(jobId))).toMatchObject({ seen: 15, created: 0, unchanged: 15 });
    });

    test('begun again while it runs it ends there and reads everything from the beginning', async () => {
      world.loop.put(
        'orders',
        range(25).map((i) => orderRecord(`v${i}`, 'v')),
      );
      await open();
      let pages = 0;
      world.loop.server.chance = ({ path }) => {
        if (path === '/orders') pages += 1;
        return path === '/orders' && pages === 3 ? { kind: 'hang' } : null;
      };
      const { jobId } = (await world.call(`/connections/${id}/streams/orders/run`, 'POST')).body;
      await until(async () => (await world.streamOf(id, 'orders')).done === 20);
      expect((await world.call(`/connections/${id}/streams/orders/restart`, 'POST')).status).toBe(202);
      expect((await world.ended(jobId)).status).toBe('cancelled');
      await until(async () => (await world.streamOf(id, 'orders')).complete);
      world.loop.server.chance = null;
      expect(await world.streamOf(id, 'orders')).toMatchObject({ done: 25, error: null });
      const { runs } = (await world.call(`/connections/${id}/runs`)).body;
      expect(runs[0].result).toMatchObject({ seen: 25, unchanged: 20, created: 5 });
    });

    test('what a webhook brings is stored at once, and streams that it names are pulled soon', async () => {
      const heard: { connectionId: string; stream: string }[] = [];
      world.app.strapi.eventHub.on('clv.sync.done', async (result) => void heard.push(result));
      world.loop.put('orders', [orderRecord('known', 'k')]);
      await open();
      await pull('orders');
      world.loop.put('orders', [orderRecord('named', 'k')]);
      await world.sync.news(id, {
        changed: ['orders'],
        records: { customers: [customerRecord('k')] },
        gone: [{ stream: 'orders', ids: ['known'] }],
      });
      expect(await customer('k')).toBeDefined();
      expect((await order('known')).status).toBe('cancelled');
      await until(async () => (await order('named')) !== undefined);
      await until(() => heard.length === 2);
      expect(heard[1]).toMatchObject({ connectionId: id, stream: 'orders', created: 1 });
    });
  });
}
