import { uuidv7 } from 'uuidv7';
import type { JobContext } from '../../jobs/run-job';
import type { Strapi } from '../../room';
import { knexOf } from '../../storage/db';
import type { TrackingService } from '../../tracking/service';
import type { RankResult } from '../api-types';
import type { WarmMessage } from '../rank.task';
import { runRanking } from '../run';
import type { ScopeRanking } from '../scope-ranking';
import { latestSnapshots } from '../snapshots/latest';
import { placesBefore } from '../snapshots/places-before';
import { removeLeftovers } from '../snapshots/remove';
import { replaceSnapshots } from '../snapshots/replace';
import { saveSnapshot } from '../snapshots/save';
import type { RefreshTask } from './refresh.task';
import type { Refreshed } from './refresh-run-data';
import type { WarmRun } from './warm-run';
import type { WarmRuns } from './warm-runs';

/** Parameters of the job `rank`. */
export interface RankParams {
  refresh?: boolean;
}

/**
 * The job `rank` with `{ refresh: true }`: brings the figures of everyone in the run that is shown up to now. Slices, checks
 * and what other screens read stay those of the run itself. Without what that run left in memory it is a whole run.
 */
export async function runRefresh(strapi: Strapi, context: JobContext): Promise<RankResult> {
  const { job, signal, throwIfCancelled, runInWorker, progress } = context;
  const startedAt = Date.now();
  const knex = knexOf(strapi);
  const warmRuns: WarmRuns = strapi.plugin('clv').service('warmRuns');
  const tracking: TrackingService = strapi.plugin('clv').service('tracking');
  await tracking.flush();
  const beginning = await warmRuns.begin();
  const warm = await warmRuns.current();
  if (!warm) return runRanking(strapi, context);
  await removeLeftovers(knex);

  const shown = await latestSnapshots(knex);
  const replaced: string[] = [];
  const saved: string[] = [];
  let population = 0;
  let items = 0;
  let next: WarmRun | undefined;
  const settings = { ...warm.run.settings, now: startedAt };

  const save = async (scope: ScopeRanking) => {
    progress(0.95, 'saving');
    const { landmark, sliceOf, slice } = scope;
    const old = shown.find(({ head }) => head.landmark === landmark && head.sliceOf === '');
    if (!old) throw new Error(`the run ${warm.runId} has no ranking at "${landmark}"; start a run`);
    const { falsification } = old.summary.report;
    const summary = {
      ...old.summary,
      population: scope.population,
      withValue: scope.withValue,
      items: scope.items.length,
      ranked: scope.items.filter(({ figures }) => figures.verdict !== 'not enough data').length,
      report: { ...scope.report, ...(falsification && { falsification }) },
      refreshedAt: settings.now,
    };
    const id = uuidv7();
    const head = { id, jobId: job.id, landmark, sliceOf, slice, summary };
    await saveSnapshot(knex, head, scope.items, await placesBefore(knex, old.head.id), signal);
    replaced.push(old.head.id);
    saved.push(id);
    population = Math.max(population, scope.population);
    items = Math.max(items, scope.items.length);
  };

  const data: RefreshTask = { settings, warm: warm.run };
  const refreshed = (await runInWorker('refresh', data, (message) => {
    const part = message as ScopeRanking | WarmMessage;
    if ('warm' in part) next = part.warm;
    else return save(part);
  })) as Refreshed | null;
  throwIfCancelled();
  if (!refreshed || !next) return runRanking(strapi, context);
  await replaceSnapshots(knex, job.id, replaced, saved);
  await warmRuns.keep(warm.runId, next, beginning);

  const seconds = (Date.now() - startedAt) / 1000;
  const result: RankResult = { snapshots: saved.length, items, population, seconds, refresh: refreshed };
  strapi.eventHub.emit('clv.ranking.done', { jobId: job.id, ...result });
  return result;
}
