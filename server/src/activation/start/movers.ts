import type { Knex } from 'knex';
import { chooseSnapshot, latestSnapshots, type Snapshot } from '../../ranking/snapshots/latest';
import type { Mover, WidgetData } from './api-types';

const SHOWN = 3;

/** The same ranking in the run before; null in the first. */
async function snapshotBefore(knex: Knex, { head }: Snapshot): Promise<string | null> {
  const row = await knex('clv_snapshots')
    .where({ landmark: head.landmark, slice_of: head.sliceOf, slice: head.slice })
    .whereNot({ job_id: head.jobId })
    .where('created_at', '>', 0)
    .orderBy('created_at', 'desc')
    .first('id');
  return row?.id ?? null;
}

/** @param by how many places up; the most first */
async function moved(knex: Knex, now: string, before: string, by: string): Promise<Mover[]> {
  const rows = await knex('clv_snapshot_items as i')
    .join('clv_snapshot_items as p', (on) =>
      on.on('p.content_id', 'i.content_id').andOnVal('p.snapshot_id', before),
    )
    .where('i.snapshot_id', now)
    // Without enough data an item's place says nothing, and neither does a change of it.
    .whereNot('i.verdict', 'not enough data')
    .whereRaw(`${by} > 0`)
    .orderByRaw(`${by} desc`)
    .orderBy('i.position')
    .limit(SHOWN)
    .select('i.content_id', 'i.title', 'i.kind', 'i.position', 'p.position as before');
  return rows.map((row) => ({
    contentId: Number(row.content_id),
    title: row.title,
    kind: row.kind,
    position: Number(row.position),
    previousPosition: Number(row.before),
  }));
}

/** What rose and fell most in the ranking that the Rankings page opens with. */
export async function rankingMoves(knex: Knex): Promise<NonNullable<WidgetData['ranking']>> {
  const snapshot = chooseSnapshot(await latestSnapshots(knex), {});
  if (!snapshot) return { at: null, up: [], down: [], compared: false };
  const { id, createdAt } = snapshot.head;
  const before = await snapshotBefore(knex, snapshot);
  if (before === null) return { at: createdAt, up: [], down: [], compared: false };
  return {
    at: createdAt,
    up: await moved(knex, id, before, 'p.position - i.position'),
    down: await moved(knex, id, before, 'i.position - p.position'),
    compared: true,
  };
}
