import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ExperimentDesign } from '../../../server/src/activation/experiments/api-types';
import { ensureDefaultExperiment } from '../../../server/src/activation/experiments/default-experiment';
import { createExperiment, startExperiment } from '../../../server/src/activation/experiments/plan';
import { buildReport } from '../../../server/src/activation/experiments/report/build-report';
import { metUnits } from '../../../server/src/activation/experiments/report/met-units';
import { readWorths, type Worth } from '../../../server/src/activation/experiments/report/worths';
import {
  armsMet,
  assignmentsOf,
  recordAssignments,
} from '../../../server/src/activation/experiments/store/assignments';
import { DAY_MS } from '../../../server/src/activation/experiments/store/experiments';
import {
  courseOf,
  latestReports,
  saveReport,
} from '../../../server/src/activation/experiments/store/reports';
import { meetByPerson } from '../../../server/src/activation/experiments/trigger-experiments';
import type { NewAssignment } from '../../../server/src/activation/experiments/types';
import { armOf } from '../../../server/src/activation/models/experiments/arms';
import { seededRandom } from '../../../server/src/stats/seeded-random';
import { PLAIN_DATABASES, type PlainDatabase } from '../../support/plain-database';

// Real databases on a busy machine take their time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const NOW = Date.parse('2026-06-01T12:00:00Z');
const FOREVER = Number.MAX_SAFE_INTEGER;
const PERSONS = 600;
const VISITORS = 300;
const worth: Worth = { currency: 'EUR', rates: { USD: 0.5 }, value: 'margin' };
const design: ExperimentDesign = {
  holdout: 0.3,
  variants: [{ arm: 'recommended', strategy: 'recommended', weight: 1 }],
  segmentId: null,
  horizon: 'sequential',
  days: null,
  alpha: 0.05,
};
const experiment = { salt: 'salt', design };

interface Order {
  person: number;
  at: number;
  amount: number;
  cost: number | null;
  currency: string;
  status: string;
}
interface Meeting {
  /** Whose it is by now; null for a browser of nobody. */
  person: number | null;
  kind: 'person' | 'visitor';
  unit: string;
  arm: string;
  at: number;
  known: boolean;
}

const personId = (n: number) => `person-${String(n).padStart(4, '0')}`;
/** Everyone with such a number was merged into the one before them. */
const canonical = (n: number) => (n % 10 === 7 ? n - 1 : n);

/** Persons with orders, browsers that turned out to be theirs or nobody's, and what each met when. */
async function insertWorld(knex: Knex, seed: number): Promise<{ meetings: Meeting[]; orders: Order[] }> {
  const random = seededRandom(seed);
  const at = (days: number) => NOW - Math.floor(days * random() * DAY_MS);
  const rows = Array.from({ length: PERSONS }, (_, n) => n);
  await knex.batchInsert(
    'clv_persons',
    rows.map((n) => ({ id: personId(n), canonical_id: personId(canonical(n)), created_at: 1 })),
    100,
  );
  await knex.batchInsert(
    'clv_identities',
    rows.map((n) => ({
      id: `identity-${n}`,
      person_id: personId(n),
      namespace: 'customer',
      value: `customer-${n}`,
      source: 'test',
      linked_at: 1,
    })),
    100,
  );
  const orders = Array.from({ length: 3 * PERSONS }, (_, k): Order => {
    const amount = Math.round(10_000 * random() ** 3) - (k % 9 === 0 ? 3_000 : 0);
    return {
      person: Math.floor(PERSONS * random()),
      at: at(500),
      amount,
      cost: k % 3 === 0 ? null : Math.round(amount / 4),
      currency: k % 5 === 0 ? 'USD' : 'EUR',
      status: k % 11 === 0 ? 'cancelled' : 'paid',
    };
  });
  await knex.batchInsert(
    'clv_orders',
    orders.map(({ person, at: ordered_at, ...order }, k) => ({
      ...order,
      order_id: `order-${k}`,
      customer_id: `customer-${person}`,
      ordered_at,
      source: 'test',
      updated_at: 1,
    })),
    100,
  );
  const meetings: Meeting[] = rows
    .filter(() => random() < 0.7)
    .map((n) => {
      const unit = personId(n);
      return { person: n, kind: 'person', unit, arm: armOf(experiment, unit), at: at(60), known: true };
    });
  const links: object[] = [];
  for (let v = 0; v < VISITORS; v++) {
    const unit = `visitor-${v}`;
    const met = at(60);
    // A third are nobody's, a third somebody's from the first, a third became somebody's when they had met it.
    const person = v % 3 === 0 ? null : Math.floor(PERSONS * random());
    const linkedAt = v % 3 === 1 ? met - DAY_MS : met + DAY_MS;
    if (person !== null) {
      links.push({
        id: `link-${v}`,
        visitor_key: unit,
        person_id: personId(person),
        valid_from: 0,
        valid_to: FOREVER,
        source: 'test',
        linked_at: linkedAt,
      });
    }
    const known = person !== null && linkedAt <= met;
    meetings.push({ person, kind: 'visitor', unit, arm: armOf(experiment, unit), at: met, known });
  }
  await knex.batchInsert('clv_visitor_links', links, 100);
  await recordAssignments(
    knex,
    meetings.map(
      ({ kind, unit, arm, at: assignedAt }): NewAssignment => ({
        experimentId: 'e',
        unitKind: kind,
        unitId: unit,
        arm,
        assignedAt,
      }),
    ),
  );
  return { meetings, orders };
}

/** The same by going through all of it, one after the other. */
function plainly({ meetings, orders }: { meetings: Meeting[]; orders: Order[] }, until: number) {
  const units = new Map<string, Meeting>();
  const crossed = new Set<string>();
  for (const meeting of meetings.filter(({ at }) => at < until)) {
    const key = meeting.person === null ? meeting.unit : personId(canonical(meeting.person));
    const first = units.get(key);
    if (first && first.arm !== meeting.arm) crossed.add(key);
    if (!first || meeting.at < first.at) units.set(key, meeting);
  }
  return {
    crossed: crossed.size,
    units: [...units.values()].map(({ person, arm, at, known }) => {
      const theirs = orders.filter(
        (order) =>
          order.status === 'paid' && person !== null && canonical(order.person) === canonical(person),
      );
      const sum = (from: number, to: number) =>
        theirs
          .filter((order) => order.at >= from && order.at < to)
          .reduce((total, { amount, cost, currency }) => {
            const margin = amount - (cost ?? 0);
            // By the rate, to the whole cent; ties to the even one.
            const half = margin / 2;
            const rest = Math.abs(half % 1) === 0.5;
            const cents = currency === 'EUR' ? margin : rest ? 2 * Math.round(half / 2) : half;
            return total + cents;
          }, 0) / 100;
      return {
        arm,
        isPerson: person !== null,
        value: sum(at, until),
        before: known ? sum(at - 365 * DAY_MS, at) : 0,
        bought: theirs.some((order) => order.at >= at && order.at < until && order.amount > 0),
      };
    }),
  };
}

const meanOf = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const none = () => {};

for (const { name, open } of PLAIN_DATABASES) {
  describe(`experiments on ${name}`, () => {
    let database: PlainDatabase;
    let knex: Knex;
    let world: Awaited<ReturnType<typeof insertWorld>>;
    beforeAll(async () => {
      database = await open();
      knex = database.knex;
      world = await insertWorld(knex, 1);
    });
    afterAll(() => database?.stop());

    test.each([
      ['now', NOW],
      ['an earlier moment', NOW - 20 * DAY_MS],
    ])('a report counts what a plain look at everyone counts, until %s', async (_, until) => {
      const met = await metUnits(knex, 'e', until);
      const worths = await readWorths(knex, met.units, until, worth, none);
      const report = buildReport({ at: until, design, met, worths, worth, final: true });
      const wanted = plainly(world, until);
      expect(met.crossed).toBe(wanted.crossed);
      expect(wanted.crossed).toBeGreaterThan(10);
      for (const arm of report.arms) {
        const units = wanted.units.filter((unit) => unit.arm === arm.arm);
        const values = units.map(({ value }) => value);
        expect(arm).toMatchObject({
          units: units.length,
          persons: units.filter(({ isPerson }) => isPerson).length,
        });
        expect(arm.mean).toBeCloseTo(meanOf(values), 6);
        expect(arm.sum).toBeCloseTo(meanOf(values) * units.length, 4);
        expect(arm.buyers).toBeCloseTo(units.filter(({ bought }) => bought).length / units.length, 10);
      }
      const before = worths.before.reduce((sum, value) => sum + value, 0);
      expect(before).toBeCloseTo(
        wanted.units.reduce((sum, unit) => sum + unit.before, 0),
        4,
      );
      const [holdout, treated] = ['holdout', 'recommended'].map((arm) =>
        meanOf(wanted.units.filter((unit) => unit.arm === arm).map(({ value }) => value)),
      );
      expect(report.effects[0]!.unadjusted.value).toBeCloseTo(treated! - holdout!, 6);
      expect(report.ratio.ok).toBe(true);
      expect(report).toMatchObject({ currency: 'EUR', value: 'margin' });
    });

    test('nothing is told of an effect when the counts are not as planned, nor of a few units', async () => {
      const met = await metUnits(knex, 'e', NOW);
      const worths = await readWorths(knex, met.units, NOW, worth, none);
      const wrong = buildReport({
        at: NOW,
        design: { ...design, holdout: 0.1 },
        met,
        worths,
        worth,
        final: true,
      });
      expect(wrong.ratio.ok).toBe(false);
      expect(wrong.effects).toEqual([]);
      const few = met.units.slice(0, 40);
      const report = buildReport({
        at: NOW,
        design,
        met: { units: few, crossed: 0 },
        worths: await readWorths(knex, few, NOW, worth, none),
        worth,
        final: true,
      });
      expect(report.effects).toEqual([]);
    });

    test('somebody has met what any of their ids and browsers met, and what nobody knows only by its browser', async () => {
      const of = (list: { unitId: string }[]) => list.map(({ unitId }) => unitId).sort();
      const theirs = world.meetings.filter(({ person }) => person !== null && canonical(person) === 6);
      expect(of(await assignmentsOf(knex, personId(6), []))).toEqual(theirs.map(({ unit }) => unit).sort());
      const nobodys = world.meetings.find(({ person }) => person === null)!.unit;
      expect(of(await assignmentsOf(knex, null, [nobodys]))).toEqual([nobodys]);
      // A browser in use that is not linked yet counts; one that is somebody else's does not.
      const elses = world.meetings.find(
        ({ person, kind }) => kind === 'visitor' && person !== null && canonical(person) !== 6,
      )!.unit;
      const found = of(await assignmentsOf(knex, personId(6), [nobodys, elses]));
      expect(found).toContain(nobodys);
      expect(found).not.toContain(elses);
    });

    test('persons meet an experiment once, however often and by whichever id', async () => {
      const running = {
        ...experiment,
        id: 'trigger-experiment',
        surface: 'trigger:t',
        startedAt: 1,
        endsAt: null,
      };
      const persons = [1, 2, 3].map(personId);
      const first = await knex.transaction((trx) => meetByPerson(trx, running, persons, 5));
      const otherSalt = { ...running, salt: 'another' };
      expect(await knex.transaction((trx) => meetByPerson(trx, otherSalt, persons, 6))).toEqual(first);
      expect(await armsMet(knex, 'trigger-experiment', persons)).toEqual(first);
      // 7 was merged into 6: what 7 met counts for 6.
      await recordAssignments(knex, [
        { experimentId: 'merged', unitKind: 'person', unitId: personId(7), arm: 'x', assignedAt: 1 },
      ]);
      expect((await armsMet(knex, 'merged', [personId(6)])).get(personId(6))).toBe('x');
    });

    test('a first meeting is never overwritten', async () => {
      const met = { experimentId: 'x', unitKind: 'visitor', unitId: 'v', arm: 'a', assignedAt: 1 } as const;
      expect(await recordAssignments(knex, [met])).toBe(1);
      expect(await recordAssignments(knex, [{ ...met, arm: 'b' }])).toBe(0);
      expect((await assignmentsOf(knex, null, ['v'])).map(({ arm }) => arm)).toEqual(['a']);
    });

    test('the experiment of the first boot is one row, however many nodes boot, and none comes after it', async () => {
      await Promise.all([1, 2, 3].map(() => ensureDefaultExperiment(knex, 0.1)));
      await ensureDefaultExperiment(knex, 0.2);
      const rows = await knex('clv_experiments').where({ surface: 'recommendations' });
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatchObject({ state: 'running', active_surface: 'recommendations' });
      expect(JSON.parse(rows[0].design).holdout).toBe(0.1);
    });

    test('of two drafts that are started at once one runs, and the other is told which', async () => {
      await knex('clv_experiments').delete();
      const input = (title: string) => ({ name: title, surface: 'recommendations', design });
      const drafts = [
        await createExperiment(knex, input('one')),
        await createExperiment(knex, input('other')),
      ];
      const outcomes = await Promise.allSettled(drafts.map(({ id }) => startExperiment(knex, id)));
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const lost = outcomes.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
      expect(lost.reason).toMatchObject({ status: 409 });
      expect(await knex('clv_experiments').where({ state: 'running' })).toHaveLength(1);
    });

    test('of each day the last report is kept', async () => {
      const report = (at: number, value: number) => ({
        at,
        currency: 'EUR',
        value: 'revenue' as const,
        arms: [],
        effects: [
          {
            arm: 'a',
            perUnit: { value, low: 0, high: 9 },
            unadjusted: { value, low: 0, high: 9 },
            varianceSaved: 0,
            relative: null,
            incremental: 1,
            pValue: 0.5,
            verdict: 'no clear difference' as const,
          },
        ],
        ratio: { pValue: 1, ok: true },
        crossed: 0,
        final: true,
      });
      const days: [number, number][] = [
        [NOW - DAY_MS, 1],
        [NOW, 2],
        [NOW + 60_000, 3],
      ];
      for (const [at, value] of days) await saveReport(knex, 'r', report(at, value));
      expect((await courseOf(knex, 'r')).map(({ value }) => value)).toEqual([1, 3]);
      expect((await latestReports(knex, ['r', 'never'])).get('r')?.at).toBe(NOW + 60_000);
    });
  });
}
