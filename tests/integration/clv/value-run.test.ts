import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type {
  CustomerDetail,
  CustomersPage,
  ModelPage,
  ValuePage,
  ValueResult,
} from '../../../server/src/clv/api-types';
import { personValues } from '../../../server/src/clv/person-values';
import { RUN_SHAPE } from '../../../server/src/clv/runs/latest';
import type { ValueService } from '../../../server/src/clv/service';
import type { JobsService } from '../../../server/src/jobs/service';
import { adminToken, editorToken } from '../../support/admin';
import { DATABASES, type TestDatabase } from '../../support/databases';
import { startStrapi, type TestStrapi } from '../../support/strapi';
import { customerKey, insertValueWorld, personKey } from '../../support/value-world';

// Real servers on a busy machine take their time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const config = { prediction: { schedule: false }, ranking: { schedule: false } };

const cents = (amount: number) => Math.round(amount * 100);
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

/** Everything in a document that is a number must be one that can be shown. */
function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(numbersIn);
}

for (const { name, start, missing } of DATABASES) {
  describe.skipIf(missing !== null)(`a run of the value engine on ${name}`, () => {
    let database: TestDatabase;
    let app: TestStrapi;
    let jobs: JobsService;
    let knex: Knex;
    let result: ValueResult;
    let headers: Record<string, string>;
    const get = async <Body>(path: string): Promise<Body> =>
      (await fetch(`${app.url}/clv/value${path}`, { headers })).json() as Promise<Body>;

    beforeAll(async () => {
      database = await start();
      app = await startStrapi({ env: database.env, config });
      jobs = app.strapi.plugin('clv').service('jobs');
      knex = app.strapi.db.connection as unknown as Knex;
      headers = { authorization: `Bearer ${await adminToken(app.strapi, app.url)}` };
      await insertValueWorld(knex);
      const { id } = await jobs.start('value', {}, { startedBy: 'test', activeKey: 'value' });
      await jobs.ended(id);
      const job = await jobs.get(id);
      expect(job!.error).toBeNull();
      result = job!.result as ValueResult;
    });
    afterAll(async () => {
      await app?.stop();
      await database?.stop();
    });

    test('says of everyone what they are worth, to the cent what their orders and costs come to', async () => {
      const rows = await knex('clv_person_values');
      const worth = new Map(rows.map((row) => [row.person_id, row]));
      expect(rows).toHaveLength(result.customers + result.prospects);
      const { createdAt: now } = (await get<ValuePage>('')).run!;
      let customers = 0;
      const options = { currency: 'EUR', rates: {}, now, value: 'clv' as const };
      for await (const persons of personValues(knex, options)) {
        for (const { personId, value, orders } of persons) {
          expect(Number(worth.get(personId).historical)).toBe(value);
          expect(worth.get(personId).orders).toBe(orders);
          if (orders > 0) customers += 1;
        }
      }
      expect(result.customers).toBe(customers);
      for (const row of rows) {
        expect(row.run_id).toBe(result.runId);
        expect(Number(row.total)).toBe(Number(row.historical) + Number(row.predicted ?? 0));
        if (row.kind === 'customer') {
          expect(row.p_alive).toBeGreaterThanOrEqual(0);
          expect(row.p_alive).toBeLessThanOrEqual(1);
          // Nobody costs more than serving them all the year.
          expect(Number(row.predicted)).toBeGreaterThanOrEqual(-12 * 120);
        }
      }
    });

    test('what the pages show agrees with the persons to the cent', async () => {
      const { run, report, running, lastRun } = await get<ValuePage>('');
      expect(run).toMatchObject({ id: result.runId, problem: null, simulated: false, currency: 'EUR' });
      expect(run!.model).toMatch(/nbd/);
      expect({ running, status: lastRun!.status }).toEqual({ running: null, status: 'done' });
      const rows = await knex('clv_person_values').where({ kind: 'customer' });
      const total = (column: string) => sum(rows.map((row) => Number(row[column] ?? 0)));
      expect(cents(report!.total.clv)).toBe(total('historical'));
      expect(cents(report!.total.revenue)).toBe(total('revenue'));
      expect(cents(report!.total.predicted!)).toBe(total('predicted'));
      expect(report!.total.customers).toBe(rows.length);
      for (const groups of Object.values(report!.groups)) {
        expect(cents(sum(groups.map(({ clv }) => clv)))).toBe(cents(report!.total.clv));
        expect(cents(sum(groups.map(({ predicted }) => predicted ?? 0)))).toBe(total('predicted'));
      }
      for (const { tier, customers, value } of report!.tiers.rows) {
        const there = rows.filter((row) => row.tier === tier);
        expect(customers).toBe(there.length);
        expect(cents(value)).toBe(sum(there.map((row) => Number(row.historical))));
      }
      for (const { stage, people } of report!.stages) {
        const counted = await knex('clv_person_values').where({ stage }).count({ n: '*' }).first();
        expect(people).toBe(Number(counted!.n));
      }
      expect(numbersIn(report).every(Number.isFinite)).toBe(true);
      expect(JSON.stringify(report)).not.toMatch(/person-|customer-0/);
    });

    test('a run that another version of the plugin kept in another shape is not shown', async () => {
      await knex('clv_value_runs').update({ shape: RUN_SHAPE - 1 });
      expect(await get<ValuePage>('')).toMatchObject({ run: null, report: null });
      expect(await get<ModelPage>('/model')).toMatchObject({ run: null, report: null });
      await knex('clv_value_runs').update({ shape: RUN_SHAPE });
      expect((await get<ValuePage>('')).run).toMatchObject({ id: result.runId });
    });

    test('the model is judged on a holdout next to the rules, and with content against without', async () => {
      const { report } = await get<ModelPage>('/model');
      expect(report!.chosen).toBe(result.model);
      expect(report!.fits[0]).toMatchObject({ model: result.model, converged: true, identified: true });
      const names = report!.holdout.map((row) => row.name);
      expect(names).toEqual(expect.arrayContaining(['mbg-nbd', 'pareto-nbd', 'rate', 'hiatus', 'zero']));
      const { split, calibration, tracking, monetary, subscription, content } = report!;
      expect(split!.actual).toBe(sum(calibration.map((group) => group.actual * group.customers)));
      expect(tracking.at(-1)!.holdout).toBe(true);
      expect(monetary).toMatchObject({ model: 'gamma-gamma', converged: true });
      expect(subscription).toMatchObject({ model: 'sbg', converged: true });
      expect(content.customers).toMatchObject({ n: expect.any(Number), with: {}, without: {} });
      expect(numbersIn(report).every(Number.isFinite)).toBe(true);
    });

    test('the list of customers is found, ordered, filtered and exported', async () => {
      const first = await get<CustomersPage>('/customers?sort=total:desc&pageSize=10');
      expect(first.customers).toHaveLength(10);
      expect(first.pagination.total).toBe(result.customers + result.prospects);
      const totals = first.customers.map(({ total }) => total);
      expect(totals).toEqual(totals.toSorted((a, b) => b - a));
      expect(first.facets.tiers).toContain('gold');
      const gold = await get<CustomersPage>('/customers?tier=gold&pageSize=100');
      expect(new Set(gold.customers.map(({ tier }) => tier))).toEqual(new Set(['gold']));
      const known = first.customers[0]!;
      const found = await get<CustomersPage>(`/customers?search=${known.customerIds[0]}`);
      expect(found.customers).toEqual([known]);
      expect((await get<CustomersPage>('/customers?search=%25')).customers).toEqual([]);
      const least = await get<CustomersPage>('/customers?sort=pAlive:asc&pageSize=100&page=1');
      expect(least.customers[0]!.pAlive).not.toBeNull();

      const csv = await (
        await fetch(`${app.url}/clv/value/customers/export.csv?kind=customer`, { headers })
      ).text();
      const lines = csv.trim().split('\n');
      expect(lines).toHaveLength(1 + result.customers);
      expect(csv).not.toMatch(/NaN|Infinity|undefined/);
      expect((await fetch(`${app.url}/clv/value/customers?sort=name:asc`, { headers })).status).toBe(400);
    });

    test('the page of one customer shows figures, predictions with intervals and what happened', async () => {
      const { customers } = await get<CustomersPage>('/customers?stage=active&sort=orders:desc&pageSize=1');
      const [{ personId }] = customers as [CustomersPage['customers'][number]];
      const detail = await get<CustomerDetail>(`/customers/${personId}`);
      expect(detail.customer.personId).toBe(personId);
      expect(cents(detail.value.clv)).toBe(cents(detail.customer.historical));
      const { expectedOrders, predicted, aliveCurve, remainingLifetimeDays } = detail.predictions;
      for (const figure of [expectedOrders, predicted, remainingLifetimeDays]) {
        const { value, low, high } = figure as { value: number; low: number; high: number };
        expect(low).toBeLessThanOrEqual(value);
        expect(high).toBeGreaterThanOrEqual(value);
      }
      expect(aliveCurve.at(-1)!.pAlive).toBeCloseTo(detail.predictions.pAlive!, 9);
      expect(detail.timeline.filter(({ kind }) => kind === 'order')).toHaveLength(detail.customer.orders);
      expect(numbersIn(detail).every(Number.isFinite)).toBe(true);
      expect((await fetch(`${app.url}/clv/value/customers/nobody`, { headers })).status).toBe(404);
    });

    test('what-if changes the figures the way that the change goes, and checks what it is asked', async () => {
      const ask = (body: object) =>
        fetch(`${app.url}/clv/value/what-if`, {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
      const more = await (await ask({ orderValue: 0.1, cac: -0.2 })).json();
      expect(more.then.clv.value).toBeGreaterThan(more.today.clv.value);
      expect(more.then.cac.value).toBeCloseTo(0.8 * more.today.cac.value, 6);
      const inScope = await ask({ scope: { by: 'channel', group: 'partner' }, retention: 0.05 });
      expect((await inScope.json()).customers).toBeLessThan(more.customers);
      expect((await ask({ scope: { by: 'channel', group: 'nowhere' } })).status).toBe(400);
      expect((await ask({ orderValue: 'much' })).status).toBe(400);
      expect((await ask({ item: { contentId: 1, reach: 0.1 } })).status).toBe(400);
    });

    test('an app asks for the value of somebody by any of their ids', async () => {
      const value: ValueService = app.strapi.plugin('clv').service('value');
      const of = await value.of({ customerId: customerKey(1) });
      expect(of).toMatchObject({ personId: personKey(1), customerIds: [customerKey(1)], kind: 'customer' });
      expect(await value.of({ personId: personKey(1) })).toEqual(of);
      expect(await value.tierOf({ customerId: customerKey(1) })).toBe(of!.tier);
      expect((await value.predictionOf({ customerId: customerKey(1) }))!.pAlive).toBeCloseTo(of!.pAlive!, 2);
      expect(await value.of({ customerId: 'nobody' })).toBeNull();
      const nobody = { userId: undefined } as unknown as { userId: string };
      await expect(value.tierOf(nobody)).rejects.toThrow('give it a customerId, a personId or a userId');
      expect((await value.latestRun())!.id).toBe(result.runId);
      const prospect = await knex('clv_person_values as v')
        .join('clv_identities as i', 'i.person_id', 'v.person_id')
        .where({ 'v.kind': 'prospect', 'i.namespace': 'user' })
        .first('i.value', 'v.person_id');
      expect(await value.of({ userId: prospect.value })).toMatchObject({
        personId: prospect.person_id,
        tier: null,
        stage: 'prospect',
      });
    });

    test('only roles that may see values and single customers do', async () => {
      const reader = await editorToken(app.strapi, app.url, ['plugin::clv.value.read']);
      const as = async (token: string, path: string, method = 'GET') =>
        (
          await fetch(`${app.url}/clv/value${path}`, {
            method,
            headers: { authorization: `Bearer ${token}` },
          })
        ).status;
      expect(await as(reader, '')).toBe(200);
      expect(await as(reader, '/model')).toBe(200);
      expect(await as(reader, '/customers')).toBe(403);
      expect(await as(reader, '/customers/export.csv')).toBe(403);
      expect(await as(reader, `/customers/${personKey(1)}`)).toBe(403);
      expect(await as(reader, '/run', 'POST')).toBe(403);
      const nobody = await editorToken(app.strapi, app.url, []);
      expect(await as(nobody, '')).toBe(403);
    });

    test('the next run tells who moved, keeps one set of persons, and what the run before said in total', async () => {
      const told: unknown[] = [];
      const end = app.strapi.eventHub.on('clv.value.done', async (event: unknown) => {
        told.push(event);
      });
      const { id } = await jobs.start('value', {}, { startedBy: 'test', activeKey: 'value' });
      await jobs.ended(id);
      end();
      const second = (await jobs.get(id))!.result as ValueResult;
      expect(told).toEqual([{ jobId: id, ...second }]);
      const { report } = await get<ValuePage>('');
      expect(report!.tiers.previousRunAt).not.toBeNull();
      expect(sum(report!.tiers.moves!.map(({ people }) => people))).toBe(second.customers);
      const runs = await knex('clv_person_values').distinct('run_id').pluck('run_id');
      expect(runs).toEqual([second.runId]);
      expect(await knex('clv_value_sections').where({ run_id: result.runId })).toHaveLength(3);
      const moved = await knex('clv_person_values').whereNotNull('previous_tier').count({ n: '*' }).first();
      expect(Number(moved!.n)).toBe(second.customers);
    });
  });
}
