import { setImmediate as breathe } from 'node:timers/promises';
import type { Knex } from 'knex';
import { uuidv7 } from 'uuidv7';
import { configOf } from '../config';
import type { JobContext } from '../jobs/run-job';
import type { Strapi } from '../room';
import { knexOf } from '../storage/db';
import { tell } from '../storage/news';
import { isDemonstration } from '../storage/settings';
import type { TrackingService } from '../tracking/service';
import type { ValueResult, ValueRun } from './api-types';
import type { LiveService } from './live/service';
import { latestRunId } from './runs/latest';
import { writePersonRows } from './runs/person-rows';
import { removeGone, removeLeftovers, removeOldRuns, removeRun } from './runs/remove';
import { openRun, publishRun, saveSection } from './runs/save';
import { tierChanges } from './runs/tier-changes';
import { updatedSince } from './runs/updated-since';
import type { ValueMessage, ValueTaskData, ValueTaskResult } from './value.task';

/** Runs whose totals are kept. Screens show the latest; the others show how figures went over some weeks. */
const KEPT_RUNS = 10;
/** Clocks of nodes that differ by less than this count as one. */
const CLOCK_TOLERANCE_MS = 60_000;

/** The job `value`: fits and values everyone in a thread, and keeps it as a run that screens see all at once. */
export async function runValue(strapi: Strapi, context: JobContext): Promise<ValueResult> {
  const startedAt = Date.now();
  const knex = knexOf(strapi);
  const live: LiveService = strapi.plugin('clv').service('live');
  const tracking: TrackingService = strapi.plugin('clv').service('tracking');
  await tracking.flush();
  await removeLeftovers(knex);

  const before = await latestRunId(knex);
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
  if (before) await tellOfOtherNodes(strapi, before, startedAt - CLOCK_TOLERANCE_MS);
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

/** Has those valued again whom other nodes brought up to date by the run before, while this one was computed. */
async function tellOfOtherNodes(strapi: Strapi, runBefore: string, since: number): Promise<void> {
  for await (const personIds of updatedSince(knexOf(strapi), runBefore, since)) {
    tell(strapi, { personIds });
    await breathe();
  }
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
