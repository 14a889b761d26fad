import type { Knex } from 'knex';
import type { Job } from '../jobs/api-types';
import { countUpToThousand } from '../ranking/queries/data-counts';
import type { ModelPage, ModelReport, ValuePage, ValueReport } from './api-types';
import { latestRun, readSection } from './runs/latest';

/** From here on a screen need not count to the unit; it takes what the run counted. */
const ENOUGH = 1000;

async function countUpTo(knex: Knex, table: string, column: string): Promise<number> {
  const few = knex(table).select(column).limit(ENOUGH);
  const row = await knex.from(few.as('few')).count({ n: '*' }).first();
  return Number(row?.n ?? 0);
}

const runningOf = (jobs: Job[]) => jobs.find((job) => job.finishedAt === null)?.id ?? null;

/** Everything that the Value page shows, from what the latest run kept. `jobs` are the latest ones, the newest first. */
export async function valuePage(knex: Knex, jobs: Job[]): Promise<ValuePage> {
  const run = await latestRun(knex);
  const { customers, orders, identifiedVisitors } = await countUpToThousand(knex);
  const last = jobs.find((job) => job.finishedAt !== null);
  return {
    run,
    report: run && (await readSection<ValueReport>(knex, run.id, 'report')),
    running: runningOf(jobs),
    lastRun: last
      ? { id: last.id, status: last.status, finishedAt: last.finishedAt, error: last.error }
      : null,
    data: {
      customers: Math.max(customers, run?.customers ?? 0),
      orders: Math.max(orders, run?.orders ?? 0),
      subscriptions: Math.max(
        await countUpTo(knex, 'clv_subscriptions', 'subscription_id'),
        run?.subscriptions ?? 0,
      ),
      costs: await countUpTo(knex, 'clv_costs', 'cost_key'),
      identifiedVisitors,
    },
  };
}

/** Everything that the Model page shows. */
export async function modelPage(knex: Knex, jobs: Job[]): Promise<ModelPage> {
  const run = await latestRun(knex);
  const report = run && (await readSection<ModelReport>(knex, run.id, 'model'));
  return { run, report, running: runningOf(jobs) };
}
