import type { Knex } from 'knex';
import type { ExperimentDetail, ExperimentReport } from '../api-types';
import { DAY_MS } from './experiments';

/** Keeps a report: the last of each day (UTC), so that one sees how figures went. */
export async function saveReport(knex: Knex, experimentId: string, report: ExperimentReport): Promise<void> {
  const day = Math.floor(report.at / DAY_MS) * DAY_MS;
  await knex.transaction(async (trx) => {
    const reports = trx('clv_experiment_reports').where({ experiment_id: experimentId });
    await reports
      .where('created_at', '>=', day)
      .where('created_at', '<', day + DAY_MS)
      .delete();
    await trx('clv_experiment_reports').insert({
      experiment_id: experimentId,
      created_at: report.at,
      body: JSON.stringify(report),
    });
  });
}

/** The latest report of each of these. */
export async function latestReports(
  knex: Knex,
  experimentIds: readonly string[],
): Promise<Map<string, ExperimentReport>> {
  if (experimentIds.length === 0) return new Map();
  const latest = knex('clv_experiment_reports')
    .whereIn('experiment_id', experimentIds)
    .groupBy('experiment_id')
    .select('experiment_id')
    .max({ created_at: 'created_at' })
    .as('m');
  const rows = await knex('clv_experiment_reports as r')
    .join(latest, (on) => {
      on.on('m.experiment_id', 'r.experiment_id').on('m.created_at', 'r.created_at');
    })
    .select('r.experiment_id', 'r.body');
  return new Map(rows.map((row) => [row.experiment_id, JSON.parse(row.body)]));
}

/** How the effect of each arm stood day by day, the earliest first. */
export async function courseOf(knex: Knex, experimentId: string): Promise<ExperimentDetail['course']> {
  const bodies: string[] = await knex('clv_experiment_reports')
    .where({ experiment_id: experimentId })
    .orderBy('created_at')
    .pluck('body');
  return bodies.flatMap((body) => {
    const { at, effects } = JSON.parse(body) as ExperimentReport;
    return effects.map(({ arm, perUnit }) => ({ at, arm, ...perUnit }));
  });
}
