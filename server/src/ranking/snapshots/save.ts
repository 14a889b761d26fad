import type { Knex } from 'knex';
import { type Column, insertRows } from '../../storage/insert-rows';
import type { Figures, ItemDetail, RankingPage, SnapshotHead } from '../api-types';
import type { PreviousItem } from './latest';
import { searchable } from './searchable';

/** What a snapshot holds of one item; the items come in the order of their positions. */
export interface SnapshotItem {
  contentId: number;
  kind: string;
  locale: string;
  title: string;
  figures: Figures;
  /** Of everyone alone; null in a slice. */
  detail: ItemDetail | null;
}

/** The head, and what the screens want to know beside it. */
export interface Summary
  extends Omit<SnapshotHead, 'id' | 'jobId' | 'landmark' | 'sliceOf' | 'slice' | 'createdAt'> {
  /** Items about which there is enough data. */
  ranked: number;
  /** What there was to rank. */
  data: RankingPage['data'];
}

export interface NewSnapshot {
  id: string;
  jobId: string;
  landmark: string;
  sliceOf: string;
  slice: string;
  summary: Summary;
}

const HEAD_COLUMNS: Column[] = [
  { name: 'id', type: 'text' },
  { name: 'job_id', type: 'text' },
  { name: 'landmark', type: 'text' },
  { name: 'slice_of', type: 'text' },
  { name: 'slice', type: 'text' },
  { name: 'population', type: 'integer' },
  { name: 'items', type: 'integer' },
  { name: 'summary', type: 'text' },
  { name: 'created_at', type: 'bigint' },
];

const ITEM_COLUMNS: Column[] = [
  { name: 'snapshot_id', type: 'text' },
  { name: 'content_id', type: 'integer' },
  { name: 'position', type: 'integer' },
  { name: 'kind', type: 'text' },
  { name: 'locale', type: 'text' },
  { name: 'title', type: 'text' },
  { name: 'title_search', type: 'text' },
  { name: 'verdict', type: 'text' },
  { name: 'exposed', type: 'integer' },
  { name: 'score', type: 'double' },
  { name: 'rho', type: 'double' },
  { name: 'difference', type: 'double' },
  { name: 'q_value', type: 'double' },
  { name: 'excess', type: 'double' },
  { name: 'figures', type: 'text' },
  { name: 'detail', type: 'text' },
];

/** Items written by one statement: on SQLite the thread is busy for as long as that takes. */
const CHUNK = 100;

/** A head without a time is not published: no screen sees it. */
export const UNPUBLISHED = 0;

/**
 * Writes one snapshot that no screen sees yet; `publish` shows all of a run at once.
 *
 * @param previous places in the run before by content id, kept beside the figures
 */
export async function saveSnapshot(
  knex: Knex,
  { id, jobId, landmark, sliceOf, slice, summary }: NewSnapshot,
  items: SnapshotItem[],
  previous: ReadonlyMap<number, Pick<PreviousItem, 'position'>>,
  signal: AbortSignal,
): Promise<void> {
  const { population, items: count } = summary;
  const head = [id, jobId, landmark, sliceOf, slice, population, count, JSON.stringify(summary), UNPUBLISHED];
  await insertRows(knex, 'clv_snapshots', HEAD_COLUMNS, [head]);
  for (let from = 0; from < items.length; from += CHUNK) {
    signal.throwIfAborted();
    const rows = items
      .slice(from, from + CHUNK)
      .map(({ contentId, kind, locale, title, figures, detail }, index) => [
        id,
        contentId,
        from + index + 1,
        kind,
        locale,
        title,
        searchable(title),
        figures.verdict,
        figures.exposed,
        figures.score,
        figures.rho,
        figures.difference,
        figures.qValue,
        figures.excess,
        JSON.stringify({ ...figures, previousPosition: previous.get(contentId)?.position ?? null }),
        detail && JSON.stringify(detail),
      ]);
    await insertRows(knex, 'clv_snapshot_items', ITEM_COLUMNS, rows);
  }
}

/** Shows all snapshots of a run by one statement, unless its job was given up by the other nodes meanwhile. */
export async function publish(knex: Knex, jobId: string, at: number): Promise<void> {
  await knex('clv_snapshots')
    .where({ job_id: jobId })
    .whereExists(knex('clv_jobs').where({ id: jobId, status: 'running' }).select('id'))
    .update({ created_at: at });
}
