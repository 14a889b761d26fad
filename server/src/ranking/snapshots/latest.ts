import type { Knex } from 'knex';
import type { SnapshotHead } from '../api-types';
import type { Summary } from './save';

export interface Snapshot {
  head: SnapshotHead;
  summary: Summary;
}

// biome-ignore lint/suspicious/noExplicitAny: a row as the database driver gives it
function toSnapshot(row: any): Snapshot {
  const summary: Summary = JSON.parse(row.summary);
  const { data, ranked, ...head } = summary;
  return {
    summary,
    head: {
      id: row.id,
      jobId: row.job_id,
      landmark: row.landmark,
      sliceOf: row.slice_of,
      slice: row.slice,
      ...head,
      createdAt: Number(row.created_at),
    },
  };
}

/** The snapshots of the latest run that came to its end; none before the first. */
export async function latestSnapshots(knex: Knex): Promise<Snapshot[]> {
  const latest = await knex('clv_snapshots')
    .where('created_at', '>', 0)
    .orderBy('created_at', 'desc')
    .first('job_id');
  if (!latest) return [];
  // Everyone's first, in the order of landmarks; a refresh has made them anew.
  const rows = await knex('clv_snapshots').where({ job_id: latest.job_id }).orderBy('id');
  rows.sort((a, b) => Number(a.slice_of !== '') - Number(b.slice_of !== ''));
  return rows.map(toSnapshot);
}

const EVERYONE = { of: '', value: '' };

/**
 * The snapshot to show. Without a landmark that is what future customers read before they bought, once there is
 * enough data for any item, and everything before that.
 */
export function chooseSnapshot(
  snapshots: Snapshot[],
  { landmark, slice = EVERYONE }: { landmark?: string; slice?: { of: string; value: string } },
): Snapshot | null {
  const find = (name: string) =>
    snapshots.find(
      ({ head }) => head.landmark === name && head.sliceOf === slice.of && head.slice === slice.value,
    ) ?? null;
  if (landmark !== undefined) return find(landmark);
  const firstOrder = find('first-order');
  return firstOrder && firstOrder.summary.ranked > 0 ? firstOrder : (find('all') ?? firstOrder);
}

/** What a run said of an item. */
export interface PreviousItem {
  position: number;
  verdict: string;
  excess: number | null;
}

/** By content id. */
export async function previousItems(knex: Knex, snapshotId: string): Promise<Map<number, PreviousItem>> {
  const rows = await knex('clv_snapshot_items')
    .where({ snapshot_id: snapshotId })
    .select('content_id', 'position', 'verdict', 'excess');
  return new Map(
    rows.map(({ content_id, position, verdict, excess }) => [
      Number(content_id),
      { position: Number(position), verdict, excess: excess === null ? null : Number(excess) },
    ]),
  );
}
