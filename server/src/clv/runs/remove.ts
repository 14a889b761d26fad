import { setImmediate as breathe } from 'node:timers/promises';
import type { Knex } from 'knex';

/** Rows deleted by one statement, so that none holds up the app's other writes for long. */
const BATCH = 200;

/** Removes the persons of a run. */
async function removePersons(knex: Knex, runId: string): Promise<void> {
  for (;;) {
    const ids = await knex('clv_person_values')
      .where({ run_id: runId })
      .orderBy('person_id')
      .limit(BATCH)
      .pluck('person_id');
    if (ids.length === 0) return;
    await knex('clv_person_values').where({ run_id: runId }).whereIn('person_id', ids).delete();
    await breathe();
  }
}

/** Removes all of a run. */
export async function removeRun(knex: Knex, runId: string): Promise<void> {
  await removePersons(knex, runId);
  await knex('clv_value_sections').where({ run_id: runId }).delete();
  await knex('clv_value_runs').where({ id: runId }).delete();
}

/** Removes what runs left that never came to their end. Call it while no other run writes. */
export async function removeLeftovers(knex: Knex): Promise<void> {
  for (const id of await knex('clv_value_runs').whereNull('published_at').pluck('id')) {
    await removeRun(knex, id);
  }
}

/** Keeps what the last `keep` runs say in total, and the persons of the last one alone. */
export async function removeOldRuns(knex: Knex, keep: number): Promise<void> {
  const runs: string[] = await knex('clv_value_runs')
    .whereNotNull('published_at')
    .orderBy('published_at', 'desc')
    .pluck('id');
  for (const id of runs.slice(1, keep)) await removePersons(knex, id);
  for (const id of runs.slice(keep)) await removeRun(knex, id);
}

/**
 * Removes persons of a run who were erased or merged into others while it was computed. Walks along the key, a few rows at a
 * time.
 */
export async function removeGone(knex: Knex, runId: string): Promise<void> {
  let after = '';
  for (;;) {
    const rows = await knex('clv_person_values as v')
      .leftJoin('clv_persons as p', 'p.id', 'v.person_id')
      .where('v.run_id', runId)
      .where('v.person_id', '>', after)
      .orderBy('v.person_id')
      .limit(BATCH)
      .select('v.person_id', 'p.canonical_id');
    if (rows.length === 0) return;
    after = rows.at(-1).person_id;
    const gone = rows.filter((row) => row.canonical_id !== row.person_id).map((row) => row.person_id);
    if (gone.length > 0) {
      await knex('clv_person_values').where({ run_id: runId }).whereIn('person_id', gone).delete();
    }
    await breathe();
  }
}
