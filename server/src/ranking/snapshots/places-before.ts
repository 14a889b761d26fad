import type { Knex } from 'knex';

/** The places of items in the run before, as a snapshot keeps them; by content id. */
export async function placesBefore(
  knex: Knex,
  snapshotId: string,
): Promise<Map<number, { position: number }>> {
  const places = new Map<number, { position: number }>();
  const rows = await knex('clv_snapshot_items')
    .where({ snapshot_id: snapshotId })
    .select('content_id', 'figures');
  for (const { content_id, figures } of rows) {
    const { previousPosition }: { previousPosition: number | null } = JSON.parse(figures);
    if (previousPosition !== null) places.set(Number(content_id), { position: previousPosition });
  }
  return places;
}
