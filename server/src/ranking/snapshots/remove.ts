import type { Knex } from 'knex';

/** Rows deleted by one statement, so that none holds up the app's other writes for long. */
const BATCH = 1000;

async function removeSnapshots(knex: Knex, ids: string[]): Promise<void> {
  for (const id of ids) {
    await knex('clv_snapshots').where({ id }).delete();
    for (;;) {
      const rows = await knex('clv_snapshot_items').where({ snapshot_id: id }).limit(BATCH).select('id');
      if (rows.length === 0) break;
      await knex('clv_snapshot_items')
        .whereIn(
          'id',
          rows.map((row) => row.id),
        )
        .delete();
    }
  }
}

/** Removes the sections of all runs but these: screens read those of the run that is shown, and draw no course of them. */
async function removeSections(knex: Knex, kept: string[]): Promise<void> {
  await knex('clv_ranking_sections').whereNotIn('job_id', kept).delete();
  for (;;) {
    const rows = await knex('clv_item_sections')
      .whereNotIn('job_id', kept)
      .limit(BATCH)
      .select('job_id', 'content_id');
    if (rows.length === 0) return;
    const { job_id } = rows[0];
    const ids = rows.filter((row) => row.job_id === job_id).map((row) => row.content_id);
    await knex('clv_item_sections').where({ job_id }).whereIn('content_id', ids).delete();
  }
}

/** Removes what runs left that never came to their end. Call it while no other run writes. */
export async function removeLeftovers(knex: Knex): Promise<void> {
  await removeSnapshots(knex, await knex('clv_snapshots').where({ created_at: 0 }).pluck('id'));
  await removeSections(knex, await knex('clv_snapshots').distinct('job_id').pluck('job_id'));
}

/** Keeps the snapshots of the last `keep` runs, and what is more than that, slices and sections, of the last `keepMore`. */
export async function removeOldRuns(knex: Knex, keep: number, keepMore: number): Promise<void> {
  const runs = await knex('clv_snapshots')
    .groupBy('job_id')
    .select('job_id', knex.raw('MAX(created_at) AS at'))
    .orderBy('at', 'desc');
  for (const { job_id } of runs.slice(keepMore)) {
    const slices = knex('clv_snapshots').where({ job_id }).whereNot({ slice_of: '' });
    await removeSnapshots(knex, await slices.pluck('id'));
  }
  for (const { job_id } of runs.slice(keep)) {
    await removeSnapshots(knex, await knex('clv_snapshots').where({ job_id }).pluck('id'));
  }
  await removeSections(
    knex,
    runs.slice(0, keepMore).map(({ job_id }) => job_id),
  );
}
