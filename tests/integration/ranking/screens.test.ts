import { parse } from 'csv-parse/sync';
import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { JobsService } from '../../../server/src/jobs/service';
import type { ItemPanel, RankedItem, RankingPage } from '../../../server/src/ranking/api-types';
import { adminToken, editorToken } from '../../support/admin';
import { DATABASES, type TestDatabase } from '../../support/databases';
import { insertRankingWorld } from '../../support/ranking-world';
import { startStrapi, type TestStrapi } from '../../support/strapi';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 120_000 });

const config = { ranking: { value: 'revenue', fdr: 0.2, schedule: false, slices: ['channel'] } };

for (const { name, start, missing } of DATABASES) {
  describe.skipIf(missing !== null)(`what screens read, on ${name}`, () => {
    let database: TestDatabase;
    let app: TestStrapi;
    let knex: Knex;
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

    const fetchWith = (bearer: string, path: string, method = 'GET') =>
      fetch(`${app.url}/clv${path}`, { method, headers: { authorization: `Bearer ${bearer}` } });
    const get = (path: string) => fetchWith(token, path);
    const page = async (query = '') => (await (await get(`/rankings${query}`)).json()) as RankingPage;
    const titles = (items: RankedItem[]) => items.map(({ title }) => title);

    async function run(): Promise<string> {
      const answer = await fetchWith(token, '/rankings/run', 'POST');
      expect(answer.status).toBe(202);
      const { jobId } = await answer.json();
      const jobs: JobsService = app.strapi.plugin('clv').service('jobs');
      await jobs.ended(jobId);
      expect((await jobs.get(jobId))?.error).toBeNull();
      return jobId;
    }

    test('before the first run the page says what is there to rank', async () => {
      expect(await page()).toEqual({
        snapshot: null,
        items: [],
        pagination: { page: 1, pageSize: 25, pageCount: 0, total: 0 },
        facets: { landmarks: [], slices: [], kinds: [], locales: [], groups: [] },
        running: null,
        lastRun: null,
        data: { contents: 0, touches: 0, identifiedVisitors: 0, customers: 0, orders: 0 },
      });
      expect((await get('/rankings/export.csv')).status).toBe(404);
    });

    test('a run over nobody says that there is not enough data', async () => {
      await run();
      const { snapshot, items } = await page();
      expect(snapshot).toMatchObject({ landmark: 'all', population: 0, withValue: 0, items: 0, needed: 30 });
      expect(items).toEqual([]);
    });

    test('the page shows the ranking of what was read before the first order, and what it can be narrowed to', async () => {
      await insertRankingWorld(knex);
      await knex('clv_contents').where({ id: 3 }).update({ title: `=HYPERLINK("x") 100 % "sure", or_not` });
      await knex('clv_contents').where({ id: 4 }).update({ unpublished_at: 5 });
      await knex('clv_contents').where({ id: 11 }).update({ title: 'È ORA di caffe\u0300' });
      await knex('clv_contents').where({ id: 12 }).update({ title: 'ÉLAN vital' });
      const jobId = await run();
      const { snapshot, items, facets, pagination, running, lastRun, data } = await page('?pageSize=5');
      expect(snapshot).toMatchObject({
        jobId,
        landmark: 'first-order',
        sliceOf: '',
        slice: '',
        value: 'revenue',
        fdr: 0.2,
        currency: 'EUR',
        timezone: 'UTC',
        simulated: false,
      });
      expect(items.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5]);
      expect(pagination).toEqual({ page: 1, pageSize: 5, pageCount: 3, total: 12 });
      expect(facets).toEqual({
        landmarks: ['first-order', 'all'],
        slices: [{ of: 'channel', values: ['search', 'newsletter'] }],
        kinds: ['article', 'white-paper'],
        locales: ['', 'en'],
        groups: [],
      });
      expect(running).toBeNull();
      expect(lastRun).toMatchObject({ id: jobId, status: 'done', error: null });
      expect(data).toMatchObject({ contents: 12, customers: 266 });
      expect(data.touches).toBeGreaterThan(1000);
    });

    test('pages, filters and orders hold all items, those without the figure last', async () => {
      const everything = (await page('?pageSize=100')).items;
      expect(everything).toHaveLength(12);
      const second = await page('?page=2&pageSize=5');
      expect(titles(second.items)).toEqual(titles(everything).slice(5, 10));

      const papers = await page('?kind=white-paper&locale=en');
      expect(papers.items.every(({ kind, locale }) => kind === 'white-paper' && locale === 'en')).toBe(true);
      expect(papers.pagination.total).toBe(2);
      for (const verdict of ['not enough data', 'not distinguishable', 'associated']) {
        const { items } = await page(`?verdict=${encodeURIComponent(verdict)}`);
        expect(titles(items)).toEqual(titles(everything.filter((item) => item.verdict === verdict)));
      }

      await knex('clv_snapshot_items').where({ title: 'Piece 5' }).update({ rho: null });
      for (const direction of ['asc', 'desc']) {
        const { items } = await page(`?sort=rho:${direction}&pageSize=100`);
        expect(items.at(-1)?.title).toBe('Piece 5');
        const rhos = items.slice(0, -1).map(({ rho }) => rho!);
        const sorted = [...rhos].sort((a, b) => (direction === 'asc' ? a - b : b - a));
        expect(rhos).toEqual(sorted);
      }
      const byTitle = titles((await page('?sort=title:desc&pageSize=3&search=piece')).items);
      expect(byTitle).toEqual(['Piece 9', 'Piece 8', 'Piece 7']);
    });

    test('accented titles are found and ordered however they are written', async () => {
      const found = async (text: string) => titles((await page(`?search=${encodeURIComponent(text)}`)).items);
      for (const text of ['È ora', 'è ORA', 'E\u0300 ora', 'CAFFÈ'])
        expect(await found(text)).toEqual(['È ORA di caffe\u0300']);
      expect(await found('élan')).toEqual(['ÉLAN vital']);
      const ordered = titles((await page('?sort=title:asc&pageSize=100')).items);
      expect(ordered.indexOf('È ORA di caffe\u0300')).toBeLessThan(ordered.indexOf('ÉLAN vital'));
    });

    test('a search takes its signs as they are', async () => {
      const found = async (text: string) =>
        (await page(`?search=${encodeURIComponent(text)}`)).pagination.total;
      expect(await found('PIECE')).toBe(9);
      expect(await found('100 %')).toBe(1);
      expect(await found('%')).toBe(1);
      expect(await found('_')).toBe(1);
      expect(await found('!')).toBe(0);
      expect(await found(`"; DROP TABLE clv_contents; --'`)).toBe(0);
    });

    test('a landmark and a slice that the run does not have show an empty page with the choices', async () => {
      expect((await page('?landmark=first-order&slice=channel:search')).snapshot).toMatchObject({
        landmark: 'first-order',
        sliceOf: 'channel',
        slice: 'search',
      });
      const undivided = await page('?landmark=all&slice=channel:search');
      expect({ ...undivided.facets, snapshot: undivided.snapshot }).toMatchObject({
        snapshot: null,
        slices: [],
      });
      const { snapshot, items, facets } = await page('?landmark=2020-01-01');
      expect({ snapshot, items }).toEqual({ snapshot: null, items: [] });
      expect(facets.landmarks).toEqual(['first-order', 'all']);
    });

    test('a parameter that makes no sense is refused, with its name', async () => {
      const answer = await get('/rankings?pageSize=101&sort=colour:asc&verdict=great');
      expect(answer.status).toBe(400);
      const { message } = (await answer.json()).error;
      for (const parameter of ['pageSize', 'sort', 'verdict']) expect(message).toContain(parameter);
    });

    test('the next run remembers the places of the one before', async () => {
      const before = new Map((await page('?pageSize=100')).items.map((item) => [item.contentId, item]));
      expect([...before.values()].every((item) => item.previousPosition === null)).toBe(true);
      await run();
      const { items } = await page('?pageSize=100');
      for (const item of items) expect(item.previousPosition).toBe(before.get(item.contentId)!.position);
    });

    test('the export holds every figure, and no title becomes a formula', async () => {
      const answer = await get('/rankings/export.csv?landmark=all&sort=position:asc');
      expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
      expect(answer.headers.get('content-disposition')).toMatch(/clv-ranking-all-\d{4}-\d\d-\d\d\.csv/);
      const rows: Record<string, string>[] = parse(await answer.text(), { columns: true });
      const { items } = await page('?landmark=all&pageSize=100');
      expect(rows.map((row) => Number(row.position))).toEqual(items.map(({ position }) => position));
      rows.forEach((row, i) => {
        const item = items[i]!;
        const key = [item.uid, item.documentId, item.locale].filter(Boolean).join('/');
        expect(row).toMatchObject({ content_id: key, content_type: item.kind, verdict: item.verdict });
        expect(Number(row.mean_exposed)).toBe(item.meanExposed);
        expect(row.excess).toBe('');
        if (item.rho !== null) expect(Number(row.rho)).toBe(item.rho);
      });
      const dangerous = rows.filter((row) => row.title!.includes('HYPERLINK'));
      expect(dangerous.map((row) => row.title)).toEqual([`'=HYPERLINK("x") 100 % "sure", or_not`]);
    });

    test('the panel shows one entry at every landmark', async () => {
      const panel = async (query: string) =>
        (await (await get(`/rankings/item?${query}`)).json()) as ItemPanel;
      const { tracked, items, readers } = await panel('uid=api::article.article&documentId=doc-1&locale=en');
      expect(tracked).toBe(true);
      expect(items.map(({ snapshot }) => snapshot.landmark)).toEqual(['first-order', 'all']);
      expect(items.every(({ item }) => item.title === 'Piece 1' && item.documentId === 'doc-1')).toBe(true);
      expect(readers).toBe(items[1]!.item.readers);
      expect(readers).toBeGreaterThan(0);
      expect(await panel('uid=api::article.article&documentId=doc-1')).toMatchObject({
        items: [],
        readers: 0,
      });
      expect(await panel('uid=api::tag.tag&documentId=x')).toEqual({ tracked: false, items: [], readers: 0 });
      const gone = await panel('uid=api::white-paper.white-paper&documentId=doc-3&locale=en');
      expect(gone.items[0]!.item).toMatchObject({ unpublishedAt: 5, deletedAt: null });
    });

    test('a run that never ended is seen by nobody, and the next one clears it away', async () => {
      const [head] = await knex('clv_snapshots').where('items', '>', 0).limit(1);
      const [item] = await knex('clv_snapshot_items').where({ snapshot_id: head.id }).limit(1);
      await knex('clv_snapshots').insert({ ...head, id: 'half', job_id: 'half', created_at: 0 });
      const { id: _, ...copy } = item;
      await knex('clv_snapshot_items').insert({ ...copy, snapshot_id: 'half' });
      expect((await page()).snapshot?.jobId).not.toBe('half');
      await run();
      expect(await knex('clv_snapshots').where({ id: 'half' })).toEqual([]);
      expect(await knex('clv_snapshot_items').where({ snapshot_id: 'half' })).toEqual([]);
    });

    test('the last ten runs are kept', async () => {
      const [head] = await knex('clv_snapshots').where('created_at', '>', 0).where({ slice_of: '' }).limit(1);
      for (let n = 1; n <= 10; n += 1)
        await knex('clv_snapshots').insert({ ...head, id: `old-${n}`, job_id: `old-${n}`, created_at: n });
      const latest = await run();
      const kept = await knex('clv_snapshots').distinct('job_id').pluck('job_id');
      expect(kept).toHaveLength(10);
      expect(kept).toContain(latest);
      expect(kept).toContain('old-10');
      expect(kept).not.toContain('old-1');
    });

    test('reading needs its permission, and so does starting', async () => {
      const reader = await editorToken(app.strapi, app.url, ['plugin::clv.rankings.read']);
      const nobody = await editorToken(app.strapi, app.url, []);
      expect((await fetchWith(reader, '/rankings')).status).toBe(200);
      expect((await fetchWith(reader, '/rankings/groups?by=kind')).status).toBe(200);
      expect((await fetchWith(reader, '/rankings/group-values?by=topic')).status).toBe(200);
      expect((await fetchWith(reader, '/rankings/run', 'POST')).status).toBe(403);
      for (const path of [
        '/rankings',
        '/rankings/export.csv',
        '/rankings/item?uid=a&documentId=b',
        '/rankings/groups?by=kind',
        '/rankings/groups/export.csv?by=kind',
        '/rankings/group-values?by=topic',
      ])
        expect((await fetchWith(nobody, path)).status).toBe(403);
      expect((await fetch(`${app.url}/clv/rankings`)).status).toBe(401);
    });
  });
}
