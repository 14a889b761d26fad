import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { LiveService } from '../../../server/src/clv/live/service';
import type { StreamName } from '../../../server/src/crm/sync/api-types';
import type { ConnectionsService } from '../../../server/src/crm/sync/connections/service';
import type { Job } from '../../../server/src/jobs/api-types';
import type { JobsService } from '../../../server/src/jobs/service';
import { adminToken } from '../../support/admin';
import { adminCalls, over } from '../../support/admin-calls';
import { PREFIX, PUSH_CONFIG } from '../../support/crm/push-world';
import type { Asked } from '../../support/crm/served';
import { type TrytonDouble, trytonDouble } from '../../support/crm/tryton/double';
import { type Filled, fill } from '../../support/crm/tryton/fill';
import { soldIn, toldIn } from '../../support/crm/tryton/look';
import { noTryton, startTryton, type TrytonServer } from '../../support/crm/tryton/server';
import type { TestDatabase } from '../../support/databases';
import { startPostgres } from '../../support/postgres';
import { startStrapi, type TestStrapi } from '../../support/strapi';
import { type StrapiNode, startStrapiNode } from '../../support/strapi-node';

// Two Strapis, a PostgreSQL and a Tryton on a busy machine take their time.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 300_000 });

if (!noTryton) {
  describe('a CLV in step with a real Tryton', () => {
    let tryton: TrytonServer;
    let crm: TrytonDouble;
    let filled: Filled;
    let database: TestDatabase;
    let app: TestStrapi;
    let there: StrapiNode;
    let knex: Knex;
    let token: string;
    let connectionId: string;
    const { call, jobWhen } = adminCalls(() => token);
    const startThere = () => startStrapiNode(database.env, PUSH_CONFIG);

    beforeAll(async () => {
      tryton = await startTryton();
      crm = await trytonDouble(tryton);
      filled = await fill(crm.user);
      database = await startPostgres();
      app = await startStrapi({ env: database.env, config: PUSH_CONFIG });
      knex = app.strapi.db.connection as unknown as Knex;
      token = await adminToken(app.strapi, app.url);
      there = await startThere();
      const connections: ConnectionsService = app.strapi.plugin('clv').service('connections');
      const connection = await connections.create({
        kind: 'tryton',
        name: 'Tryton',
        idPrefix: PREFIX,
        options: crm.options(),
        mapping: {},
        push: {
          enabled: true,
          fields: ['predicted', 'p_alive', 'tier', 'stage', 'next_order_at'],
          noteKinds: [],
        },
        everyMinutes: {},
      });
      connectionId = connection.id;
      // Only what a test starts itself.
      await knex('clv_streams').where({ stream: 'push' }).update({ paused: true });
    });
    afterAll(async () => {
      await there?.stop();
      await app?.stop();
      await database?.stop();
      await crm?.close();
      await tryton?.stop();
    });

    async function start(node: { url: string }, stream: StreamName): Promise<string> {
      const { status, body } = await call(
        node,
        `/crm/connections/${connectionId}/streams/${stream}/run`,
        'POST',
      );
      expect(status, JSON.stringify(body)).toBe(202);
      return body.jobId;
    }

    async function run(stream: StreamName): Promise<Job> {
      const job = await jobWhen(app, await start(app, stream), over);
      expect(job.status, String(job.error)).toBe('done');
      return job;
    }

    /** Does something when the n-th request of a method comes. @returns what becomes of it */
    function atRequest(method: string, n: number, work: () => Promise<void>, answerLost = false) {
      let count = 0;
      let done: Promise<void> | null = null;
      crm.server.chance = ({ body }: Asked) => {
        if (body?.method !== method) return null;
        count += 1;
        if (count !== n) return null;
        done = work();
        return answerLost ? { kind: 'lost' } : null;
      };
      return async () => {
        await vi.waitFor(() => expect(done).not.toBeNull(), { timeout: 60_000, interval: 20 });
        await done;
        crm.server.chance = null;
      };
    }

    /** As after the half minute in which the other nodes believe that one lives. */
    const leaseEnds = () =>
      knex('clv_jobs').where({ kind: 'sync', status: 'running' }).update({ lease_until: 1 });

    async function revived(): Promise<void> {
      await tryton.kill();
      await tryton.revive();
    }

    test('everything is pulled, although Tryton crashes in the middle, and then we do', async () => {
      const crashed = atRequest('model.party.party.search_read', 2, revived);
      const customers = await start(app, 'customers');
      await crashed();
      expect(await jobWhen(app, customers, over)).toMatchObject({ status: 'done' });

      const killed = atRequest('model.sale.sale.search_read', 6, () => there.kill());
      await start(there, 'orders');
      await killed();
      const before = Number((await knex('clv_orders').count({ n: '*' }))[0]!.n);
      expect(before).toBeGreaterThan(0);
      await leaseEnds();
      const job = await run('orders');
      expect(job.result).toMatchObject({ failed: 0 });
      there = await startThere();

      const truth = await soldIn(crm.user, PREFIX);
      expect(truth.size).toBe(filled.sold.length);
      const orders = await knex('clv_orders').select('order_id', 'customer_id', 'amount', 'status');
      const found = orders.map((row) => [
        row.order_id,
        { party: row.customer_id, cents: Number(row.amount) },
      ]);
      expect(new Map(found as [string, { party: string; cents: number }][])).toEqual(truth);
      expect(orders.filter(({ status }) => status !== 'paid')).toEqual([]);
      expect(before, 'it had not been done yet').toBeLessThan(truth.size);

      const known = await knex('clv_crm_records').where({ kind: 'customers' }).pluck('record_id');
      expect(known).toEqual(expect.arrayContaining(filled.parties));
      const deals = filled.won.map(({ sale }) => `${PREFIX}${sale}`);
      const begun = await knex('clv_orders').whereNotNull('deal_created_at').pluck('order_id');
      expect(begun.sort()).toEqual(deals.sort());
    });

    /** Values everyone anew, and once more those of whom something new was heard meanwhile. */
    async function value(): Promise<void> {
      const jobs: JobsService = app.strapi.plugin('clv').service('jobs');
      const live: LiveService = app.strapi.plugin('clv').service('live');
      const { id } = await jobs.start('value', {}, { startedBy: 'test', activeKey: 'value' });
      expect(await jobWhen(app, id, over)).toMatchObject({ status: 'done' });
      await live.flush();
    }

    /** What the latest run says of every party, as Tryton shall have it. */
    async function expected(): Promise<Map<string, { tier: string | null; predicted: number | null }>> {
      const run = await knex('clv_value_runs')
        .whereNotNull('published_at')
        .orderBy('published_at', 'desc')
        .first('id');
      const rows = await knex('clv_person_values as v')
        .join('clv_persons as p', 'p.canonical_id', 'v.person_id')
        .join('clv_identities as i', 'i.person_id', 'p.id')
        .where({ 'v.run_id': run.id, 'i.namespace': 'customer' })
        .select('i.value', 'v.tier', 'v.predicted');
      return new Map(
        rows.map((row) => [
          row.value.slice(PREFIX.length),
          { tier: row.tier, predicted: row.predicted === null ? null : Number(row.predicted) },
        ]),
      );
    }

    async function expectInStep(): Promise<void> {
      const wanted = await expected();
      const has = await toldIn(crm.user);
      expect(wanted.size).toBeGreaterThan(300);
      for (const [party, { tier, predicted }] of wanted) {
        const there = has.get(party);
        if (!there) continue;
        expect(there.tiers, `tier of party ${party}`).toEqual(tier === null ? [] : [tier]);
        expect(there.notes, `notes of party ${party}`).toHaveLength(1);
        const told = /^predicted: (\S+) EUR$/m.exec(there.notes[0]!);
        const cents = told ? Math.round(Number(told[1]) * 100) : null;
        // Money is told to three figures.
        const figures = predicted === null ? null : Number(predicted.toPrecision(3));
        expect(cents, `prediction of party ${party}`).toBe(figures);
      }
    }

    test('tiers and numbers arrive once, although we crash when Tryton has written and not answered', async () => {
      await value();
      const killed = atRequest('model.ir.note.create', 2, () => there.kill(), true);
      await start(there, 'push');
      await killed();
      await leaseEnds();
      there = await startThere();
      const crashed = atRequest('model.ir.note.create', 2, revived);
      const job = await start(app, 'push');
      await crashed();
      await jobWhen(app, job, over);
      // Letters that met the crash wait a little, and go with a later run.
      await knex('clv_outbox').update({ next_at: 0 });
      await knex('clv_connections').update({ breaker_failures: 0, breaker_until: null });
      await run('push');
      expect(await knex('clv_outbox')).toEqual([]);
      await expectInStep();
      const tiers = new Set([...(await toldIn(crm.user)).values()].flatMap((party) => party.tiers));
      expect(tiers.size).toBeGreaterThan(1);
    });

    test('nothing is written when nothing changed', async () => {
      const writes = crm.writes();
      const job = await run('push');
      expect(job.result).toMatchObject({ seen: 0 });
      expect(crm.writes()).toBe(writes);
    });

    test('what changes in Tryton arrives with the next pull, and its value with the next push', async () => {
      const [buyer, merged, kept] = filled.parties.slice(-3) as [string, string, string];
      const [dropped] = filled.won;
      const [big] = await crm.addDeals([
        {
          customers: [buyer],
          amount: '99999.99',
          currency: 'EUR',
          won: true,
          wonAt: Date.now() - 86_400_000,
          createdAt: Date.now(),
        },
      ]);
      await crm.changeDeal(dropped!.sale, { won: false });
      await crm.mergeCustomers!(merged, kept);
      const customers = await run('customers');
      const orders = await run('orders');
      expect([customers.result, orders.result]).toMatchObject([{ merged: 1 }, { failed: 0 }]);

      const order = (id: string) =>
        knex('clv_orders')
          .where({ order_id: `${PREFIX}${id}` })
          .first();
      expect(await order(big!)).toMatchObject({ customer_id: `${PREFIX}${buyer}`, status: 'paid' });
      expect((await order(dropped!.sale)).status).toBe('cancelled');
      const persons = await knex('clv_identities as i')
        .join('clv_persons as p', 'p.id', 'i.person_id')
        .whereIn('i.value', [`${PREFIX}${merged}`, `${PREFIX}${kept}`])
        .pluck('p.canonical_id');
      expect(new Set(persons).size).toBe(1);

      const before = (await toldIn(crm.user)).get(buyer);
      await value();
      await run('push');
      await expectInStep();
      expect((await toldIn(crm.user)).get(buyer)).not.toEqual(before);
    });
  });
} else {
  test.skip('Tryton in the whole way: it is not installed here', () => {});
}
