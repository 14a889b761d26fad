import { setImmediate as breathe } from 'node:timers/promises';
import type { Knex } from 'knex';
import { insertRows } from '../../../storage/insert-rows';
import { chunksOf } from '../../chunks';
import type { Stream } from '../../connector';
import type { RowKind } from './page-rows';

/** That a row of ours came from a record of the CRM. */
export interface Link {
  stream: Stream;
  recordId: string;
  kind: RowKind;
  rowKey: string;
  /** Since when the CRM does not have it any more; null while it does. */
  goneAt: number | null;
}

// biome-ignore lint/suspicious/noExplicitAny: a row as the database driver gives it
const toLink = (row: any): Link => ({
  stream: row.stream,
  recordId: row.record_id,
  kind: row.kind,
  rowKey: row.row_key,
  goneAt: row.gone_at === null ? null : Number(row.gone_at),
});

/** What came from these records before. */
export async function linksOf(
  knex: Knex,
  connectionId: string,
  stream: Stream,
  recordIds: string[],
): Promise<Link[]> {
  const links: Link[] = [];
  for (const ids of chunksOf(recordIds)) {
    const rows = await knex('clv_crm_records')
      .where({ connection_id: connectionId, stream })
      .whereIn('record_id', ids)
      .select('stream', 'record_id', 'kind', 'row_key', 'gone_at');
    links.push(...rows.map(toLink));
    await breathe();
  }
  return links;
}

/** Keeps links, or what became of those that are there. */
export async function saveLinks(knex: Knex, connectionId: string, links: Link[]): Promise<void> {
  const columns = ['connection_id', 'stream', 'record_id', 'kind', 'row_key'].map((name) => ({
    name,
    type: 'text' as const,
  }));
  for (const chunk of chunksOf(links)) {
    await insertRows(
      knex,
      'clv_crm_records',
      [...columns, { name: 'gone_at', type: 'bigint' }],
      chunk.map(({ stream, recordId, kind, rowKey, goneAt }) => [
        connectionId,
        stream,
        recordId,
        kind,
        rowKey,
        goneAt,
      ]),
      { key: columns.map(({ name }) => name), update: ['gone_at'] },
    );
    await breathe();
  }
}

async function keysIn(links: Knex.QueryBuilder, rowKeys: string[]): Promise<Set<string>> {
  const found = new Set<string>();
  for (const keys of chunksOf(rowKeys)) {
    for (const key of await links.clone().whereIn('row_key', keys).pluck('row_key')) found.add(key);
  }
  return found;
}

/** Those rows among these that some record still stands for, whatever its connection. */
export const claimedKeys = (knex: Knex, kind: RowKind, rowKeys: string[]): Promise<Set<string>> =>
  keysIn(knex('clv_crm_records').where({ kind }).whereNull('gone_at'), rowKeys);

/** Those that records stood for once, and none does any more. */
export async function endedKeys(knex: Knex, kind: RowKind, rowKeys: string[]): Promise<Set<string>> {
  const gone = await keysIn(knex('clv_crm_records').where({ kind }).whereNotNull('gone_at'), rowKeys);
  for (const key of await claimedKeys(knex, kind, [...gone])) gone.delete(key);
  return gone;
}
