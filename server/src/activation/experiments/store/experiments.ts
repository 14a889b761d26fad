import type { Knex } from 'knex';
import type { Experiment, ExperimentDesign } from '../api-types';
import type { RunningExperiment } from '../types';

export const DAY_MS = 86_400_000;

/** An experiment as the table has it. */
export interface StoredExperiment extends Omit<Experiment, 'about'> {
  salt: string;
}

const toExperiment = (row: Record<string, unknown>): StoredExperiment => ({
  id: row.id as string,
  name: row.name as string,
  surface: row.surface as string,
  state: row.state as Experiment['state'],
  design: JSON.parse(row.design as string) as ExperimentDesign,
  salt: row.salt as string,
  createdAt: Number(row.created_at),
  startedAt: row.started_at === null ? null : Number(row.started_at),
  endedAt: row.ended_at === null ? null : Number(row.ended_at),
});

/** When a fixed horizon is over; null under a sequential one, and before the start. */
export function plannedEnd({ design, startedAt }: Pick<Experiment, 'design' | 'startedAt'>): number | null {
  if (design.horizon !== 'fixed' || startedAt === null) return null;
  return startedAt + (design.days ?? 0) * DAY_MS;
}

/** Those that run, then drafts, then what was stopped; the latest first. */
export async function allExperiments(knex: Knex): Promise<StoredExperiment[]> {
  const place = { running: 0, draft: 1, stopped: 2 };
  const rows = (await knex('clv_experiments').select()).map(toExperiment);
  return rows.sort((a, b) => place[a.state] - place[b.state] || b.createdAt - a.createdAt);
}

/** One, or null; in a transaction `forUpdate` makes others who would change it wait. */
export async function experimentById(
  knex: Knex,
  id: string,
  forUpdate = false,
): Promise<StoredExperiment | null> {
  const query = knex('clv_experiments').where({ id }).first();
  const row = await (forUpdate ? query.forUpdate() : query);
  return row ? toExperiment(row) : null;
}

/** Those that run, as nodes keep them in memory. */
export async function runningExperiments(knex: Knex, surface?: string): Promise<RunningExperiment[]> {
  const rows = await knex('clv_experiments')
    .where({ state: 'running', ...(surface === undefined ? {} : { surface }) })
    .select();
  return rows.map(toExperiment).map((experiment) => ({
    id: experiment.id,
    surface: experiment.surface,
    salt: experiment.salt,
    design: experiment.design,
    startedAt: experiment.startedAt!,
    endsAt: plannedEnd(experiment),
  }));
}
