import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { JobsService } from '../../../server/src/jobs/service';
import type { PrivacyService } from '../../../server/src/privacy/service';
import type { Figures, ItemDetail, RankingPage, RankResult } from '../../../server/src/ranking/api-types';
import type { WarmRuns } from '../../../server/src/ranking/refresh/warm-runs';
import { adminToken } from '../../support/admin';
import { adminCalls, over } from '../../support/admin-calls';
import { DATABASES, type TestDatabase } from '../../support/databases';
import { insertRankingWorld, WORLD_START } from '../../support/ranking-world';
import { startStrapi, type TestStrapi } from '../../support/strapi';
import { type StrapiNode, startStrapiNode } from '../../support/strapi-node';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const DAY = 86_400_000;
const FOREVER = Number.MAX_SAFE_INTEGER;
const DATE = '2026-03-01';
/** Never while this runs. */
const RULE = '0 0 29 2 *';
const config = {
  ranking: { value: 'revenue', landmarkDate: DATE, schedule: RULE, refresh: RULE, slices: ['channel'] },
};

type Told = Figures & { detail: ItemDetail | null; previousPosition: number | null };

let made = 0;

/** What changes in an app while its ranking stands; each call makes rows of its own. */
function changes(knex: Knex) {
  const at = () => Date.now();
  const next = (kind: string) => `new-${kind}-${++made}`;
  return {
    touch: (visitor_key: string, content_id: number, occurred_at: number) =>
      knex('clv_touches').insert({
        message_id: next('touch'),
        visitor_key,
        content_id,
        kind: 'view',
        occurred_at,
        received_at: at(),
        source: 'api',
      }),
    person: async () => {
      const id = next('person');
      await knex('clv_persons').insert({ id, canonical_id: id, created_at: at() });
      return id;
    },
    link: (visitor_key: string, person_id: string, valid_from: number, valid_to: number) =>
      knex('clv_visitor_links').insert({
        id: next('link'),
        visitor_key,
        person_id,
        valid_from,
        valid_to,
        source: 'test',
        linked_at: at(),
      }),
    customer: async (person_id: string) => {
      const value = next('customer');
      const stamp = { source: 'test', linked_at: at() };
      const id = next('identity');
      await knex('clv_identities').insert({ id, person_id, namespace: 'customer', value, ...stamp });
      return value;
    },
    order: (customer_id: string, ordered_at: number, amount: number) =>
      knex('clv_orders').insert({
        order_id: next('order'),
        customer_id,
        ordered_at,
        amount,
        status: 'paid',
        currency: 'EUR',
        source: 'test',
        updated_at: at(),
      }),
  };
}

for (const { name, start, missing } of DATABASES) {
  describe.skipIf(missing !== null)(`a refresh on ${name}`, () => {
    let database: TestDatabase;
    let app: TestStrapi;
    let jobs: JobsService;
    let warmRuns: WarmRuns;
    let knex: Knex;
    beforeAll(async () => {
      database = await start();
      app = await startStrapi({ env: database.env, config });
      jobs = app.strapi.plugin('clv').service('jobs');
      warmRuns = app.strapi.plugin('clv').service('warmRuns');
      knex = app.strapi.db.connection as unknown as Knex;
      await insertRankingWorld(knex, { persons: 700 });
    });
    afterAll(async () => {
      await app.stop();
      await database.stop();
    });

    async function run(params: object): Promise<{ id: string; result: RankResult }> {
      const { id } = await jobs.start('rank', params, { startedBy: 'test', activeKey: 'rank' });
      await jobs.ended(id);
      const { error, result } = (await jobs.get(id))!;
      expect(error).toBe(null);
      return { id, result: result as RankResult };
    }

    /** What the shown run says of every item, by landmark and content id; of everyone. */
    async function shown(jobId: string): Promise<Map<string, Told>> {
      const rows = await knex('clv_snapshots as s')
        .join('clv_snapshot_items as i', 'i.snapshot_id', 's.id')
        .where({ 's.job_id': jobId, 's.slice_of': '' })
        .where('s.created_at', '>', 0)
        .select('s.landmark', 'i.content_id', 'i.figures', 'i.detail');
      return new Map(
        rows.map(({ landmark, content_id, figures, detail }) => [
          `${landmark} ${content_id}`,
          { ...JSON.parse(figures), detail: JSON.parse(detail) },
        ]),
      );
    }

    /** Every figure of one equal to that of the other to nine digits, whatever the depth. */
    function expectSame(actual: unknown, expected: unknown, where: string): void {
      if (typeof actual === 'number' && typeof expected === 'number') {
        expect(Math.abs(actual - expected) / Math.max(1, Math.abs(expected)), where).toBeLessThan(1e-9);
      } else if (typeof expected === 'object' && expected !== null) {
        expect(Object.keys(actual as object).sort(), where).toEqual(Object.keys(expected).sort());
        for (const [key, value] of Object.entries(expected))
          expectSame((actual as Record<string, unknown>)[key], value, `${where} ${key}`);
      } else expect(actual, where).toBe(expected);
    }

    function expectSameRankings(actual: Map<string, Told>, expected: Map<string, Told>): void {
      expect([...actual.keys()].sort()).toEqual([...expected.keys()].sort());
      // Whoever comes later compares itself with another run.
      const figures = ({ previousPosition, ...told }: Told) => told;
      for (const [item, told] of expected) expectSame(figures(actual.get(item)!), figures(told), item);
    }

    test('gives the figures of a whole run, whatever changed since the one before', async () => {
      const first = await run({});
      const before = await shown(first.id);
      const add = changes(knex);

      // Known persons: another item, one again, and one that turns out to have been read earlier than was known.
      await add.touch('visitor-1-0', 3, WORLD_START + 5 * DAY);
      await add.touch('visitor-2-0', 4, WORLD_START + 170 * DAY);
      for (let content = 1; content <= 12; content++)
        await add.touch('visitor-8-0', content, WORLD_START + 1);
      for (let person = 20; person < 60; person++)
        await add.touch(`visitor-${person}-0`, 12, WORLD_START + person * DAY);
      // A visitor who is identified, with a person who is new and buys.
      const person = await add.person();
      await add.link('visitor-unknown', person, 0, FOREVER);
      const customer = await add.customer(person);
      await add.order(customer, WORLD_START + 90 * DAY, 123_456);
      // An item that nobody had read.
      await knex('clv_contents').insert({
        id: 99,
        uid: 'api::article.article',
        document_id: 'doc-new',
        locale: '',
        kind: 'article',
        title: 'New piece',
        published_at: WORLD_START,
        updated_at: WORLD_START,
      });
      for (const reader of [1, 2, 4, 5, 8]) await add.touch(`visitor-${reader}-0`, 99, WORLD_START + 9 * DAY);
      // A browser that changes hands, new orders of known customers, a consent that is withdrawn, a merge.
      const half = WORLD_START + 60 * DAY;
      await knex('clv_visitor_links').where({ visitor_key: 'visitor-11-0' }).update({ valid_to: half });
      await add.link('visitor-11-0', 'person-000012', half, FOREVER);
      for (let n = 1; n < 40; n += 3) await add.order(`customer-${n}`, WORLD_START + n * DAY, 5_000 * n);
      const denied = { visitor_key: 'visitor-16-0', consent: 'denied', consent_source: 'test' };
      await knex('clv_visitors').insert({ ...denied, consent_at: Date.now() });
      await knex('clv_persons').where({ id: 'person-000017' }).update({ canonical_id: 'person-000018' });

      const refresh = await run({ refresh: true });
      expect(refresh.result.refresh).toMatchObject({ touches: 59, reread: 5 });
      const refreshed = await shown(first.id);
      expect(await shown(refresh.id)).toEqual(new Map());
      expect(refreshed).not.toEqual(before);
      for (const [item, { previousPosition }] of refreshed)
        expect(previousPosition, item).toBe(before.get(item)?.previousPosition ?? null);

      const whole = await run({});
      expect(whole.result.refresh).toBe(undefined);
      expectSameRankings(refreshed, await shown(whole.id));
    });

    test('refreshes follow one another, each from what the one before it left', async () => {
      const { id } = await run({});
      const add = changes(knex);
      for (let turn = 0; turn < 3; turn++) {
        await add.touch(`visitor-${70 + turn}-0`, 1 + turn, WORLD_START + turn);
        expect((await run({ refresh: true })).result.refresh).toBeDefined();
      }
      const refreshed = await shown(id);
      expectSameRankings(refreshed, await shown((await run({})).id));
    });

    test('says on the screen until when figures count, and keeps slices, checks and the run itself', async () => {
      const { id } = await run({});
      const token = await adminToken(app.strapi, app.url);
      const page = async (): Promise<RankingPage> =>
        (await adminCalls(() => token).call(app, '/rankings?landmark=first-order')).body;
      const before = await page();
      const slices = knex('clv_snapshots').where({ job_id: id }).whereNot({ slice_of: '' }).orderBy('id');
      const ids = await slices.clone().pluck('id');
      const begun = Date.now();
      await run({ refresh: true });
      const after = await page();
      expect(before.snapshot!.refreshedAt).toBe(undefined);
      expect(after.snapshot!.refreshedAt).toBeGreaterThanOrEqual(begun);
      expect(after.snapshot).toMatchObject({ jobId: id, createdAt: before.snapshot!.createdAt });
      expect(after.snapshot!.report).toEqual(before.snapshot!.report);
      expect(after.facets).toEqual(before.facets);
      expect(after.items).toHaveLength(before.items.length);
      expect(await slices.pluck('id')).toEqual(ids);
    });

    test('is planned, and happens when a touch came in since and what a run left is there', async () => {
      const planned = app.strapi.cron.jobs.filter(({ name: task }) => task === 'clv.ranking.refresh');
      expect(planned.map(({ options }) => options)).toEqual([{ rule: RULE, tz: 'UTC' }]);
      const wake = async () => {
        await planned[0]!.job.invoke();
        const [latest] = await jobs.list('rank', 1);
        await jobs.ended(latest!.id);
        return (await jobs.get(latest!.id))!;
      };
      const { id } = await run({});
      expect((await wake()).id).toBe(id);
      await changes(knex).touch('visitor-1-0', 5, WORLD_START);
      const woken = await wake();
      expect(woken).toMatchObject({
        startedBy: 'refresh',
        status: 'done',
        result: { refresh: { reread: 0 } },
      });
      expect((await wake()).id).toBe(woken.id);
      await changes(knex).touch('visitor-1-0', 6, WORLD_START);
      warmRuns.drop();
      expect((await wake()).id).toBe(woken.id);
    });

    test('the nightly run waits for a refresh under way instead of being left out', async () => {
      await run({});
      const nightly = app.strapi.cron.jobs.find(({ name: task }) => task === 'clv.ranking')!;
      const asked = { startedBy: 'refresh', activeKey: 'rank' };
      const refresh = await jobs.start('rank', { refresh: true }, asked);
      await nightly.job.invoke();
      const [latest, before] = await jobs.list('rank', 2);
      expect(before).toMatchObject({ id: refresh.id, status: 'done' });
      expect(latest!.startedBy).toBe('schedule');
      await jobs.ended(latest!.id);
    });

    test('what a run left in memory goes with an erasure, and the next refresh is a whole run', async () => {
      const privacy: PrivacyService = app.strapi.plugin('clv').service('privacy');
      await run({});
      expect(await warmRuns.current()).not.toBe(null);
      await privacy.erasePerson({ visitor: 'visitor-22-0' });
      expect(await warmRuns.current()).toBe(null);
      expect((await run({ refresh: true })).result.refresh).toBe(undefined);
      expect(await warmRuns.current()).not.toBe(null);
    });

    test('what is erased while a run reads it is not kept', async () => {
      const beginning = await warmRuns.begin();
      const { run: warm, runId } = (await warmRuns.current())!;
      await (app.strapi.plugin('clv').service('privacy') as PrivacyService).erasePerson({
        visitor: 'visitor-23-0',
      });
      await warmRuns.keep(runId, warm, beginning);
      expect(await warmRuns.current()).toBe(null);
    });
  });
}

describe('two nodes', () => {
  let database: TestDatabase;
  let here: TestStrapi;
  let there: StrapiNode;
  let token: string;
  beforeAll(async () => {
    database = await DATABASES.find(({ name }) => name === 'PostgreSQL')!.start();
    here = await startStrapi({ env: database.env, config });
    there = await startStrapiNode(database.env, config);
    token = await adminToken(here.strapi, here.url);
    await insertRankingWorld(here.strapi.db.connection as unknown as Knex);
  });
  afterAll(async () => {
    await there.stop();
    await here.stop();
    await database.stop();
  });
  const { call, jobWhen } = adminCalls(() => token);
  const runOn = async (node: { url: string }) => {
    const { jobId } = (await call(node, '/rankings/run', 'POST')).body;
    return jobWhen(node, jobId, over);
  };

  test('a node forgets what it has in memory when another has a newer run, or erases someone', async () => {
    const warmRuns: WarmRuns = here.strapi.plugin('clv').service('warmRuns');
    await runOn(here);
    expect(await warmRuns.current()).not.toBe(null);
    await runOn(there);
    expect(await warmRuns.current()).toBe(null);

    await runOn(here);
    expect(await warmRuns.current()).not.toBe(null);
    const erased = await call(there, '/people/erase', 'POST', { visitor: 'visitor-of-another-node' });
    expect(erased.status).toBe(200);
    expect(await warmRuns.current()).toBe(null);
  });
});
