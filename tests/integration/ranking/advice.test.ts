import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { JobsService } from '../../../server/src/jobs/service';
import type { AdvicePage, ItemAdviceAnswer } from '../../../server/src/ranking/advice/api-types';
import { adminToken, editorToken } from '../../support/admin';
import { FADING, FEW, insertAdviceWorld, PRICING, RISING, SUPPORT } from '../../support/advice-world';
import { DATABASES, type TestDatabase } from '../../support/databases';
import { startStrapi, type TestStrapi } from '../../support/strapi';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 120_000 });

const config = {
  ranking: { value: 'revenue', schedule: false, slices: [] },
  prediction: { schedule: false },
};

for (const { name, start, missing } of DATABASES) {
  describe.skipIf(missing !== null)(`advice on ${name}`, () => {
    let database: TestDatabase;
    let app: TestStrapi;
    let knex: Knex;
    let token: string;
    let page: AdvicePage;
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

    const get = (path: string, by = token) =>
      fetch(`${app.url}/clv/advice${path}`, { headers: { authorization: `Bearer ${by}` } });
    const itemAdvice = async (item: number) =>
      (await (await get(`/item?contentId=${item + 1}`)).json()) as ItemAdviceAnswer;
    const report = () => page.report!;

    test('there is none before the first run', async () => {
      expect(await (await get('')).json()).toEqual({
        run: null,
        report: null,
        failedChecks: false,
        contents: [],
      });
      expect(await itemAdvice(0)).toMatchObject({ run: null, advice: null });
    });

    test('a run recommends the topic that goes with value, with its pieces as evidence', async () => {
      await insertAdviceWorld(knex, Date.now());
      const jobs: JobsService = app.strapi.plugin('clv').service('jobs');
      const { id } = await jobs.start('rank', {}, { startedBy: 'test', activeKey: 'rank' });
      await jobs.ended(id);
      expect((await jobs.get(id))?.error).toBeNull();
      page = await (await get('')).json();
      expect(report()).toMatchObject({ landmark: 'first-order', value: 'revenue', currency: 'EUR' });
      const { found, asked, groups } = report().worthwhile;
      // Four topics and four authors; the one kind is everything, and "safety" has too few pieces.
      expect({ asked, groups }).toEqual({ asked: 8, groups: 9 });
      const [best] = found;
      expect(best).toMatchObject({ dimension: 'topic', value: 'pricing', comparable: 5, pieces: 5 });
      expect(best!.excess.low).toBeGreaterThan(0);
      expect(best!.excess.low).toBeLessThan(Math.log(1.5));
      expect(best!.readers).toBeGreaterThan(300);
      expect(best!.best).toHaveLength(3);
      for (const { contentId, verdict } of best!.best) {
        expect(PRICING).toContain(contentId - 1);
        expect(verdict).toBe('associated');
        expect(page.contents.find((content) => content.contentId === contentId)?.title).toBe(
          `Piece ${contentId - 1}`,
        );
      }
      expect(found.filter(({ dimension }) => dimension === 'topic')).toHaveLength(1);
    });

    test('the topic that is read much and written little is a gap', () => {
      const { gaps } = report();
      expect(gaps).toMatchObject({ tier: null, months: 12, needed: 30 });
      const [gap] = gaps.found;
      expect(gap).toMatchObject({ dimension: 'topic', value: 'safety', pieces: 2 });
      expect(gap!.multiple.low).toBeGreaterThan(1);
      expect(gap!.shareOfReading.low).toBeGreaterThan(gap!.shareOfPieces);
      expect(gap!.readers).toBeLessThanOrEqual(gaps.readers);
      expect([...gap!.contentIds].sort()).toEqual([6, 7]);
    });

    test('the old winner that is fading is told apart from the one that is rising', () => {
      const { fading, rising, pieces } = report().trends;
      expect(pieces).toBeGreaterThan(15);
      expect(fading.map(({ contentId }) => contentId - 1)).toEqual([FADING]);
      expect(rising.map(({ contentId }) => contentId - 1)).toEqual([RISING]);
      expect(fading[0]!.relative.high).toBeLessThan(1);
      expect(fading[0]!.recent).toBeLessThan(fading[0]!.before);
      expect(rising[0]!.relative.low).toBeGreaterThan(1);
      const { periods, readersBefore, recentReaders } = fading[0]!;
      expect(periods.reduce((sum, count) => sum + count, 0)).toBe(readersBefore + recentReaders);
    });

    test('each item has its sentence at every landmark, and its trend', async () => {
      const [winner, few, support] = await Promise.all([FADING, FEW, SUPPORT].map(itemAdvice));
      expect(Object.keys(winner!.advice!.sentences).sort()).toEqual(['all', 'first-order']);
      expect(winner!.advice!.sentences['first-order']).toMatchObject({ code: 'associated' });
      expect(winner!.advice!.trend).toEqual(report().trends.fading[0]);
      expect(winner).toMatchObject({ currency: 'EUR', run: page.run });
      expect(few!.advice!.sentences['first-order']).toMatchObject({ code: 'few-readers', needed: 30 });
      expect(support!.advice!.sentences['first-order']).toMatchObject({ code: 'support' });
      expect(support!.advice!.trend).toBeNull();
      expect((await itemAdvice(5000)).advice).toBeNull();
    });

    test('only who may see the rankings sees it, and a wrong item is refused', async () => {
      expect((await get('', await editorToken(app.strapi, app.url, []))).status).toBe(403);
      expect((await get('/item?contentId=zero')).status).toBe(400);
    });
  });
}
