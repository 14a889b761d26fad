import { setImmediate as breathe } from 'node:timers/promises';
import type { Knex } from 'knex';
import { uuidv7 } from 'uuidv7';
import { configOf } from '../config';
import type { JobContext } from '../jobs/run-job';
import type { Strapi } from '../room';
import { knexOf } from '../storage/db';
import { isDemonstration } from '../storage/settings';
import type { TrackingService } from '../tracking/service';
import type { ValueResult, ValueRun } from './api-types';
import type { LiveService } from './live/service';
import { writePersonRows } from './runs/person-rows';
import { removeGone, removeLeftovers, removeOldRuns, removeRun } from './runs/remove';
import { openRun, publishRun, saveSection } from './runs/save';
import { tierChanges } from './runs/tier-changes';
import type { ValueMessage, ValueTaskData, ValueTaskResult } from './value.task';

/** Runs whose totals are kept. Screens show the latest; the others show how figures went over some weeks. */
const KEPT_RUNS = 10;

/** The job `value`: fits and values everyone in a thread, and keeps it as a run that screens see all at once. */
export async function runValue(strapi: Strapi, context: JobContext): Promise<ValueResult> {
  const startedAt = Date.now();
  const knex = knexOf(strapi);
  const live: LiveService = strapi.plugin('clv').service('live');
  const tracking: TrackingService = strapi.plugin('clv').service('tracking');
  await tracking.flush();
  await removeLeftovers(knex);

  const runId = uuidv7();
  const news = live.remember();
  let run: ValueRun;
  try {
    await openRun(knex, runId, context.job.id, startedAt);
    run = await compute(strapi, knex, runId, startedAt, context);
  } catch (error) {
    news.forget();
    await removeRun(knex, runId);
    throw error;
  }
  // What was stored while the thread computed is not in its figures.
  news.bringUpToDate();
  await removeOldRuns(knex, KEPT_RUNS);

  const { model, customers, prospects } = run;
  const result = { runId, model, customers, prospects, seconds: (Date.now() - startedAt) / 1000 };
  strapi.eventHub.emit('clv.value.done', { jobId: context.job.id, ...result });
  for await (const changes of tierChanges(knex, runId)) {
    for (const change of changes) strapi.eventHub.emit('clv.tier.changed', change);
    await breathe();
  }
  return result;
}

async function compute(
  strapi: Strapi,
  knex: Knex,
  runId: string,
  startedAt: number,
  { job, throwIfCancelled, runInWorker }: JobContext,
): Promise<ValueRun> {
  const { value, prediction, tiers, targets } = configOf(strapi);
  const data: ValueTaskData = { runId, now: startedAt, ...value, prediction, tiers, targets };
  const result = (await runInWorker('value', data, async (body) => {
    const message = body as ValueMessage;
    if (message.kind === 'persons') await writePersonRows(knex, runId, message.rows);
    else await saveSection(knex, runId, message.name, message.body);
    await breathe();
  })) as ValueTaskResult;
  throwIfCancelled();
  await removeGone(knex, runId);
  const run: ValueRun = {
    id: runId,
    jobId: job.id,
    createdAt: startedAt,
    simulated: await isDemonstration(knex),
    ...result.run,
  };
  throwIfCancelled();
  if (!(await publishRun(knex, run, result.engine, Date.now()))) {
    throw new Error('other nodes took the run for given up; start it again');
  }
  return run;
}
