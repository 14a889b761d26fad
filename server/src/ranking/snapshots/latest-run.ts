import type { Knex } from 'knex';

export interface LatestRun {
  jobId: string;
  createdAt: number;
  simulated: boolean;
}

/** The run whose snapshots screens show; null before the first. */
export async function latestRun(knex: Knex): Promise<LatestRun | null> {
  const row = await knex('clv_snapshots')
    .where('created_at', '>', 0)
    .orderBy('created_at', 'desc')
    .first('job_id', 'created_at', 'summary');
  if (!row) return null;
  const { simulated }: { simulated: boolean } = JSON.parse(row.summary);
  return { jobId: row.job_id, createdAt: Number(row.created_at), simulated };
}
