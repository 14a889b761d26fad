import type { Knex } from 'knex';
import { uuidv7 } from 'uuidv7';
import { configOf } from '../config';
import type { JobContext } from '../jobs/run-job';
import type { Strapi } from '../room';
import { knexOf } from '../storage/db';
import { isDemonstration } from '../storage/settings';
import type { TrackingService } from '../tracking/service';
import type { RankResult } from './api-types';
import type { CountedRanking, RankTask, RunSection, WarmMessage } from './rank.task';
import type { WarmRun } from './refresh/warm-run';
import type { WarmRuns } from './refresh/warm-runs';
import type { ScopeRanking } from './scope-ranking';
import { withFlips } from './sign-flips';
import { latestSnapshots, type PreviousItem, previousItems } from './snapshots/latest';
import { removeLeftovers, removeOldRuns } from './snapshots/remove';
import { publish, type Summary, saveSnapshot } from './snapshots/save';
import { saveSection } from './snapshots/save-section';
import { taskData } from './task-data';

/**
 * Runs whose snapshots are kept. Screens show the latest, and a run compares itself with the one before; the others
 * are there so that an item's course over some weeks can be drawn, without the tables growing for ever.
 */
const KEPT_RUNS = 10;
/** Slices and sections take much room, and no course of theirs is drawn: the run before is kept for whoever reads it now. */
const KEPT_RUNS_IN_FULL = 2;

/** What the latest run said of each item, for every landmark and slice. */
async function previousRun(knex: Knex) {
  const snapshots = await latestSnapshots(knex);
  return async ({ landmark, sliceOf, slice }: ScopeRanking): Promise<Map<number, PreviousItem>> => {
    const previous = snapshots.find(
      ({ head }) => head.landmark === landmark && head.sliceOf === sliceOf && head.slice === slice,
    );
    return previous ? previousItems(knex, previous.head.id) : new Map();
  };
}

/** The job `rank`: computes all rankings in a thread, and keeps them as snapshots that screens see all at once. */
export async function runRanking(
  strapi: Strapi,
  { job, signal, progress, throwIfCancelled, runInWorker }: JobContext,
): Promise<RankResult> {
  const startedAt = Date.now();
  const knex = knexOf(strapi);
  // Read once: what is saved while the run goes on is for the next.
  const settings = taskData(strapi, startedAt);
  const keepsWarm = configOf(strapi).ranking.refresh !== false;
  const tracking: TrackingService = strapi.plugin('clv').service('tracking');
  await tracking.flush();
  await removeLeftovers(knex);

  const warmRuns: WarmRuns = strapi.plugin('clv').service('warmRuns');
  const beginning = await warmRuns.begin();
  const data: RankTask = { settings, keepsWarm };
  let warm: WarmRun | undefined;
  const simulated = await isDemonstration(knex);
  const previousOf = await previousRun(knex);
  let snapshots = 0;
  let population = 0;
  let items = 0;

  const save = async (scope: CountedRanking) => {
    progress(0.95, 'saving');
    const { landmark, sliceOf, slice } = scope;
    const previous = await previousOf(scope);
    const summary: Summary = {
      population: scope.population,
      withValue: scope.withValue,
      items: scope.items.length,
      needed: scope.needed,
      ranked: scope.items.filter(({ figures }) => figures.verdict !== 'not enough data').length,
      value: settings.value,
      fdr: settings.fdr,
      currency: settings.currency,
      timezone: settings.timezone,
      simulated,
      report: withFlips(scope.report, scope.items, previous),
      data: scope.data,
      leftOut: scope.leftOut,
      accounts: scope.accounts,
    };
    const head = { id: uuidv7(), jobId: job.id, landmark, sliceOf, slice, summary };
    await saveSnapshot(knex, head, scope.items, previous, signal);
    snapshots += 1;
    population = Math.max(population, scope.population);
    items = Math.max(items, scope.items.length);
  };

  await runInWorker('rank', data, (message) => {
    const part = message as CountedRanking | RunSection | WarmMessage;
    if ('warm' in part) warm = part.warm;
    else return 'section' in part ? saveSection(knex, job.id, part, signal) : save(part);
  });
  throwIfCancelled();
  await publish(knex, job.id, Date.now());
  if (warm) await warmRuns.keep(job.id, warm, beginning);
  await removeOldRuns(knex, KEPT_RUNS, KEPT_RUNS_IN_FULL);

  const result = { snapshots, items, population, seconds: (Date.now() - startedAt) / 1000 };
  strapi.eventHub.emit('clv.ranking.done', { jobId: job.id, ...result });
  return result;
}
