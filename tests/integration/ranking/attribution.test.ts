import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { converter, minorDigits } from '../../../server/src/clv/convert';
import type { IdentityService } from '../../../server/src/identity/service';
import type { JobsService } from '../../../server/src/jobs/service';
import type {
  AttributionModel,
  AttributionPage,
  OrderAttribution,
} from '../../../server/src/ranking/attribution/api-types';
import type { AttributionBody } from '../../../server/src/ranking/attribution/body';
import { creditByOrderModels } from '../../../server/src/ranking/attribution/order-models';
import { netOf, type SettledOrder, settle } from '../../../server/src/ranking/attribution/refunds';
import type { AttributionService } from '../../../server/src/ranking/attribution/service';
import { ORDER_MODELS, type OrderModel } from '../../../server/src/ranking/models/attribution';
import { adminToken, editorToken } from '../../support/admin';
import {
  type AttributionWorld,
  insertAttributionWorld,
  personKey,
  RATES,
} from '../../support/attribution-world';
import { DATABASES, type TestDatabase } from '../../support/databases';
import { startStrapi, type TestStrapi } from '../../support/strapi';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const DAY = 86_400_000;
const LOOKBACK = 30;
const CURRENCY = 'EUR';
const config = {
  ranking: { value: 'revenue', schedule: false },
  prediction: { schedule: false },
  value: { currency: CURRENCY, rates: RATES },
  attribution: { lookbackDays: LOOKBACK, halfLifeDays: 5, markovOrder: 2 },
};
const MODELS: AttributionModel[] = [...ORDER_MODELS, 'markov', 'shapley'];
const cents = (amount: number) => Math.round(amount * 10 ** minorDigits(CURRENCY));

interface Expected {
  orders: { settled: SettledOrder; person: number }[];
  revenue: number;
  revenueWithContent: number;
  /** By model and content id. */
  credits: Map<OrderModel, Map<number, number>>;
}

/** What orders of the window are worth and who has the credit, from the world as it was made. */
function expectedOf(world: AttributionWorld, now: number): Expected {
  const convert = converter({ currency: CURRENCY, rates: RATES });
  const expected: Expected = {
    orders: [],
    revenue: 0,
    revenueWithContent: 0,
    credits: new Map(ORDER_MODELS.map((model) => [model, new Map()])),
  };
  const inWindow = world.orders.filter(({ at }) => at >= now - 365 * DAY);
  for (const { amount, currency } of inWindow) expected.revenue += convert(amount, currency);
  for (const [person, touches] of world.touches.entries()) {
    const own = inWindow.filter((order) => order.person === person);
    for (const settled of settle(own, convert).orders) {
      expected.orders.push({ settled, person });
      const { at } = settled.order;
      const before = touches.filter((touch) => touch.at < at && touch.at >= at - LOOKBACK * DAY);
      if (before.length > 0) expected.revenueWithContent += netOf(settled);
      const credits = creditByOrderModels(settled, before, world.identifiedAt[person]!, {
        lookBack: LOOKBACK * DAY,
        halfLifeDays: 5,
      });
      for (const model of ORDER_MODELS) {
        const byContent = expected.credits.get(model)!;
        for (const { content, amount } of credits[model])
          byContent.set(content, (byContent.get(content) ?? 0) + amount);
      }
    }
  }
  return expected;
}

for (const { name, start, missing } of DATABASES) {
  describe.skipIf(missing !== null)(`attribution of 10,000 orders on ${name}`, () => {
    let database: TestDatabase;
    let app: TestStrapi;
    let jobs: JobsService;
    let knex: Knex;
    let world: AttributionWorld;
    let expected: Expected;
    const now = Date.now();
    beforeAll(async () => {
      database = await start();
      app = await startStrapi({ env: database.env, config });
      jobs = app.strapi.plugin('clv').service('jobs');
      knex = app.strapi.db.connection as unknown as Knex;
      world = await insertAttributionWorld(knex, { now: Math.floor(now / DAY) * DAY });
      expected = expectedOf(world, now);
    });
    afterAll(async () => {
      await app?.stop();
      await database?.stop();
    });

    async function run(): Promise<AttributionBody> {
      const { id } = await jobs.start('rank', {}, { startedBy: 'test', activeKey: 'rank' });
      await jobs.ended(id);
      const job = (await jobs.get(id))!;
      expect(job).toMatchObject({ status: 'done', error: null });
      const row = await knex('clv_ranking_sections').where({ job_id: id, name: 'attribution' }).first('body');
      return JSON.parse(row.body);
    }

    const creditsOf = ({ items }: AttributionBody, model: AttributionModel) =>
      new Map(
        items.flatMap(({ contentId, credits }) => {
          const amount = cents(credits[model]?.revenue ?? 0);
          return amount === 0 ? [] : [[contentId, amount] as const];
        }),
      );

    test('sums to the revenue in minor units for every model, and credits whom the touches say', async () => {
      expect(world.orders.length).toBeGreaterThanOrEqual(10_000);
      const { report, items } = await run();
      const { totals } = report;
      expect(cents(totals.revenue)).toBe(expected.revenue);
      expect(cents(totals.revenueWithContent)).toBe(expected.revenueWithContent);
      expect(cents(totals.revenueWithContent) + cents(totals.revenueWithout)).toBe(expected.revenue);
      expect(totals.orders).toBe(expected.orders.length);
      expect(totals.ordersWithContent).toBeGreaterThan(1_000);
      expect(totals.ordersWithContent).toBeLessThan(totals.orders);
      expect(totals.journeysWithoutOrder).toBeGreaterThan(100);
      for (const { model, credited, others } of report.models) {
        const own = items.reduce((sum, { credits }) => sum + cents(credits[model]?.revenue ?? 0), 0);
        expect(own + cents(others?.revenue ?? 0), model).toBe(expected.revenueWithContent);
        expect(cents(credited), model).toBe(expected.revenueWithContent);
        const conversions = items.reduce((sum, { credits }) => sum + (credits[model]?.conversions ?? 0), 0);
        expect(conversions + (others?.conversions ?? 0), model).toBeCloseTo(totals.ordersWithContent, 6);
      }
      for (const model of ORDER_MODELS) {
        const wanted = new Map([...expected.credits.get(model)!].filter(([, amount]) => amount !== 0));
        expect(creditsOf({ report, items }, model), model).toEqual(wanted);
      }
      expect(report.models.map(({ model }) => model)).toEqual(MODELS);
      expect(report).toMatchObject({ currency: CURRENCY, lookbackDays: LOOKBACK, windowDays: 365 });
    });

    test('gives single orders the credit that the sums are made of', async () => {
      const service: AttributionService = app.strapi.plugin('clv').service('attribution');
      const sample = expected.orders.filter((_, i) => i % 41 === 0);
      for (const { settled, person } of sample) {
        const found = (await service.orderCredits(settled.order.orderId))!;
        expect(found.personId).toBe(personKey(person));
        expect(cents(found.amount)).toBe(netOf(settled));
        const { at } = settled.order;
        const before = world.touches[person]!.filter(
          (touch) => touch.at < at && touch.at >= at - LOOKBACK * DAY,
        );
        expect(found.journey).toHaveLength(before.length);
        expect(found.journey.every((touch) => touch.at < at)).toBe(true);
        const wanted = creditByOrderModels(settled, before, world.identifiedAt[person]!, {
          lookBack: LOOKBACK * DAY,
          halfLifeDays: 5,
        });
        for (const { model, credits } of found.models) {
          const sum = credits.reduce((total, { revenue }) => total + cents(revenue), 0);
          expect(sum, `${settled.order.orderId} ${model}`).toBe(before.length > 0 ? netOf(settled) : 0);
          expect(
            credits.map(({ contentId, revenue }) => [contentId, cents(revenue)]),
            `${settled.order.orderId} ${model}`,
          ).toEqual(wanted[model].map(({ content, amount }) => [content, amount]));
        }
      }
      expect(await service.orderCredits('no such order')).toBeNull();
      const refund = world.orders.find(({ amount }) => amount < 0)!;
      expect(await service.orderCredits(refund.orderId)).toBeNull();
    });

    test('keeps past credit as it is when later touches arrive', async () => {
      const before = await run();
      const lastOrder = Math.max(...world.orders.map(({ at }) => at));
      const visitors = await knex('clv_visitor_links').limit(200).pluck('visitor_key');
      const later = visitors.map((visitor_key, n) => ({
        message_id: `later-${n}`,
        visitor_key,
        content_id: 1 + (n % world.contents),
        kind: 'read',
        occurred_at: lastOrder + n,
        received_at: lastOrder + n,
        source: 'api',
      }));
      await knex.batchInsert('clv_touches', later, 50);
      const after = await run();
      await knex('clv_touches').where('message_id', 'like', 'later-%').delete();
      expect(after.items).toEqual(before.items);
      expect(after.report.models).toEqual(before.report.models);
      expect(after.report.totals).toEqual(before.report.totals);
    });

    test('follows a merge, and an undone one back to where it was', async () => {
      const identity: IdentityService = app.strapi.plugin('clv').service('identity');
      const before = await run();
      // One who reads and buys, and one who only reads.
      const buyer = expected.orders.find(({ person }) => person % 9 !== 0 && person % 10 !== 3)!.person;
      const reader = world.touches.findIndex(
        (touches, person) => person % 5 === 4 && person % 10 !== 3 && touches.length > 10,
      );
      const merge = await identity.merge(personKey(reader), personKey(buyer), 'test', 'the same person');
      const merged = await run();
      expect(merged.items).not.toEqual(before.items);
      expect(merged.report.totals.revenue).toBe(before.report.totals.revenue);
      await identity.undoMerge(merge, 'test');
      const undone = await run();
      expect(undone.report.totals).toEqual(before.report.totals);
      for (const model of MODELS) expect(creditsOf(undone, model), model).toEqual(creditsOf(before, model));
    });

    test('keeps the credits of each item for its own page', async () => {
      const { items } = await run();
      const job = (await jobs.list('rank', 1))[0]!;
      const rows = await knex('clv_item_sections').where({ job_id: job.id, name: 'attribution' });
      expect(rows).toHaveLength(items.length);
      for (const row of rows) {
        const { credits } = items.find(({ contentId }) => contentId === Number(row.content_id))!;
        expect(JSON.parse(row.body).credits).toEqual(credits);
      }
    });

    describe('over HTTP', () => {
      let token: string;
      beforeAll(async () => {
        token = await adminToken(app.strapi, app.url);
      });
      const ask = (path: string, bearer = token) =>
        fetch(`${app.url}/clv/attribution${path}`, { headers: { authorization: `Bearer ${bearer}` } });
      const page = async (query = '') => (await (await ask(query)).json()) as AttributionPage;

      test('answers page by page, sorted by any model, searched and filtered', async () => {
        const first = await page('?sort=markov:desc&pageSize=5');
        expect(first.pagination).toEqual({ page: 1, pageSize: 5, pageCount: 5, total: world.contents });
        const credits = first.items.map((item) => item.credits.markov!.revenue);
        expect(credits).toEqual([...credits].sort((a, b) => b - a));
        const worst = await page('?sort=last-content:asc&pageSize=100');
        const amounts = worst.items.map((item) => item.credits['last-content']!.revenue);
        expect(amounts).toEqual([...amounts].sort((a, b) => a - b));
        const papers = await page('?kind=white-paper&pageSize=100');
        expect(papers.items.every(({ kind }) => kind === 'white-paper')).toBe(true);
        expect(papers.items).toHaveLength(8);
        expect((await page('?search=PIECE%2012')).items.map(({ title }) => title)).toEqual(['Piece 12']);
        expect(first.facets).toEqual({ kinds: ['article', 'white-paper'], locales: ['', 'it'] });
        expect(first.report!.disagreements.length).toBeGreaterThan(0);
        expect((await ask('?sort=fame:desc')).status).toBe(400);
      });

      test('exports all models side by side, to the cent', async () => {
        const answer = await ask('/export.csv?sort=title:asc');
        expect(answer.headers.get('content-disposition')).toMatch(/clv-attribution-.*\.csv/);
        const [header, ...rows] = (await answer.text()).trim().split(/\r?\n/);
        expect(rows).toHaveLength(world.contents);
        const columns = header!.split(',');
        for (const model of ORDER_MODELS) {
          const at = columns.indexOf(`${model.replaceAll('-', '_')}_revenue`);
          const sum = rows.reduce((total, row) => total + cents(Number(row.split(',')[at])), 0);
          expect(sum, model).toBe(expected.revenueWithContent);
        }
      });

      test('shows an order only to whoever may see customers', async () => {
        const { orderId } = expected.orders[0]!.settled.order;
        const answer = await ask(`/orders/${orderId}`);
        expect(((await answer.json()) as OrderAttribution).orderId).toBe(orderId);
        expect((await ask('/orders/nothing')).status).toBe(404);
        const editor = await editorToken(app.strapi, app.url, ['plugin::clv.rankings.read']);
        expect((await ask('', editor)).status).toBe(200);
        expect((await ask(`/orders/${orderId}`, editor)).status).toBe(403);
      });
    });
  });
}
