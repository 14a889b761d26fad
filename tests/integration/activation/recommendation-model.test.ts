import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { rank } from '../../../server/src/activation/models/recommend';
import { composeModel } from '../../../server/src/activation/recommendations/model/compose';
import type { JobsService } from '../../../server/src/jobs/service';
import { FEW, insertAdviceWorld, PRICING, SUPPORT } from '../../support/advice-world';
import { startStrapi, type TestStrapi } from '../../support/strapi';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const config = {
  ranking: { value: 'revenue', schedule: false, refresh: false, slices: [] },
  prediction: { schedule: false },
};
const DAY = 86_400_000;
/** Of items of the world, which are numbered from 0. */
const idOf = (item: number) => item + 1;
const GONE = 8;

describe('the model that recommendations go by', () => {
  let app: TestStrapi;
  let knex: Knex;
  beforeAll(async () => {
    app = await startStrapi({ config });
    knex = app.strapi.db.connection as unknown as Knex;
  });
  afterAll(() => app.stop());

  test('is none before the first run', async () => {
    expect(await composeModel(knex)).toBeNull();
  });

  test('is made of a run and of what is on the site now', async () => {
    const now = Date.now();
    await insertAdviceWorld(knex, now);
    await knex('clv_customers').update({ channel: 'ads' });
    const jobs: JobsService = app.strapi.plugin('clv').service('jobs');
    const { id } = await jobs.start('rank', {}, { startedBy: 'test', activeKey: 'rank' });
    await jobs.ended(id);
    expect((await jobs.get(id))?.error).toBeNull();

    await knex('clv_contents')
      .where({ id: idOf(GONE) })
      .update({ unpublished_at: now });
    await knex('clv_contents')
      .where({ id: idOf(3) })
      .update({ topic: 'pricing\u001fcare' });
    const [fresh] = await knex('clv_contents').where({ id: idOf(3) });
    const since = {
      id: 500,
      document_id: 'new',
      locale: 'it',
      title: 'New',
      topic: null,
      published_at: now - DAY,
    };
    await knex('clv_contents').insert({ ...fresh, ...since });

    const model = (await composeModel(knex))!;
    expect(model).toMatchObject({ jobId: id, landmark: 'first-order' });
    expect(model.persons).toBeGreaterThan(900);
    expect(model.items).toHaveLength(26);
    const items = new Map(model.items.map((item) => [item.contentId, item]));
    expect(items.get(idOf(GONE))).toBeUndefined();
    expect(items.get(500)).toMatchObject({
      key: 'api::article.article/new/it',
      publishedAt: now - DAY,
      reach: 0,
      excess: 0,
      together: [],
    });
    expect(items.get(idOf(3))!.topics).toEqual(['pricing', 'care']);
    for (const item of PRICING) expect(items.get(idOf(item))!.excess).toBeGreaterThan(0.1);
    expect(items.get(idOf(SUPPORT))!.excess).toBe(0);
    expect(items.get(idOf(FEW))!.excess).toBe(0);
    expect(items.get(idOf(5))!.reach).toBeGreaterThan(0.4);
    expect(Object.keys(items.get(idOf(5))!.channels)).toEqual(['ads']);
    for (const { together } of model.items)
      for (const [other, lift] of together) {
        expect(model.items[other]).toBeDefined();
        expect(lift).toBeGreaterThan(0);
      }

    const nobody = { tier: null, stage: null, channel: null, read: new Map() };
    const shown = rank(model, nobody, { strategy: 'recommended', now, limit: 4 });
    const ids = shown.map(({ index }) => model.items[index]!.contentId);
    for (const contentId of ids.slice(0, 3)) expect(PRICING.map(idOf)).toContain(contentId);
    expect(ids[3]).toBe(500);
  });
});
