import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { JobsService } from '../../../server/src/jobs/service';
import type { ComparePage, ItemPage } from '../../../server/src/ranking/item/api-types';
import type { StudyResult } from '../../../server/src/ranking/study/api-types';
import { adminToken, editorToken } from '../../support/admin';
import { DATABASES, type TestDatabase } from '../../support/databases';
import { insertRankingWorld } from '../../support/ranking-world';
import { startStrapi, type TestStrapi } from '../../support/strapi';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 120_000 });

const config = { ranking: { value: 'revenue', fdr: 0.2, schedule: false } };

for (const { name, start, missing } of DATABASES) {
  describe.skipIf(missing !== null)(`single items, on ${name}`, () => {
    let database: TestDatabase;
    let app: TestStrapi;
    let knex: Knex;
    let token: string;
    const jobs = (): JobsService => app.strapi.plugin('clv').service('jobs');
    beforeAll(async () => {
      database = await start();
      app = await startStrapi({ env: database.env, config });
      knex = app.strapi.db.connection as unknown as Knex;
      token = await adminToken(app.strapi, app.url);
      await insertRankingWorld(knex, { persons: 700, contents: 20 });
      await knex('clv_touches').update({ seconds: 40, depth: 80 }).where('content_id', 2);
      // Never touched, and gone before any run.
      await knex('clv_contents').insert({
        id: 900,
        uid: 'api::article.article',
        document_id: 'never-seen',
        locale: '',
        kind: 'article',
        title: 'Never seen',
        updated_at: Date.now(),
      });
    });
    afterAll(async () => {
      await app.stop();
      await database.stop();
    });

    const fetchWith = (bearer: string, path: string, method = 'GET') =>
      fetch(`${app.url}/clv${path}`, { method, headers: { authorization: `Bearer ${bearer}` } });
    const item = async (path: string) => {
      const answer = await fetchWith(token, `/rankings/items/${path}`);
      expect(answer.status).toBe(200);
      return (await answer.json()) as ItemPage;
    };
    async function run(): Promise<string> {
      const { id } = await jobs().start('rank', {}, { startedBy: 'test' });
      await jobs().ended(id);
      expect((await jobs().get(id))?.error).toBeNull();
      return id;
    }

    test('before the first run an item is known but not ranked', async () => {
      const page = await item('2');
      expect(page.content).toMatchObject({ contentId: 2, deletedAt: null });
      expect(page).toMatchObject({ landmarks: [], ranked: null, slices: [], runs: [], distribution: null });
      expect(page).toMatchObject({ attribution: null, journeys: null, study: null, studying: null });
      expect((await fetchWith(token, '/rankings/items/2/study', 'POST')).status).toBe(404);
    });

    test('what does not exist is not found, and what makes no sense is refused', async () => {
      for (const id of ['899', '0', 'x', '99999999999'])
        expect((await fetchWith(token, `/rankings/items/${id}`)).status).toBe(404);
      expect((await fetchWith(token, `/rankings/items/2?landmark=${'x'.repeat(40)}`)).status).toBe(400);
      for (const items of ['', 'a,b', '1,2,3,4,5,6'])
        expect((await fetchWith(token, `/rankings/compare?items=${items}`)).status).toBe(400);
    });

    test('the page of an item holds its figures, what they rest on, and its course over runs', async () => {
      const first = await run();
      const second = await run();
      const page = await item('2');
      expect(page.landmarks).toEqual(['first-order', 'all']);
      const { snapshot, item: ranked, detail } = page.ranked!;
      expect(snapshot).toMatchObject({ jobId: second, landmark: 'first-order', sliceOf: '' });
      expect(ranked.contentId).toBe(2);
      expect(ranked.adjustedDifference).not.toBeNull();
      expect(detail?.balance.map(({ trait }) => trait)).toContain('reading');
      expect(detail?.effective.exposed).toBeGreaterThan(15);
      expect(page.runs.map(({ jobId }) => jobId)).toEqual([first, second]);
      expect(page.runs[1]).toMatchObject({
        position: ranked.position,
        excess: ranked.excess,
        items: snapshot.items,
      });
      expect(page.attribution?.orders).toBeGreaterThan(0);
      expect(page.journeys?.item.contentId).toBe(2);
      for (const slice of page.slices) expect(slice.exposed + slice.unexposed).toBe(slice.population);

      const everything = await item('2?landmark=all');
      expect(everything.ranked?.snapshot.landmark).toBe('all');
      expect(everything.slices).toEqual([]);
      expect((await item('2?landmark=1999-01-01')).ranked).toBeNull();
      expect((await item('900')).ranked).toBeNull();
    });

    test('the distribution counts every reader and everyone else once', async () => {
      for (const landmark of ['first-order', 'all']) {
        const { distribution, ranked } = await item(`2?landmark=${landmark}`);
        const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0);
        const { edges, readers, others, zero, negative } = distribution!;
        expect([edges.length, readers.length, others.length]).toEqual([25, 24, 24]);
        expect(sum(readers) + zero.readers + negative.readers).toBe(ranked!.item.exposed);
        expect(sum(others) + zero.others + negative.others).toBe(ranked!.item.unexposed);
        expect(sum(readers) + sum(others)).toBe(ranked!.snapshot.withValue);
      }
    });

    test('a closer look is taken once, kept beside the runs, and replaced by the next', async () => {
      const started = await fetchWith(token, '/rankings/items/2/study?landmark=all', 'POST');
      expect(started.status).toBe(202);
      const { jobId } = await started.json();
      const again = await fetchWith(token, '/rankings/items/2/study?landmark=all', 'POST');
      if (again.status === 409) {
        expect(await again.json()).toEqual({ jobId });
        expect((await item('2?landmark=all')).studying).toBe(jobId);
      } else {
        // It was over before we asked again.
        await jobs().ended((await again.json()).jobId);
      }
      await jobs().ended(jobId);
      const job = await jobs().get(jobId);
      expect(job?.error).toBeNull();
      expect(job?.result as StudyResult).toMatchObject({ contentId: 2, landmark: 'all' });

      const { study, studying, ranked } = await item('2?landmark=all');
      expect(studying).toBeNull();
      expect(study?.study.exposed).toBe(ranked!.item.exposed);
      expect(study?.study.refused).toBeNull();
      expect(study?.study.low).toBeLessThan(study!.study.difference!);
      expect(study?.study.doses.depth?.groups.map(({ from, to }) => [from, to])).toEqual([[80, 80]]);
      expect((await item('2')).study).toBeNull();

      await fetchWith(token, '/rankings/items/2/study?landmark=all', 'POST').then(async (answer) =>
        jobs().ended((await answer.json()).jobId),
      );
      const next = await item('2?landmark=all');
      expect(next.study!.createdAt).toBeGreaterThanOrEqual(study!.createdAt);
      expect(next.study!.study).toEqual(study!.study);
      expect(await knex('clv_item_studies').where({ content_id: 2 })).toHaveLength(1);
    });

    test('items are compared in the order that was asked for', async () => {
      const answer = await fetchWith(token, '/rankings/compare?items=5,2,900,5&landmark=first-order');
      const { items, snapshot, landmarks } = (await answer.json()) as ComparePage;
      expect(snapshot?.landmark).toBe('first-order');
      expect(landmarks).toEqual(['first-order', 'all']);
      expect(items.map(({ item: { contentId } }) => contentId)).toEqual([5, 2]);
      expect(items[0]?.detail?.effective).toBeDefined();
    });

    test('a workbook holds what the filters leave', async () => {
      const answer = await fetchWith(token, '/rankings/export.xlsx?kind=white-paper');
      expect(answer.headers.get('content-type')).toContain('spreadsheetml');
      expect(answer.headers.get('content-disposition')).toMatch(/clv-ranking-first-order-.*\.xlsx/);
      const bytes = Buffer.from(await answer.arrayBuffer());
      expect(bytes.subarray(0, 2).toString()).toBe('PK');
    });

    test('a role needs the permissions: to read, and to start a closer look', async () => {
      const reader = await editorToken(app.strapi, app.url, ['plugin::clv.rankings.read']);
      expect((await fetchWith(reader, '/rankings/items/2')).status).toBe(200);
      expect((await fetchWith(reader, '/rankings/items/2/study', 'POST')).status).toBe(403);
      const nobody = await editorToken(app.strapi, app.url, ['plugin::clv.data.import']);
      for (const path of ['/rankings/items/2', '/rankings/compare?items=1,2', '/rankings/export.xlsx'])
        expect((await fetchWith(nobody, path)).status).toBe(403);
    });
  });
}
