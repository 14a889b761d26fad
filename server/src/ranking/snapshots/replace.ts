import type { Knex } from 'knex';
import { UNPUBLISHED } from './save';

/**
 * Shows snapshots that a job has saved in the place of others of the run that is shown, at one stroke, unless the job was
 * given up by the other nodes meanwhile. Those that are replaced stay for whoever reads them at this moment, until the next
 * job removes what is not published.
 *
 * @param replaced ids, each in the place of the one of `by` with the same index
 */
export async function replaceSnapshots(
  knex: Knex,
  jobId: string,
  replaced: string[],
  by: string[],
): Promise<void> {
  await knex.transaction(async (trx) => {
    const job = await trx('clv_jobs').where({ id: jobId, status: 'running' }).first('id');
    const shown = await trx('clv_snapshots').whereIn('id', replaced).select('id', 'job_id', 'created_at');
    if (!job || shown.length < replaced.length) return;
    for (const [i, old] of replaced.entries()) {
      const { job_id, created_at } = shown.find(({ id }) => id === old)!;
      await trx('clv_snapshots').where({ id: old }).update({ job_id: jobId, created_at: UNPUBLISHED });
      await trx('clv_snapshots').where({ id: by[i] }).update({ job_id, created_at });
    }
  });
}
