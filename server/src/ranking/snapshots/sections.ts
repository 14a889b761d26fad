import type { Knex } from 'knex';

/** A run whose rankings are shown, and with them what other screens read of it. */
export interface PublishedRun {
  jobId: string;
  createdAt: number;
}

/** The run that screens show, or null before the first. */
export async function publishedRun(knex: Knex): Promise<PublishedRun | null> {
  const row = await knex('clv_snapshots')
    .where('created_at', '>', 0)
    .orderBy('created_at', 'desc')
    .first('job_id', 'created_at');
  return row ? { jobId: row.job_id, createdAt: Number(row.created_at) } : null;
}

/** What a run keeps under a name, or null when it has nothing there. */
export async function runSection<Body>(knex: Knex, jobId: string, name: string): Promise<Body | null> {
  const row = await knex('clv_ranking_sections').where({ job_id: jobId, name }).first('body');
  return row ? JSON.parse(row.body) : null;
}

/** The same of one item. */
export async function itemSection<Body>(
  knex: Knex,
  jobId: string,
  name: string,
  contentId: number,
): Promise<Body | null> {
  const row = await knex('clv_item_sections')
    .where({ job_id: jobId, content_id: contentId, name })
    .first('body');
  return row ? JSON.parse(row.body) : null;
}

/** The same of all items. */
export async function itemSections<Body>(knex: Knex, jobId: string, name: string): Promise<Body[]> {
  const rows = await knex('clv_item_sections')
    .where({ job_id: jobId, name })
    .orderBy('content_id')
    .select('body');
  return rows.map(({ body }) => JSON.parse(body));
}
