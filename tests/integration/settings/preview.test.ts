import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type ClvConfig, configSchema } from '../../../server/src/config';
import type { SettingPath } from '../../../server/src/settings/api-types';
import { merged } from '../../../server/src/settings/merge';
import { previewOf } from '../../../server/src/settings/preview';
import { seededRandom } from '../../../server/src/stats/seeded-random';
import { PLAIN_DATABASES, type PlainDatabase } from '../../support/plain-database';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const DAY = 86_400_000;
const NOW = Date.parse('2026-06-15T10:00:00Z');
const RUN = 'run-1';
const NAMES = ['platinum', 'gold', 'silver', 'bronze'];
const LIMITS = [90_000, 60_000, 20_000];

interface Person {
  run_id: string;
  person_id: string;
  kind: string;
  historical: number;
  predicted: number | null;
  total: number;
  tier: string | null;
}

/** 1,200 customers and 300 prospects; some customers have no prediction. */
function population(): Person[] {
  const random = seededRandom(11);
  return Array.from({ length: 1500 }, (_, n) => {
    const customer = n % 5 !== 0;
    const historical = customer ? Math.round(random() ** 2 * 120_000) - 5_000 : 0;
    const predicted = n % 7 === 0 ? null : Math.round(random() * 40_000);
    const place = LIMITS.findIndex((limit) => historical >= limit);
    return {
      run_id: RUN,
      person_id: `person-${String(n).padStart(5, '0')}`,
      kind: customer ? 'customer' : 'prospect',
      historical,
      predicted,
      total: historical + (predicted ?? 0),
      tier: customer ? NAMES[place < 0 ? 3 : place]! : null,
    };
  });
}

const REST = { orders: 1, revenue: 0, stage: 'active', updated_at: NOW };
const engine = {
  runId: RUN,
  currency: 'EUR',
  tiers: { of: 'historical', rule: 'quantiles', names: NAMES, cuts: [0.1, 0.3, 0.6], limits: LIMITS },
};
const report = {
  tiles: [
    { key: 'ratio', figure: { value: 3.4, low: 3.1, high: 3.8, n: 900 } },
    { key: 'retention', figure: { notEnough: { has: 2, needs: 30, of: 'customers' } } },
  ],
};

/** Each visitor of four has two touches a day apart; consent is granted, denied, or not said. */
const VISITORS = Array.from({ length: 400 }, (_, n) => ({
  key: `visitor-${String(n).padStart(4, '0')}-aaaaaaaaaaaa`,
  consent: (['granted', 'denied', null, null] as const)[n % 4]!,
  days: [n % 50, (n % 50) + 1],
}));

async function fill(knex: Knex, persons: Person[]): Promise<void> {
  await knex('clv_value_runs').insert({
    id: RUN,
    job_id: 'job-1',
    created_at: NOW,
    published_at: NOW,
    shape: 1,
    summary: JSON.stringify({ id: RUN, currency: 'EUR' }),
    engine: JSON.stringify(engine),
  });
  await knex('clv_value_sections').insert({ run_id: RUN, name: 'report', body: JSON.stringify(report) });
  await knex.batchInsert(
    'clv_person_values',
    persons.map((person) => ({ ...person, ...REST })),
    100,
  );
  const touches = VISITORS.flatMap(({ key, days }, n) =>
    days.map((day, i) => ({
      message_id: `touch-${n}-${i}`,
      visitor_key: key,
      content_id: 1,
      kind: 'view',
      occurred_at: NOW - day * DAY - 1000,
      received_at: NOW - day * DAY - 1000,
      source: n % 10 === 9 ? 'import' : 'tracker',
    })),
  );
  await knex.batchInsert('clv_touches', touches, 100);
  await knex.batchInsert(
    'clv_visitors',
    VISITORS.filter(({ consent }) => consent !== null).map(({ key, consent }) => ({
      visitor_key: key,
      consent,
      consent_source: 'tracker',
      consent_at: NOW,
    })),
    100,
  );
  const orders = Array.from({ length: 600 }, (_, n) => ({
    order_id: `O-${n}`,
    customer_id: `C-${n % 100}`,
    // One every four hours and a bit, a hundred days back.
    ordered_at: NOW - n * 14_500_000 - 1,
    amount: n % 50 === 0 ? 0 : 1000,
    currency: n % 4 === 0 ? 'USD' : n % 9 === 0 ? 'GBP' : 'EUR',
    status: n % 11 === 0 ? 'cancelled' : 'paid',
    source: 'test',
    updated_at: NOW,
  }));
  await knex.batchInsert('clv_orders', orders, 100);
  await knex('clv_costs').insert({
    cost_key: 'a',
    month: '2026-01',
    channel: 'search',
    amount: 5,
    currency: 'CHF',
    source: 'test',
    updated_at: NOW,
  });
  await knex('clv_counters').insert([
    { name: 'dropped.consent', value: 70 },
    { name: 'dropped.gpc', value: 9 },
  ]);
}

const current = configSchema.parse({ tiers: { of: 'historical' }, consent: { mode: 'assumed' } });

/** The configuration with some of a draft's values. */
function drafted(values: Partial<Record<SettingPath, unknown>>): ClvConfig {
  const result = merged({}, { 'tiers.of': 'historical', 'consent.mode': 'assumed', ...values });
  if ('errors' in result) throw new Error(JSON.stringify(result.errors));
  return result.config;
}

for (const { name, open } of PLAIN_DATABASES) {
  describe(`what a draft would change, on ${name}`, () => {
    const persons = population();
    const customers = persons.filter(({ kind }) => kind === 'customer');
    let place: PlainDatabase;
    beforeAll(async () => {
      place = await open();
      await fill(place.knex, persons);
    });
    afterAll(() => place?.stop());

    const previewed = (values: Partial<Record<SettingPath, unknown>>) =>
      previewOf(place.knex, { now: NOW, current, draft: drafted(values), changed: Object.keys(values) });

    /** By counting one after the other: shares of the customers, best first, ties up. */
    function tierBy(worth: (person: Person) => number, names: string[], cuts: number[]) {
      const sorted = customers.map(worth).sort((a, b) => b - a);
      const limits = cuts.map((cut) => sorted[Math.ceil(cut * sorted.length) - 1]!);
      return (person: Person) => names[limits.filter((limit) => worth(person) < limit).length]!;
    }

    test('tiers by other shares: who moves, and what tiers are worth', async () => {
      const { tiers, runs } = await previewed({ 'tiers.cuts': [0.05, 0.2, 0.5] });
      const tierOf = tierBy(({ historical }) => historical, NAMES, [0.05, 0.2, 0.5]);
      const moving = customers.filter((person) => person.tier !== tierOf(person));
      expect(tiers).toMatchObject({ unknown: null, currency: 'EUR', customers: 1200, moving: moving.length });
      expect(moving.length).toBeGreaterThan(100);
      for (const tier of NAMES) {
        const [before, after] = [
          customers.filter((person) => person.tier === tier),
          customers.filter((person) => tierOf(person) === tier),
        ];
        const mean = (some: Person[]) =>
          some.reduce((sum, { historical }) => sum + historical, 0) / some.length / 100;
        const row = tiers!.draft.find((one) => one.tier === tier)!;
        expect(row.customers).toBe(after.length);
        expect(row.mean).toBeCloseTo(mean(after), 6);
        const then = tiers!.now.find((one) => one.tier === tier)!;
        expect(then.customers).toBe(before.length);
        if (before.length > 0) expect(then.mean).toBeCloseTo(mean(before), 6);
      }
      for (const { from, to, people } of tiers!.moves) {
        expect(people).toBe(moving.filter((person) => person.tier === from && tierOf(person) === to).length);
      }
      expect(tiers!.moves.reduce((sum, { people }) => sum + people, 0)).toBe(moving.length);
      expect(runs).toEqual(['value']);
    });

    test('tiers by bands, by other values, and with other names', async () => {
      const bands = await previewed({ 'tiers.rule': 'bands', 'tiers.cuts': [900, 600, 200] });
      expect(bands.tiers).toMatchObject({ moving: 0, moves: [] });

      const predicted = await previewed({ 'tiers.of': 'predicted' });
      const unknown = customers.filter((person) => person.predicted === null).length;
      const lost = predicted.tiers!.moves.filter(({ to }) => to === null);
      expect(lost.reduce((sum, { people }) => sum + people, 0)).toBe(unknown);

      const named = await previewed({
        'tiers.rule': 'bands',
        'tiers.cuts': [900, 600, 200],
        'tiers.names': ['A', 'B', 'C', 'D'],
      });
      expect(named.tiers!.moving).toBe(0);
      expect(named.tiers!.draft.map(({ tier }) => tier)).toEqual(['A', 'B', 'C', 'D']);

      const fewer = await previewed({ 'tiers.names': ['gold', 'silver', 'bronze'] });
      const tierOf = tierBy(({ historical }) => historical, ['gold', 'silver', 'bronze'], [0.2, 0.5]);
      expect(fewer.tiers!.moving).toBe(customers.filter((person) => person.tier !== tierOf(person)).length);

      const other = await previewed({
        'tiers.rule': 'bands',
        'tiers.cuts': [900, 600, 200],
        'value.currency': 'USD',
      });
      expect(other.tiers).toMatchObject({ unknown: 'bands', customers: 0 });
    });

    test('consent: what of thirty days would not have been stored, and what nobody can tell', async () => {
      const within = VISITORS.flatMap(({ key, consent, days }, n) =>
        n % 10 === 9 ? [] : days.filter((day) => day < 30).map(() => ({ key, consent })),
      );
      const reach = (some: typeof within) => ({
        visitors: new Set(some.map(({ key }) => key)).size,
        touches: some.length,
      });
      const { consent } = await previewed({ 'consent.mode': 'required', 'consent.respectGpc': false });
      expect(consent).toEqual({
        days: 30,
        complete: true,
        stored: reach(within),
        lost: reach(within.filter((touch) => touch.consent !== 'granted')),
        dropped: { consent: 70, gpc: 9, dnt: 0 },
        unknown: ['gpc'],
      });
      expect((await previewed({ 'consent.mode': 'assumed' })).consent!.lost).toBeNull();
    });

    test('currencies: which occur, which lack a rate, and how many orders that is', async () => {
      const rows = await place.knex('clv_orders').where({ status: 'paid' }).whereNot({ amount: 0 });
      const count = (currency: string) => rows.filter((row) => row.currency === currency).length;
      const { money, runs } = await previewed({ 'value.rates': { USD: 0.9 } });
      expect(money).toEqual({
        currency: 'EUR',
        currencies: [
          { currency: 'EUR', orders: count('EUR'), others: 0, lacksRate: false },
          { currency: 'USD', orders: count('USD'), others: 0, lacksRate: false },
          { currency: 'GBP', orders: count('GBP'), others: 0, lacksRate: true },
          { currency: 'CHF', orders: 0, others: 1, lacksRate: true },
        ],
        orders: rows.length,
        lacking: count('GBP'),
        staleRates: [],
      });
      expect(runs).toEqual(['value', 'rank']);
    });

    test('a time zone: how many orders of ninety days fall on another day', async () => {
      const day = (at: number, timeZone: string) => new Date(at).toLocaleDateString('en-CA', { timeZone });
      const rows = (await place.knex('clv_orders').where({ status: 'paid' }))
        .map((row) => Number(row.ordered_at))
        .filter((at) => at >= NOW - 90 * DAY);
      const timezone = 'Asia/Kathmandu';
      const { days } = await previewed({ 'value.timezone': timezone });
      expect(days).toEqual({
        days: 90,
        orders: rows.length,
        moving: rows.filter((at) => day(at, 'UTC') !== day(at, timezone)).length,
      });
      expect(days!.moving).toBeGreaterThan(50);
    });

    test('targets: on which side of them the latest run is', async () => {
      const { targets } = await previewed({ 'targets.ratio': 4, 'targets.retention': 0.8 });
      expect(targets).toEqual([
        {
          path: 'targets.ratio',
          figure: { value: 3.4, low: 3.1, high: 3.8 },
          now: 3,
          draft: 4,
          reachedNow: true,
          reachedDraft: false,
        },
        {
          path: 'targets.retention',
          figure: null,
          now: null,
          draft: 0.8,
          reachedNow: null,
          reachedDraft: null,
        },
      ]);
    });

    test('retention: how many touches go tonight', async () => {
      const old = VISITORS.flatMap(({ days }) => days).filter((day) => day >= 30).length;
      const { retention } = await previewed({ 'privacy.retentionDays': 30 });
      expect(retention).toEqual({
        complete: true,
        touches: 800,
        now: 0,
        draft: old,
        lookbackDays: 15,
        windowDays: 15,
      });
    });

    test('a holdout: how many readers a day it is', async () => {
      const readers = new Set(
        VISITORS.flatMap(({ key, days }, n) =>
          n % 10 === 9 ? [] : days.filter((day) => day < 30).map((day) => `${key} ${day}`),
        ),
      ).size;
      const { holdout, tiers, money } = await previewed({ 'activation.holdout': 0.2 });
      expect(holdout!.readers).toBeCloseTo(readers / 30, 9);
      expect(holdout!.now).toBeCloseTo(readers / 300, 9);
      expect(holdout!.draft).toBeCloseTo(readers / 150, 9);
      expect({ tiers, money }).toEqual({ tiers: null, money: null });
    });

    test('before the first run tiers cannot be told', async () => {
      await place.knex('clv_value_runs').update({ published_at: null });
      expect((await previewed({ 'tiers.of': 'total' })).tiers).toMatchObject({ unknown: 'no run' });
      await place.knex('clv_value_runs').update({ published_at: NOW });
    });
  });
}
