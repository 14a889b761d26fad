import type { Knex } from 'knex';
import type { Strapi } from '../../../room';
import { knexOf } from '../../../storage/db';
import { chunksOf } from '../../chunks';
import type { Connector, Stream } from '../../connector';
import { ConnectorError } from '../../connector-error';
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
  return sweptAt === null || Math.abs(Date.now() - sweptAt) >= DAY_MS;
}

/** That much may be gone since the last time without anybody being asked. */
const MOST_GONE = 100;
const MOST_SHARE = 0.25;

export interface Sweeping {
  signal: AbortSignal;
  /** Whether somebody began the stream again, and so takes what the CRM lists for all there is. */
  accepted: boolean;
  /** First in each transaction, to refuse it. */
  commit(trx: Knex): Promise<void>;
  onCounts(counts: PageCounts): void;
}

/**
 * Finds out which records the CRM has no more, by what it has. What it does not list is looked for twice: a list that is
 * read by places leaves some out when others are deleted meanwhile.
 *
 * @throws ConnectorError config when so many are missing that it may be the credentials that see less than before
 */
export async function sweep(
  strapi: Strapi,
  connection: OpenConnection,
  stream: Stream,
  { signal, accepted, commit, onCounts }: Sweeping,
): Promise<void> {
  const { missing, known } = await compare(strapi, connection, stream, signal);
  if (missing.size > 0) {
    for await (const ids of idsIn(connection, stream, signal)) for (const id of ids) missing.delete(id);
  }
  if (!accepted && missing.size > Math.max(MOST_GONE, MOST_SHARE * known)) {
    throw new ConnectorError(
      'config',
      `The CRM lists ${missing.size} of the ${known} ${stream} no more that are known. If they were deleted there, begin this stream again from the beginning; if not, let the credentials see them.`,
    );
  }
  for (const gone of chunksOf([...missing])) {
    signal.throwIfAborted();
    onCounts(await storePage(strapi, connection, { stream, records: [], gone }, commit));
  }
}

/** Which of the records that are known the CRM does not list. */
async function compare(strapi: Strapi, connection: OpenConnection, stream: Stream, signal: AbortSignal) {
  const there = new Set<string>();
  for await (const ids of idsIn(connection, stream, signal)) for (const id of ids) there.add(id);
  const missing = new Set<string>();
  let known = 0;
  for await (const recordIds of recordsIn(strapi, connection.id, stream)) {
    signal.throwIfAborted();
    known += recordIds.length;
    for (const id of recordIds) if (!there.has(id)) missing.add(id);
  }
  return { missing, known };
}

/** Keys of the records that the CRM has. */
async function* idsIn({ connector }: OpenConnection, stream: Stream, signal: AbortSignal) {
  for await (const ids of connector.pullIds!(stream)) {
    signal.throwIfAborted();
    yield ids.map((id) => recordKey(String(id)));
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
