import type { Knex } from 'knex';
import type { Figures, RankedItem } from '../api-types';
import type { ItemInRun } from './api-types';

interface Row {
  job_id: string;
  created_at: number | string;
  items: number;
  position: number;
  verdict: RankedItem['verdict'];
  exposed: number;
  figures: string;
}

/** The course of an item over the runs that are kept, among everyone, oldest first. */
export async function itemInRuns(knex: Knex, contentId: number, landmark: string): Promise<ItemInRun[]> {
  const rows: Row[] = await knex('clv_snapshot_items as i')
    .join('clv_snapshots as s', 's.id', 'i.snapshot_id')
    .where('i.content_id', contentId)
    .where({ 's.landmark': landmark, 's.slice_of': '' })
    .where('s.created_at', '>', 0)
    .orderBy('s.created_at')
    .select('s.job_id', 's.created_at', 's.items', 'i.position', 'i.verdict', 'i.exposed', 'i.figures');
  return rows.map((row) => {
    const { excess, excessLow, excessHigh }: Figures = JSON.parse(row.figures);
    return {
      jobId: row.job_id,
      createdAt: Number(row.created_at),
      items: row.items,
      position: row.position,
      verdict: row.verdict,
      exposed: row.exposed,
      excess,
      excessLow,
      excessHigh,
    };
  });
}
