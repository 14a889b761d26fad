import { configOf } from '../../config';
import type { JobContext } from '../../jobs/run-job';
import type { Strapi } from '../../room';
import { knexOf } from '../../storage/db';
import type { Counted, ExperimentsMessage, ExperimentsTaskData } from './report/experiments.task';
import type { ExperimentsService } from './service';
import { allExperiments, plannedEnd, type StoredExperiment } from './store/experiments';
import { latestReports, saveReport } from './store/reports';

/** What the job is asked for: one experiment, or every one whose figures may have changed. */
export interface ExperimentsParams {
  experimentId?: string;
}

export interface ExperimentsResult {
  experiments: number;
}

/** Ends those whose planned end has come; what happens later does not count. */
async function endOverdue(strapi: Strapi, now: number): Promise<void> {
  const knex = knexOf(strapi);
  for (const experiment of await allExperiments(knex)) {
    const end = plannedEnd(experiment);
    if (experiment.state !== 'running' || end === null || end > now) continue;
    await knex('clv_experiments')
      .where({ id: experiment.id, state: 'running' })
      .update({ state: 'stopped', active_surface: null, ended_at: end });
  }
}

function counted(experiment: StoredExperiment, now: number): Counted {
  const { id, design, endedAt } = experiment;
  const end = plannedEnd(experiment);
  const until = endedAt ?? now;
  return { id, design, until, final: end === null || until >= end };
}

/** The job `experiments`: counts them in a thread, and keeps what screens show. */
export async function runExperiments(
  strapi: Strapi,
  { params, runInWorker, throwIfCancelled }: JobContext<ExperimentsParams>,
): Promise<ExperimentsResult> {
  const knex = knexOf(strapi);
  const service: ExperimentsService = strapi.plugin('clv').service('experiments');
  await service.flush();
  const now = Date.now();
  await endOverdue(strapi, now);
  await service.refresh();

  const all = (await allExperiments(knex)).filter(({ startedAt }) => startedAt !== null);
  const reports = await latestReports(
    knex,
    all.map(({ id }) => id),
  );
  const due = all.filter(({ id, endedAt }) => {
    if (params.experimentId !== undefined) return id === params.experimentId;
    return endedAt === null || (reports.get(id)?.at ?? 0) < endedAt;
  });
  const { value, ranking } = configOf(strapi);
  const data: ExperimentsTaskData = {
    at: now,
    worth: { currency: value.currency, rates: value.rates, value: ranking.value },
    experiments: due.map((experiment) => counted(experiment, now)),
  };
  await runInWorker('experiments', data, async (body) => {
    const { experimentId, report } = body as ExperimentsMessage;
    throwIfCancelled();
    await saveReport(knex, experimentId, report);
  });
  return { experiments: due.length };
}
