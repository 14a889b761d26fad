import type { Knex } from 'knex';
import { latestRun } from '../../clv/runs/latest';
import { countUpToThousand } from '../../ranking/queries/data-counts';
import { readLastTouch } from '../../tracking/last-touch';
import type { StartChecklist, StartStep } from './api-types';

const isThere = async (knex: Knex, rows: Knex.QueryBuilder): Promise<boolean> =>
  (await rows.first(knex.raw('1 as found'))) !== undefined;

/** When the latest ranking that screens see was computed; null before the first. */
export async function rankedAt(knex: Knex): Promise<number | null> {
  const row = await knex('clv_snapshots').where('created_at', '>', 0).max({ at: 'created_at' }).first();
  return row?.at ? Number(row.at) : null;
}

/** Whether anybody met the experiment on recommendations; null when there never was one, and nobody takes notes. */
async function wereServed(knex: Knex): Promise<boolean | null> {
  const ids: string[] = await knex('clv_experiments').where({ surface: 'recommendations' }).pluck('id');
  if (ids.length === 0) return null;
  return isThere(knex, knex('clv_assignments').whereIn('experiment_id', ids));
}

/** The run under way of a kind, if there is one. */
async function runningJob(knex: Knex, kind: 'rank' | 'value'): Promise<string | null> {
  const row = await knex('clv_jobs').where({ kind }).whereNotNull('active_key').first('id');
  return row?.id ?? null;
}

/**
 * What is done already of the way from nothing to a ranking, and to its first use; a handful of indexed questions that
 * take milliseconds on any size of data.
 *
 * @param namedTypes how many content types the configuration names
 */
export async function startChecklist(knex: Knex, namedTypes: number): Promise<StartChecklist> {
  const counts = await countUpToThousand(knex);
  const run = await latestRun(knex);
  const ranked = await rankedAt(knex);
  const served = await wereServed(knex);
  const step = (key: StartStep['key'], done: boolean, more: Partial<StartStep> = {}): StartStep => ({
    key,
    done,
    optional: false,
    count: null,
    lastAt: null,
    ...more,
  });
  const steps = [
    step('contents', namedTypes > 0, { count: counts.contents }),
    step('touches', counts.touches > 0, {
      count: counts.touches,
      lastAt: counts.touches > 0 ? await readLastTouch(knex) : null,
    }),
    step('identified', counts.identifiedVisitors > 0, { count: counts.identifiedVisitors }),
    step('orders', counts.customers > 0 && counts.orders > 0, { count: counts.orders }),
    step('value', run !== null, { count: run?.customers ?? null, lastAt: run?.createdAt ?? null }),
    step('ranking', ranked !== null, { lastAt: ranked }),
  ];
  if (served !== null) steps.push(step('recommended', served, { optional: true }));
  steps.push(step('segment', await isThere(knex, knex('clv_segments')), { optional: true }));
  return {
    steps,
    running: { value: await runningJob(knex, 'value'), ranking: await runningJob(knex, 'rank') },
  };
}
