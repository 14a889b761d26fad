import type { Knex } from 'knex';
import type { Job } from '../jobs/api-types';
import type { ModelPage, ModelReport, ValuePage, ValueReport, ValueRun } from './api-types';
import { latestRun, readSection } from './runs/latest';

/** From here on a screen need not count to the unit; it takes what the run counted. */
const ENOUGH = 1000;

/** Counts up to a thousand: cheap whatever the size of the table. Touches are not asked for at all. */
async function countUpTo(knex: Knex, table: string, column: string): Promise<number> {
  const few = knex(table).distinct(column).limit(ENOUGH);
  const row = await knex.from(few.as('few')).count({ n: '*' }).first();
  return Number(row?.n ?? 0);
}

/** What there is to value: counted on the spot while small, and else as the last run found it. */
async function dataOf(knex: Knex, run: ValueRun | null): Promise<ValuePage['data']> {
  const atLeast = async (table: string, column: string, counted = 0) =>
    Math.max(await countUpTo(knex, table, column), counted);
  return {
    customers: await atLeast('clv_customers', 'customer_id', run?.customers),
    orders: await atLeast('clv_orders', 'order_id', run?.orders),
    subscriptions: await atLeast('clv_subscriptions', 'subscription_id', run?.subscriptions),
    costs: await atLeast('clv_costs', 'cost_key'),
    identifiedVisitors: await atLeast('clv_visitor_links', 'visitor_key'),
  };
}

const runningOf = (jobs: Job[]) => jobs.find((job) => job.finishedAt === null)?.id ?? null;

/** Everything that the Value page shows, from what the latest run kept. `jobs` are the latest ones, the newest first. */
export async function valuePage(knex: Knex, jobs: Job[]): Promise<ValuePage> {
  const run = await latestRun(knex);
  const last = jobs.find((job) => job.finishedAt !== null);
  return {
    run,
    report: run && (await readSection<ValueReport>(knex, run.id, 'report')),
    running: runningOf(jobs),
    lastRun: last
      ? { id: last.id, status: last.status, finishedAt: last.finishedAt, error: last.error }
      : null,
    data: await dataOf(knex, run),
  };
}

/** Everything that the Model page shows. */
export async function modelPage(knex: Knex, jobs: Job[]): Promise<ModelPage> {
  const run = await latestRun(knex);
  const report = run && (await readSection<ModelReport>(knex, run.id, 'model'));
  return { run, report, running: runningOf(jobs) };
}
