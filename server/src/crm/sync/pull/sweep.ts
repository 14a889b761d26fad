import type { Strapi } from '../../../room';
import { knexOf } from '../../../storage/db';
import type { Connector, Stream } from '../../connector';
import type { OpenConnection } from '../connections/open';
import type { StreamRow } from '../streams/state';
import { recordKey } from './page-rows';
import { type PageCounts, storePage } from './store-page';

const DAY_MS = 86_400_000;
/** Records compared at a time. */
const CHUNK = 1_000;

/** Whether a CRM that tells nothing of deletions shall list what it has: once a day is often enough for what is rare. */
export function isSweepDue({ capabilities, pullIds }: Connector, { sweptAt }: StreamRow): boolean {
  if (capabilities.deletions !== 'listed' || !pullIds) return false;
  return sweptAt === null || Date.now() - sweptAt >= DAY_MS;
}

/** Finds out which records the CRM has no more, by what it has. */
export async function sweep(
  strapi: Strapi,
  connection: OpenConnection,
  stream: Stream,
  signal: AbortSignal,
  onCounts: (counts: PageCounts) => void,
): Promise<void> {
  const there = new Set<string>();
  for await (const ids of connection.connector.pullIds!(stream)) {
    signal.throwIfAborted();
    for (const id of ids) there.add(recordKey(String(id)));
  }
  for await (const recordIds of recordsIn(strapi, connection.id, stream)) {
    signal.throwIfAborted();
    const gone = recordIds.filter((id) => !there.has(id));
    if (gone.length > 0) onCounts(await storePage(strapi, connection, { stream, records: [], gone }));
  }
}

/** Keys of the records that are known and not gone, some at a time. */
async function* recordsIn(strapi: Strapi, connectionId: string, stream: Stream): AsyncGenerator<string[]> {
  let after = '';
  for (;;) {
    const ids: string[] = await knexOf(strapi)('clv_crm_records')
      .where({ connection_id: connectionId, stream })
      .whereNull('gone_at')
      .where('record_id', '>', after)
      .distinct('record_id')
      .orderBy('record_id')
      .limit(CHUNK)
      .pluck('record_id');
    if (ids.length === 0) return;
    yield ids;
    after = ids.at(-1)!;
  }
}
