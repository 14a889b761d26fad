import { consistently } from '../../../clv/fit/consistently';
import type { Task } from '../../../jobs/task';
import type { ExperimentDesign, ExperimentReport } from '../api-types';
import { buildReport } from './build-report';
import { metUnits } from './met-units';
import { readWorths, type Worth } from './worths';

/** One experiment to be counted: what happened before `until`. */
export interface Counted {
  id: string;
  design: ExperimentDesign;
  until: number;
  final: boolean;
}

export interface ExperimentsTaskData {
  at: number;
  worth: Worth;
  experiments: Counted[];
}

export interface ExperimentsMessage {
  experimentId: string;
  report: ExperimentReport;
}

/** Counts experiments one after the other, and sends the report of each. */
export const experimentsTask: Task = async ({ knex, data, progress, send }) => {
  const { at, worth, experiments } = data as ExperimentsTaskData;
  for (const [place, { id, design, until, final }] of experiments.entries()) {
    const within = (fraction: number) => progress((place + fraction) / experiments.length, 'report');
    within(0);
    const endOfReading = await consistently(knex);
    const met = await metUnits(knex, id, until);
    const worths = await readWorths(knex, met.units, until, worth, within);
    await endOfReading();
    const report = buildReport({ at, design, met, worths, worth, final });
    await send({ experimentId: id, report } satisfies ExperimentsMessage);
  }
  return { experiments: experiments.length };
};
