import type { Knex } from 'knex';
import { Refused } from '../refused';
import type { Experiment, ExperimentDetail, ExperimentList } from './api-types';
import { allExperiments, experimentById, type StoredExperiment } from './store/experiments';
import { courseOf, latestReports } from './store/reports';

const triggerOf = (surface: string): string | null => /^trigger:(.+)$/.exec(surface)?.[1] ?? null;

/** Names of the triggers that experiments are about; those of deleted ones are missing. */
async function triggerNames(
  knex: Knex,
  experiments: readonly StoredExperiment[],
): Promise<Map<string, string>> {
  const ids = experiments.flatMap(({ surface }) => triggerOf(surface) ?? []);
  if (ids.length === 0) return new Map();
  const rows = await knex('clv_triggers').whereIn('id', ids).select('id', 'name');
  return new Map(rows.map((row) => [row.id, row.name]));
}

function shown({ salt, ...experiment }: StoredExperiment, names: ReadonlyMap<string, string>): Experiment {
  const trigger = triggerOf(experiment.surface);
  return { ...experiment, about: trigger === null ? null : (names.get(trigger) ?? null) };
}

/** An experiment as programs see it: without its salt, with the name of its trigger. */
export async function withAbout(knex: Knex, experiment: StoredExperiment): Promise<Experiment> {
  return shown(experiment, await triggerNames(knex, [experiment]));
}

/** `GET /clv/experiments` */
export async function listAll(knex: Knex): Promise<ExperimentList> {
  const isOfTrigger = ({ surface }: StoredExperiment) => Number(triggerOf(surface) !== null);
  // There is one of recommendations, and as many of triggers as there are triggers.
  const experiments = (await allExperiments(knex)).sort((a, b) => isOfTrigger(a) - isOfTrigger(b));
  const names = await triggerNames(knex, experiments);
  const reports = await latestReports(
    knex,
    experiments.map(({ id }) => id),
  );
  return {
    experiments: experiments.map((experiment) => ({
      experiment: shown(experiment, names),
      report: reports.get(experiment.id) ?? null,
    })),
    segments: await knex('clv_segments').orderBy('name').select('id', 'name'),
  };
}

/** `GET /clv/experiments/:id` @throws Refused 404 */
export async function detailOf(knex: Knex, id: string): Promise<ExperimentDetail> {
  const experiment = await experimentById(knex, id);
  if (!experiment) throw new Refused(404, 'There is no such experiment.');
  const { segmentId } = experiment.design;
  const segment =
    segmentId === null ? null : await knex('clv_segments').where({ id: segmentId }).first('name');
  return {
    experiment: await withAbout(knex, experiment),
    report: (await latestReports(knex, [id])).get(id) ?? null,
    course: await courseOf(knex, id),
    segmentName: segment?.name ?? null,
  };
}
