import type { Knex } from 'knex';
import type { ValueRun } from '../api-types';

/** The shape of what a run keeps. Raise it when a stored report or engine of before could not be read any more. */
export const RUN_SHAPE = 1;

/** The published runs that this version can read, the latest first; after an update, screens ask for a new run. */
const published = (knex: Knex) =>
  knex('clv_value_runs')
    .where({ shape: RUN_SHAPE })
    .whereNotNull('published_at')
    .orderBy('published_at', 'desc');

/** The run that screens show, or null before the first. */
export async function latestRun(knex: Knex): Promise<ValueRun | null> {
  const row = await published(knex).first('summary');
  return row ? JSON.parse(row.summary) : null;
}

/** Its id alone. */
export async function latestRunId(knex: Knex): Promise<string | null> {
  return (await published(knex).first('id'))?.id ?? null;
}

/** What brings persons up to date by a run, as it was stored; null when the run is gone. */
export async function engineOf(knex: Knex, runId: string): Promise<string | null> {
  return (await knex('clv_value_runs').where({ id: runId }).first('engine'))?.engine ?? null;
}

/** One section of a run, or null when it has none of that name. */
export async function readSection<Body>(knex: Knex, runId: string, name: string): Promise<Body | null> {
  const row = await knex('clv_value_sections').where({ run_id: runId, name }).first('body');
  return row ? JSON.parse(row.body) : null;
}
