import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Figure } from '../../../server/src/clv/api-types';
import { kpiReport } from '../../../server/src/clv/kpi-report';
import { tierSettings } from '../../../server/src/clv/kpis/tiers';
import { personValues } from '../../../server/src/clv/person-values';
import type { KpiReport } from '../../../server/src/clv/report/build';
import type { CrmService } from '../../../server/src/crm/service';
import { seededRandom } from '../../../server/src/stats/seeded-random';
import { insertRows } from '../../../server/src/storage/insert-rows';
import { DATABASES, type TestDatabase } from '../../support/databases';
import { startStrapi, type TestStrapi } from '../../support/strapi';

const VALUE = { currency: 'EUR', rates: { USD: 0.9137 }, timezone: 'Europe/Rome' };
const now = Date.parse('2026-03-10T12:00:00Z');
const DAY = 86_400_000;
const CUSTOMERS = 300;

const customerId = (i: number) => `C-${String(i).padStart(4, '0')}`;
const day = (time: number) => new Date(time).toISOString();
const cents = (major: number) => Math.round(major * 100);

/** Customers of two channels: those of the newsletter order more often, and one in three of all never again. */
function world() {
  const random = seededRandom(21);
  const orders: Record<string, unknown>[] = [];
  const customers: Record<string, unknown>[] = [];
  const subscriptions: Record<string, unknown>[] = [];
  for (let i = 0; i < CUSTOMERS; i++) {
    const channel = i % 2 ? 'newsletter' : 'search';
    const start = Date.parse('2024-05-01') + random() * 500 * DAY;
    customers.push({
      customer_id: customerId(i),
      channel: i < 280 ? channel : '',
      segment: i % 5 ? 'home' : 'office',
      service_cost_per_month: i % 7 ? '' : '1.50',
      currency: 'EUR',
      nps: i < 100 ? i % 11 : '',
      ces: i < 50 ? 1 + (i % 7) : '',
    });
    const repeats = i % 3 ? Math.floor(random() * (channel === 'newsletter' ? 9 : 4)) : 0;
    for (let n = 0; n <= repeats; n++) {
      const at = start + n * (20 + random() * 60) * DAY;
      if (at > now) continue;
      orders.push({
        order_id: `O-${i}-${n}`,
        customer_id: customerId(i),
        ordered_at: day(at),
        amount: ((n % 6 === 5 ? -1 : 1) * (10 + random() * 90)).toFixed(2),
        cost: 5,
        currency: n % 4 === 3 ? 'USD' : 'EUR',
        product_line: ['beans', 'machines', ''][n % 3],
      });
    }
    if (i % 10 === 0) {
      subscriptions.push({
        subscription_id: `S-${i}`,
        customer_id: customerId(i),
        started_at: day(start),
        mrr: 9.9,
        currency: 'EUR',
        ended_at: i % 20 ? day(Math.min(now, start + 90 * DAY)) : '',
      });
    }
  }
  const costs = ['2024-06', '2024-07', '2025-01', '2025-08'].flatMap((month) => [
    { month, channel: 'search', amount: 333.33, currency: 'EUR' },
    { month, channel: 'newsletter', amount: 100, currency: 'USD', segment: 'office' },
  ]);
  return { orders, customers, subscriptions, costs };
}

const figureOf = ({ report }: KpiReport, key: string): Figure =>
  report.tiles.find((tile) => tile.key === key)!.figure;

describe.each(DATABASES)('on $name', ({ start, missing }) => {
  describe.skipIf(missing)('the key figures', () => {
    let database: TestDatabase;
    let app: TestStrapi;
    let result: KpiReport;
    const data = world();
    const knex = () => app.strapi.db.connection as unknown as Knex;
    const options = {
      ...VALUE,
      now,
      discountRate: 0.1,
      targets: { ratio: 3 },
      tiers: { ...tierSettings({ rule: 'quantiles' }), of: 'historical' as const },
    };

    beforeAll(async () => {
      database = await start();
      app = await startStrapi({ env: database.env, config: { value: VALUE } });
      const crm: CrmService = app.strapi.plugin('clv').service('crm');
      for (const kind of ['customers', 'orders', 'subscriptions', 'costs'] as const) {
        expect((await crm.upsert(kind, data[kind], 'test')).rejected).toEqual([]);
      }
      await readers();
      result = await kpiReport(knex(), options);
    });
    afterAll(async () => {
      await app?.stop();
      await database?.stop();
    });

    /** Forty customers were seen reading one of two items ten days before their first order. */
    async function readers(): Promise<void> {
      const contents = ['Brewing', 'Grinding'].map((title, i) => [
        'api::article.article',
        `d${i}`,
        'article',
        title,
        0,
      ]);
      const text = (...names: string[]) => names.map((name) => ({ name, type: 'text' as const }));
      const big = (...names: string[]) => names.map((name) => ({ name, type: 'bigint' as const }));
      const columns = [...text('uid', 'document_id', 'kind', 'title'), ...big('updated_at')];
      await insertRows(knex(), 'clv_contents', columns, contents);
      const ids = (
        await knex()('clv_contents').whereIn('title', ['Brewing', 'Grinding']).orderBy('title').pluck('id')
      ).map(Number);
      const links: (string | number)[][] = [];
      const touches: (string | number)[][] = [];
      for (let i = 0; i < 40; i++) {
        const { person_id } = await knex()('clv_identities')
          .where({ value: customerId(i) })
          .first();
        const first = await knex()('clv_orders')
          .where({ customer_id: customerId(i) })
          .min({ at: 'ordered_at' })
          .first();
        const at = Number(first!.at) - 10 * DAY;
        links.push([`l${i}`, `visitor-${i}`, person_id, 'test', 0, now, now]);
        touches.push([
          `m${i}`,
          `visitor-${i}`,
          i % 4 ? 'view' : 'read',
          'import',
          ids[i % 2]!,
          at,
          at,
          i % 4 ? 0 : 45,
        ]);
      }
      await insertRows(
        knex(),
        'clv_visitor_links',
        [...text('id', 'visitor_key', 'person_id', 'source'), ...big('valid_from', 'valid_to', 'linked_at')],
        links,
      );
      await insertRows(
        knex(),
        'clv_touches',
        [
          ...text('message_id', 'visitor_key', 'kind', 'source'),
          ...big('content_id', 'occurred_at', 'received_at', 'seconds'),
        ],
        touches,
      );
    }

    test('sum to the values of the single persons, to the cent and by every grouping', async () => {
      for (const value of ['clv', 'margin', 'revenue'] as const) {
        let whole = 0;
        for await (const persons of personValues(knex(), { ...VALUE, now, value })) {
          for (const person of persons) whole += person.value;
        }
        expect(cents(result.report.total[value])).toBe(whole);
        for (const rows of Object.values(result.report.groups)) {
          expect(rows.reduce((sum, row) => sum + cents(row[value]), 0)).toBe(whole);
        }
      }
      expect(result.report.total).toMatchObject({ customers: CUSTOMERS, predicted: null });
      expect(result.report.groups.channel.map(({ group }) => group).sort()).toEqual([
        '',
        'newsletter',
        'search',
      ]);
    });

    test('divide what was spent over the new customers of the month and channel', async () => {
      const spent = 4 * 33_333 + 4 * 9_137;
      expect(result.report.groups.channel.reduce((sum, row) => sum + cents(row.marketing), 0)).toBe(spent);
      const [first, last] = [Date.parse('2024-05-31T22:00:00Z'), Date.parse('2025-08-31T22:00:00Z')];
      const firsts = await knex()('clv_orders')
        .where('amount', '>=', 0)
        .groupBy('customer_id')
        .select('customer_id')
        .min({ at: 'ordered_at' });
      const fresh = firsts.filter(({ at }) => Number(at) >= first && Number(at) < last).length;
      expect(figureOf(result, 'cac')).toEqual({
        value: expect.closeTo(spent / 100 / fresh, 9),
        low: null,
        high: null,
        n: fresh,
      });
      const ratio = figureOf(result, 'ratio');
      expect('value' in ratio && ratio.low! < ratio.value && ratio.value < ratio.high!).toBe(true);
    });

    test('tell what subscriptions, answers and reading say', () => {
      const running = data.subscriptions.filter(({ ended_at }) => ended_at === '').length;
      expect(figureOf(result, 'mrr')).toMatchObject({ value: running * 9.9, n: running });
      expect(result.report.subscriptions.months.at(-1)).toMatchObject({
        month: '2026-02',
        active: expect.any(Number),
      });
      expect(figureOf(result, 'nps')).toMatchObject({ n: 100 });
      expect(figureOf(result, 'ces')).toMatchObject({ n: 50 });
      expect(figureOf(result, 'timeToConversion')).toMatchObject({ value: 10, n: 40 });
      expect(figureOf(result, 'engagement')).toMatchObject({ value: 0.25, n: 40 });
      const cohorts = result.report.cohorts.firstContent.map(({ title, customers }) => [title, customers]);
      expect(cohorts).toEqual([
        [null, CUSTOMERS - 40],
        ['Brewing', 20],
        ['Grinding', 20],
      ]);
    });

    test('put everyone into a tier and a stage, and follow them from run to run', async () => {
      const { report, limits } = result;
      expect(report.tiers.rows.map(({ customers }) => customers).reduce((sum, n) => sum + n, 0)).toBe(
        CUSTOMERS,
      );
      expect(report.tiers.moves).toBeNull();
      expect(report.stages.reduce((sum, { people }) => sum + people, 0)).toBe(CUSTOMERS);
      expect(limits.limits).toHaveLength(3);

      const ids: string[] = await knex()('clv_persons').pluck('canonical_id');
      const previous = { at: now - 200 * DAY, tiers: new Map(ids.map((id) => [id, 'gold'])) };
      const { report: next } = await kpiReport(knex(), { ...options, previous });
      expect(next.tiers.previousRunAt).toBe(previous.at);
      expect(next.tiers.moves!.map(({ from, to }) => [from, to])).toEqual(
        ['platinum', 'gold', 'silver', 'bronze'].map((to) => ['gold', to]),
      );
      const later = await knex()('clv_orders').where('amount', '>=', 0).where('ordered_at', '>', previous.at);
      const moved = next.tiers.moves!.reduce((sum, { people, orders }) => sum + people * orders, 0);
      expect(moved).toBeCloseTo(later.length, 6);
    });

    test('of a currency without a rate name the setting to add', async () => {
      await expect(kpiReport(knex(), { ...options, rates: {} })).rejects.toThrow(
        'clv.config.value.rates.USD',
      );
    });
  });
});
