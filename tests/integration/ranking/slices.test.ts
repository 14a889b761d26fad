import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { RUN_SHAPE } from '../../../server/src/clv/runs/latest';
import type { JobsService } from '../../../server/src/jobs/service';
import type { Figures } from '../../../server/src/ranking/api-types';
import { exposuresOf, type History, personsOf } from '../../../server/src/ranking/models/history';
import { inMajorUnits } from '../../../server/src/ranking/models/in-major-units';
import { divisionOf } from '../../../server/src/ranking/models/landmark';
import type { Persons } from '../../../server/src/ranking/models/persons';
import { rank } from '../../../server/src/ranking/models/rank';
import { scopeOf } from '../../../server/src/ranking/models/scope';
import { DATABASES, type TestDatabase } from '../../support/databases';
import { insertRankingWorld } from '../../support/ranking-world';
import { startStrapi, type TestStrapi } from '../../support/strapi';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 120_000 });

const DATE = '2026-03-15';
const FDR = 0.2;
const CONTENTS = 18;
const config = { ranking: { value: 'revenue', fdr: FDR, landmarkDate: DATE, schedule: false } };

const isCustomer = (person: number) => person % 3 !== 0;
const segmentOf = (person: number) =>
  ['hotels', 'offices', undefined][person % 7 < 3 ? 0 : person % 7 < 6 ? 1 : 2];
/** Two or three persons each; written in two ways. */
const companyOf = (person: number) =>
  isCustomer(person) && person % 5 ? `company ${Math.floor(person / 4)}` : null;
const tierOf = (person: number) => (person % 11 < 4 ? 'gold' : 'bronze');

for (const { name, start, missing } of DATABASES) {
  describe.skipIf(missing !== null)(`slices of a ranking run on ${name}`, () => {
    let database: TestDatabase;
    let app: TestStrapi;
    let knex: Knex;
    let history: History;
    const persons = 900;
    const everyone = Array.from({ length: persons }, (_, person) => person);

    beforeAll(async () => {
      database = await start();
      app = await startStrapi({ env: database.env, config });
      knex = app.strapi.db.connection as unknown as Knex;
      ({ history } = await insertRankingWorld(knex, { persons, contents: CONTENTS }));
      for (const person of everyone.filter(isCustomer)) {
        const company = companyOf(person);
        const written = person % 2 === 0 ? company : company && ` ${company.toUpperCase()}`;
        await knex('clv_customers')
          .where({ customer_id: `customer-${person}` })
          .update({ segment: segmentOf(person) ?? null, company: written });
      }
      await insertTiers(knex);
      await run();
    });
    afterAll(async () => {
      await app.stop();
      await database.stop();
    });

    async function run(): Promise<string> {
      const jobs: JobsService = app.strapi.plugin('clv').service('jobs');
      const { id } = await jobs.start('rank', {}, { startedBy: 'test', activeKey: 'rank' });
      await jobs.ended(id);
      expect((await jobs.get(id))?.error).toBeNull();
      return id;
    }

    /** A run of the value engine that put everyone into a tier. */
    async function insertTiers(db: Knex): Promise<void> {
      const run_id = 'values';
      const head = {
        job_id: run_id,
        created_at: 1,
        published_at: 1,
        shape: RUN_SHAPE,
        summary: '{}',
        engine: '{}',
      };
      await db('clv_value_runs').insert({ id: run_id, ...head });
      const rows = everyone.filter(isCustomer).map((person) => ({
        run_id,
        person_id: `person-${String(person).padStart(6, '0')}`,
        kind: 'customer',
        orders: 1,
        revenue: 0,
        historical: 0,
        total: 0,
        tier: tierOf(person),
        stage: 'active',
        updated_at: 1,
      }));
      await db.batchInsert('clv_person_values', rows, 50);
    }

    const companySizes = (): Float64Array => {
      const members = (company: string) => everyone.filter((person) => companyOf(person) === company).length;
      const sizes = new Map<string, number>();
      return Float64Array.from(everyone, (person) => {
        const company = companyOf(person);
        if (company === null) return 1;
        if (!sizes.has(company)) sizes.set(company, members(company));
        return sizes.get(company)!;
      });
    };

    /** What the engine says of a history in which nobody else is. */
    function figuresOf(
      part: History,
      known: Pick<Persons, 'accountSizes' | 'companies'>,
      landmark: string,
    ): Map<number, Figures> {
      const division = divisionOf(landmark, 'UTC')!;
      const people = { ...personsOf(part, division), ...known };
      const exposures = exposuresOf(part);
      const scope = scopeOf(people, exposures, division);
      const publishedAt = part.publishedAt!;
      const { items } = rank({ persons: people, exposures, scope, publishedAt, unit: 100, fdr: FDR });
      return new Map(items.map(({ item, figures }) => [item + 1, inMajorUnits(figures, 2)]));
    }

    const companies = () => ({
      accountSizes: companySizes(),
      companies: everyone.map((person) => companyOf(person) ?? undefined),
    });

    const only = (belongs: (person: number) => boolean): History => ({
      ...history,
      touches: history.touches.filter(({ person }) => belongs(person)),
      orders: history.orders.filter(({ person }) => belongs(person)),
    });

    /** The first order of each person, Infinity for none. */
    const firstOrders = () =>
      everyone.map((person) =>
        history.orders
          .filter((order) => order.person === person && !order.refund)
          .reduce((first, { at }) => Math.min(first, at), Number.POSITIVE_INFINITY),
      );

    function belongsTo(of: string, slice: string, landmark: string): (person: number) => boolean {
      const first = firstOrders();
      const date = Date.parse(`${DATE}T00:00:00Z`);
      // Nothing is known of who never orders: of who is going to, it must not be known yet either.
      const isToldOf = (person: number) => landmark !== DATE || first[person]! < date;
      switch (of) {
        case 'channel':
          return (person) => isToldOf(person) && history.channels![person] === slice;
        case 'segment':
          return (person) => isToldOf(person) && isCustomer(person) && segmentOf(person) === slice;
        case 'tier':
          return (person) => isCustomer(person) && tierOf(person) === slice;
        case 'cohort': {
          const [year, quarter] = slice.split('-Q').map(Number) as [number, number];
          const [from, to] = [Date.UTC(year, 3 * quarter - 3), Date.UTC(year, 3 * quarter)];
          const until = landmark === DATE ? Math.min(to, date) : to;
          return (person) => first[person]! >= from && first[person]! < until;
        }
        case 'customers':
          expect(landmark).toBe(DATE);
          return (person) => first[person]! < date === (slice === 'existing');
      }
      throw new Error(`a slice of ${of}`);
    }

    async function snapshots(where: object) {
      const latest = await knex('clv_snapshots').orderBy('created_at', 'desc').first('job_id');
      return knex('clv_snapshots').where({ job_id: latest.job_id, ...where });
    }

    async function expectFigures(snapshotId: string, expected: Map<number, Figures>, where: string) {
      const rows = await knex('clv_snapshot_items').where({ snapshot_id: snapshotId });
      const told = [...expected].filter(([, { verdict }]) => verdict !== 'not enough data');
      expect(rows.map((row) => Number(row.content_id)).sort(), where).toEqual(told.map(([id]) => id).sort());
      for (const row of rows) {
        const { previousPosition, ...figures } = JSON.parse(row.figures);
        const wanted = expected.get(Number(row.content_id))!;
        for (const [figure, value] of Object.entries(wanted)) {
          if (typeof value === 'number') expect(figures[figure], `${where} ${figure}`).toBeCloseTo(value, 7);
          else expect(figures[figure], `${where} ${figure}`).toBe(value);
        }
      }
      return rows.length;
    }

    test('hold the persons that they say, with the figures of a world without anybody else', async () => {
      const known = companies();
      const sliced = (await snapshots({})).filter(
        ({ slice_of }) => slice_of !== '' && slice_of !== 'accounts',
      );
      const names = sliced.map(({ landmark, slice_of, slice }) => `${landmark} ${slice_of}:${slice}`).sort();
      expect(names).toEqual(
        [
          ...['first-order', DATE].flatMap((landmark) => [
            `${landmark} channel:newsletter`,
            `${landmark} channel:search`,
            `${landmark} cohort:2026-Q1`,
            `${landmark} segment:hotels`,
            `${landmark} segment:offices`,
            `${landmark} tier:bronze`,
            `${landmark} tier:gold`,
          ]),
          'first-order cohort:2026-Q2',
          `${DATE} customers:existing`,
          `${DATE} customers:new`,
        ].sort(),
      );
      let listed = 0;
      for (const { id, landmark, slice_of, slice, population, summary } of sliced) {
        const where = `${landmark} ${slice_of}:${slice}`;
        const expected = figuresOf(only(belongsTo(slice_of, slice, landmark)), known, landmark);
        const [any] = expected.values();
        expect(population, where).toBe(any!.exposed + any!.unexposed);
        const items = await expectFigures(id, expected, where);
        expect(JSON.parse(summary), where).toMatchObject({
          items,
          leftOut: CONTENTS - items,
          accounts: null,
        });
        listed += items;
      }
      expect(listed).toBeGreaterThan(5 * CONTENTS);
    });

    test('rank companies by what all of their persons read and are worth', async () => {
      const [slice] = await snapshots({ slice_of: 'accounts', landmark: 'first-order' });
      const names = [...new Set(everyone.flatMap((person) => companyOf(person) ?? []))];
      const accountOf = everyone.map((person) => names.indexOf(companyOf(person) ?? ''));
      const members = everyone.filter((person) => accountOf[person]! >= 0);
      const seenAt = (person: number) =>
        [...history.touches, ...history.orders]
          .filter((event) => event.person === person)
          .reduce((first, { at }) => Math.min(first, at), Number.POSITIVE_INFINITY);
      const channels = names.map((_, account) => {
        const known = members.filter((person) => accountOf[person] === account && history.channels![person]);
        return known.map((person) => ({ person, at: seenAt(person) })).sort((a, b) => a.at - b.at)[0]?.person;
      });
      const rolledUp: History = {
        ...only((person) => accountOf[person]! >= 0),
        persons: names.length,
        channels: channels.map((person) => (person === undefined ? undefined : history.channels![person])),
      };
      rolledUp.touches = rolledUp.touches.map((touch) => ({ ...touch, person: accountOf[touch.person]! }));
      rolledUp.orders = rolledUp.orders.map((order) => ({ ...order, person: accountOf[order.person]! }));
      const sizes = Float64Array.from(
        names,
        (_, account) => accountOf.filter((one) => one === account).length,
      );
      const expected = figuresOf(rolledUp, { accountSizes: sizes }, 'first-order');
      expect(await expectFigures(slice.id, expected, 'accounts')).toBeGreaterThan(CONTENTS / 2);
      const [any] = expected.values();
      expect(slice.population).toBe(any!.exposed + any!.unexposed);
      const { accounts } = JSON.parse(slice.summary);
      expect(accounts.persons).toBe(members.length);
      // Some persons have neither a browser nor an order, and nobody knows of them.
      expect(accounts.persons + accounts.withoutCompany).toBeLessThanOrEqual(persons);
      expect(accounts.withoutCompany).toBeGreaterThan(persons / 3);
    });

    test('of everyone take in how many of a company are known, and `all` has no slices', async () => {
      for (const landmark of ['first-order', DATE]) {
        const [{ id }] = await snapshots({ slice_of: '', landmark });
        const expected = figuresOf(history, companies(), landmark);
        const rows = await knex('clv_snapshot_items').where({ snapshot_id: id });
        expect(rows).toHaveLength(CONTENTS);
        for (const row of rows) {
          const { adjustedDifference } = expected.get(Number(row.content_id))!;
          if (adjustedDifference !== null)
            expect(JSON.parse(row.figures).adjustedDifference).toBeCloseTo(adjustedDifference, 7);
        }
      }
      expect(await snapshots({ landmark: 'all' })).toHaveLength(1);
    });

    test('of the last two runs are kept, and what other screens read of these, everyone of more', async () => {
      const first = (await snapshots({ slice_of: '' }))[0].job_id;
      const second = await run();
      const third = await run();
      const left = async (of: object) =>
        (await knex('clv_snapshots').where(of).distinct('job_id').pluck('job_id')).sort();
      expect(await left({ slice_of: 'channel' })).toEqual([second, third].sort());
      expect(await left({ slice_of: '' })).toEqual([first, second, third].sort());
      for (const table of ['clv_ranking_sections', 'clv_item_sections'])
        expect((await knex(table).distinct('job_id').pluck('job_id')).sort()).toEqual([second, third].sort());
      const orphans = await knex('clv_snapshot_items as i')
        .leftJoin('clv_snapshots as s', 's.id', 'i.snapshot_id')
        .whereNull('s.id');
      expect(orphans).toEqual([]);
    });
  });
}
