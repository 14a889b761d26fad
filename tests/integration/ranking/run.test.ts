import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { JobsService } from '../../../server/src/jobs/service';
import type { Figures, RankResult } from '../../../server/src/ranking/api-types';
import { rankHistory } from '../../../server/src/ranking/models/history';
import { inMajorUnits } from '../../../server/src/ranking/models/in-major-units';
import { divisionOf } from '../../../server/src/ranking/models/landmark';
import { LINKS } from '../../../server/src/ranking/queries/links-table';
import { DATABASES, type TestDatabase } from '../../support/databases';
import { insertRankingWorld, type RankingWorld } from '../../support/ranking-world';
import { startStrapi, type TestStrapi } from '../../support/strapi';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 120_000 });

const DATE = '2026-03-01';
const TIMEZONE = 'Europe/Rome';
const FDR = 0.2;
const config = {
  ranking: { value: 'revenue', fdr: FDR, landmarkDate: DATE, schedule: false, slices: [] },
  value: { timezone: TIMEZONE },
};
/** What the engine that the command line uses says of the same world. */
function expectedFigures(world: RankingWorld, landmark: string): Map<number, Figures> {
  const ranking = rankHistory(world.history, divisionOf(landmark, TIMEZONE)!, { fdr: FDR });
  return new Map(ranking.items.map(({ item, figures }) => [item + 1, inMajorUnits(figures, 2)]));
}

/** Equal to nine digits, relative to the figure's size. */
function expectSame(actual: Figures, expected: Figures, where: string): void {
  for (const name of Object.keys(expected) as (keyof Figures)[]) {
    const [got, wanted] = [actual[name], expected[name]];
    if (typeof got !== 'number' || typeof wanted !== 'number') expect(got, `${where} ${name}`).toBe(wanted);
    else
      expect(Math.abs(got - wanted) / Math.max(1, Math.abs(wanted)), `${where} ${name}`).toBeLessThan(1e-9);
  }
}

for (const { name, start, missing } of DATABASES) {
  describe.skipIf(missing !== null)(`a ranking run on ${name}`, () => {
    let database: TestDatabase;
    let app: TestStrapi;
    let jobs: JobsService;
    let knex: Knex;
    let world: RankingWorld;
    beforeAll(async () => {
      database = await start();
      app = await startStrapi({ env: database.env, config });
      jobs = app.strapi.plugin('clv').service('jobs');
      knex = app.strapi.db.connection as unknown as Knex;
      world = await insertRankingWorld(knex, { persons: 700 });
    });
    afterAll(async () => {
      await app.stop();
      await database.stop();
    });

    async function run() {
      const { id } = await jobs.start('rank', {}, { startedBy: 'test', activeKey: 'rank' });
      await jobs.ended(id);
      return (await jobs.get(id))!;
    }

    async function figuresOf(snapshotId: string): Promise<Map<number, Figures>> {
      const rows = await knex('clv_snapshot_items').where({ snapshot_id: snapshotId }).orderBy('position');
      return new Map(
        rows.map((row) => {
          const { previousPosition, ...figures } = JSON.parse(row.figures);
          return [Number(row.content_id), figures];
        }),
      );
    }

    test('gives the figures of the engine at every landmark', async () => {
      const events: unknown[] = [];
      const unsubscribe = app.strapi.eventHub.on('clv.ranking.done', async (event) => {
        events.push(event);
      });
      const job = await run();
      unsubscribe();
      expect(job).toMatchObject({ status: 'done', error: null });
      const result = job.result as RankResult;
      expect(events).toEqual([{ jobId: job.id, ...result }]);

      const snapshots = await knex('clv_snapshots').where({ job_id: job.id });
      expect(snapshots.map(({ landmark }) => landmark).sort()).toEqual(['all', 'first-order', DATE].sort());
      expect(result.snapshots).toBe(3);
      for (const { id, landmark, population, items, summary } of snapshots) {
        const expected = expectedFigures(world, landmark);
        const [first] = expected.values();
        expect(population, landmark).toBe(first!.exposed + first!.unexposed);
        const actual = await figuresOf(id);
        expect(items).toBe(12);
        expect(JSON.parse(summary).leftOut).toBe(0);
        expect([...actual.keys()].sort(), landmark).toEqual([...expected.keys()].sort());
        for (const [contentId, figures] of actual)
          expectSame(figures, expected.get(contentId)!, `${landmark} item ${contentId}`);
      }
      expect(result.population).toBeGreaterThan(300);
    });

    test('a run that fails says why, and leaves the ranking before it as it was', async () => {
      const before = await knex('clv_snapshots').where('created_at', '>', 0).orderBy('id').pluck('id');
      await knex.schema.renameTable('clv_visitor_links', 'clv_elsewhere');
      const job = await run();
      await knex.schema.renameTable('clv_elsewhere', 'clv_visitor_links');
      expect(job).toMatchObject({ status: 'failed', result: null });
      expect(job.error).toContain('clv_visitor_links');
      expect(await knex('clv_snapshots').where('created_at', '>', 0).orderBy('id').pluck('id')).toEqual(
        before,
      );
      expect((await run()).status).toBe('done');
    });

    test('the thread left nothing behind in the database', async () => {
      expect(await knex.schema.hasTable(LINKS)).toBe(false);
    });
  });
}
