import type { Knex } from 'knex';
import type { ItemPanel } from '../api-types';
import type { ItemQuery } from '../query';
import { type ItemRow, toRankedItem, withContents } from './items';
import { latestSnapshots } from './latest';

/** One entry in each landmark of the latest run, over all channels. */
export async function itemPanel(
  knex: Knex,
  { uid, documentId, locale }: ItemQuery,
  tracked: boolean,
): Promise<ItemPanel> {
  const snapshots = (await latestSnapshots(knex)).filter(({ head }) => head.sliceOf === '');
  const rows: (ItemRow & { snapshot_id: string })[] = await withContents(
    knex('clv_snapshot_items as i')
      .whereIn(
        'i.snapshot_id',
        snapshots.map(({ head }) => head.id),
      )
      .where({ 'c.uid': uid, 'c.document_id': documentId, 'c.locale': locale }),
  ).select('i.snapshot_id');
  const items = snapshots.flatMap(({ head }) => {
    const row = rows.find((candidate) => candidate.snapshot_id === head.id);
    return row ? [{ snapshot: head, item: toRankedItem(row) }] : [];
  });
  return { tracked, items, readers: Math.max(0, ...items.map(({ item }) => item.readers)) };
}
