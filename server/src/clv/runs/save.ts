import type { Knex } from 'knex';
import type { ValueRun } from '../api-types';
import { RUN_SHAPE } from './latest';

/** Opens a run that no screen sees; `publishRun` shows all of it at once. */
export async function openRun(knex: Knex, id: string, jobId: string, at: number): Promise<void> {
  const shape = RUN_SHAPE;
  await knex('clv_value_runs').insert({
    id,
    job_id: jobId,
    created_at: at,
    shape,
    summary: '{}',
    engine: '{}',
  });
}

/** Keeps what one screen or one calculation reads. @param body JSON */
export async function saveSection(knex: Knex, runId: string, name: string, body: string): Promise<void> {
  await knex('clv_value_sections').insert({ run_id: runId, name, body });
}

/**
 * Shows a run by one statement, unless its job was given up by the other nodes meanwhile.
 *
 * @param engine JSON as the thread made it
 * @returns whether it is shown now
 */
export async function publishRun(knex: Knex, run: ValueRun, engine: string, at: number): Promise<boolean> {
  const shown = await knex('clv_value_runs')
    .where({ id: run.id })
    .whereExists(knex('clv_jobs').where({ id: run.jobId, status: 'running' }).select('id'))
    .update({ summary: JSON.stringify(run), engine, published_at: at });
  return shown > 0;
}
