import type { Knex } from 'knex';
import { insertRows } from '../../storage/insert-rows';
import type { RunSection } from '../rank.task';

/** Items written by one statement: on SQLite the thread is busy for as long as that takes. */
const CHUNK = 100;

/** Keeps what other screens read of a run; they look only for that of the run whose rankings are shown. */
export async function saveSection(
  knex: Knex,
  jobId: string,
  { section, body, items }: RunSection,
  signal: AbortSignal,
): Promise<void> {
  await knex('clv_ranking_sections').insert({ job_id: jobId, name: section, body });
  const columns = [
    { name: 'job_id', type: 'text' as const },
    { name: 'content_id', type: 'integer' as const },
    { name: 'name', type: 'text' as const },
    { name: 'body', type: 'text' as const },
  ];
  for (let from = 0; from < items.length; from += CHUNK) {
    signal.throwIfAborted();
    const rows = items.slice(from, from + CHUNK).map((item) => [jobId, item.contentId, section, item.body]);
    await insertRows(knex, 'clv_item_sections', columns, rows);
  }
}
