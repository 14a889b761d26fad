import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { RUN_SHAPE } from '../../../server/src/clv/runs/latest';
import type { JobsService } from '../../../server/src/jobs/service';
import type { ItemJourneysAnswer, JourneysPage } from '../../../server/src/ranking/journeys/api-types';
import { journeysReport } from '../../../server/src/ranking/journeys/section';
import { Told } from '../../../server/src/ranking/journeys/told';
import { exposuresOf, personsOf } from '../../../server/src/ranking/models/history';
import { analyseJourneys } from '../../../server/src/ranking/models/journeys';
import { adminToken, editorToken } from '../../support/admin';
import { DATABASES, type TestDatabase } from '../../support/databases';
import { insertRankingWorld, type RankingWorld, WORLD_START } from '../../support/ranking-world';
import { startStrapi, type TestStrapi } from '../../support/strapi';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const config = {
  ranking: { value: 'revenue', schedule: false, slices: ['channel'] },
  prediction: { schedule: false },
  value: { currency: 'EUR' },
};
const TIER = 'gold';
const isGold = (person: number) => person % 3 === 1;

/** What the models say of the same world, as screens are told it. */
function expectedOf({ history }: RankingWorld) {
  const analysis = analyseJourneys({
    exposures: exposuresOf(history),
    persons: personsOf(history, 'first-order'),
    now: Date.now(),
    isTopTier: isGold,
  });
  const told = new Told(
    Array.from({ length: history.contents }, (_, item) => item + 1),
    100,
  );
  return {
    report: journeysReport(analysis, told),
    topTier: { tier: TIER, paths: told.paths(analysis.topTierPaths!) },
    items: analysis.items.map((one) => told.item(one)),
  };
}

/** A run of the value engine that put some persons into the best tier. */
async function insertTiers(knex: Knex, persons: number): Promise<void> {
  const run = { id: 'value-run', job_id: 'value-job', created_at: WORLD_START, published_at: WORLD_START };
  await knex('clv_value_runs').insert({ ...run, shape: RUN_SHAPE, summary: '{}', engine: '{}' });
  const body = JSON.stringify({ tiers: { rows: [{ tier: TIER }, { tier: 'silver' }] } });
  await knex('clv_value_sections').insert({ run_id: run.id, name: 'report', body });
  const rows = Array.from({ length: persons }, (_, person) => ({
    run_id: run.id,
    person_id: `person-${String(person).padStart(6, '0')}`,
    kind: 'customer',
    orders: 1,
    revenue: 0,
    historical: 0,
    total: 0,
    tier: isGold(person) ? TIER : 'silver',
    stage: 'active',
    updated_at: WORLD_START,
  }));
  await knex.batchInsert('clv_person_values', rows, 50);
}

for (const { name, start, missing } of DATABASES) {
  describe.skipIf(missing !== null)(`journeys on ${name}`, () => {
    let database: TestDatabase;
    let app: TestStrapi;
    let knex: Knex;
    let world: RankingWorld;
    let token: string;
    beforeAll(async () => {
      database = await start();
      app = await startStrapi({ env: database.env, config });
      knex = app.strapi.db.connection as unknown as Knex;
      token = await adminToken(app.strapi, app.url);
    });
    afterAll(async () => {
      await app.stop();
      await database.stop();
    });

    const ask = (path: string, as = token) =>
      fetch(`${app.url}/clv/journeys${path}`, { headers: { authorization: `Bearer ${as}` } });
    const told = async <T>(path: string) => (await (await ask(path)).json()) as T;

    async function run() {
      const jobs: JobsService = app.strapi.plugin('clv').service('jobs');
      const { id } = await jobs.start('rank', {}, { startedBy: 'test', activeKey: 'rank' });
      await jobs.ended(id);
      const job = (await jobs.get(id))!;
      expect(job).toMatchObject({ status: 'done', error: null });
      return job;
    }

    test('are asked for before there are any', async () => {
      expect(await told('')).toEqual({ run: null, report: null, contents: [] });
      expect((await ask('/export.csv')).status).toBe(404);
      expect(await told('/item?contentId=1')).toEqual({ run: null, item: null, contents: [] });
      expect((await ask('/item')).status).toBe(400);
      expect((await ask('/export.csv?table=people')).status).toBe(400);
    });

    test('are what the models say of the same people, once a run was made', async () => {
      world = await insertRankingWorld(knex, { persons: 700 });
      const job = await run();
      const page = await told<JourneysPage>('');
      const expected = expectedOf(world);
      expect(page.run).toMatchObject({ jobId: job.id, simulated: false });
      const { currency, value, topTier, ...report } = page.report!;
      expect({ currency, value, topTier }).toEqual({
        currency: 'EUR',
        value: 'revenue',
        topTier: { missing: 'no value run' },
      });
      expect(report).toEqual(expected.report);
      expect(report.counts.ordered).toBeGreaterThan(200);
      expect(report.paths.some(({ paths }) => paths.length > 3)).toBe(true);
      for (const item of expected.items) {
        const answer = await told<ItemJourneysAnswer>(`/item?contentId=${item.contentId}`);
        expect(answer.item).toEqual(item);
        const named = new Set(answer.contents.map(({ contentId }) => contentId));
        for (const { contentId } of [...item.next, ...item.before]) expect(named.has(contentId)).toBe(true);
      }
    });

    test('of the best tier are those of who is in it by the last run of the value engine', async () => {
      await insertTiers(knex, world.history.persons);
      await run();
      const { report } = await told<JourneysPage>('');
      expect(report!.topTier).toEqual(expectedOf(world).topTier);
    });

    test('bear the titles that items have now, on the screen and in files', async () => {
      await knex('clv_contents').where({ id: 1 }).update({ title: '=1+1' });
      const { report, contents } = await told<JourneysPage>('');
      expect(contents.find(({ contentId }) => contentId === 1)).toMatchObject({
        title: '=1+1',
        kind: 'white-paper',
      });
      const lines = async (table: string) =>
        (await (await ask(`/export.csv?table=${table}`)).text()).trim().split('\n');
      expect(await lines('entries')).toHaveLength(report!.entries.length + 1);
      const flow = report!.flow.links.filter(({ persons }) => persons >= report!.fewest);
      expect(await lines('flow')).toHaveLength(flow.length + 1);
      const everyPath = [...report!.paths, ...('paths' in report!.topTier ? report!.topTier.paths : [])];
      const paths = everyPath.reduce((sum, one) => sum + one.paths.length, 0);
      expect(await lines('paths')).toHaveLength(paths + 1);
      const next = await lines('next');
      const nexts = expectedOf(world).items.reduce((sum, item) => sum + item.next.length, 0);
      expect(next).toHaveLength(nexts + 1);
      // No spreadsheet runs a title as a formula.
      expect(next.find((line) => line.includes('1+1'))).toContain("'=1+1");
      expect(next.join('\n')).not.toMatch(/NaN|Infinity|undefined/);
    });

    test('are for whoever may read the rankings', async () => {
      const other = await editorToken(app.strapi, app.url, []);
      for (const path of ['', '/item?contentId=1', '/export.csv'])
        expect((await ask(path, other)).status).toBe(403);
    });
  });
}
