import { setImmediate as breathe } from 'node:timers/promises';
import type { Knex } from 'knex';
import { insertRows } from '../../../storage/insert-rows';
import { chunksOf } from '../../chunks';
import type { CrmRow, Stream } from '../../connector';
import { keepable, keepableReason } from '../../rows/keepable';
import type { Problem } from '../../rows/row-parser';

/** Why a record could not be taken. */
export interface RecordProblem extends Problem {
  recordId: string;
  /** Our row, with the prefix. */
  row: CrmRow;
}

const COLUMNS = [
  { name: 'connection_id', type: 'text' as const },
  { name: 'stream', type: 'text' as const },
  { name: 'record_id', type: 'text' as const },
  { name: 'customer_id', type: 'text' as const },
  { name: 'field', type: 'text' as const },
  { name: 'reason', type: 'text' as const },
  { name: 'raw', type: 'text' as const },
  { name: 'first_at', type: 'bigint' as const },
  { name: 'last_at', type: 'bigint' as const },
];
const KEY = ['connection_id', 'stream', 'record_id'];
const MOST_LETTERS = 191;

/** Whom a row is about, where that can be kept. */
function customerOf({ customer_id: id }: CrmRow): string | null {
  return typeof id === 'string' && id.length <= MOST_LETTERS && !/[\p{Cc}\p{Cs}]/u.test(id) ? id : null;
}

/** Keeps what is wrong with records, each once, and since when. */
export async function saveProblems(
  trx: Knex,
  connectionId: string,
  stream: Stream,
  problems: RecordProblem[],
  now: number,
): Promise<void> {
  const rows = problems.map(({ recordId, row, field, reason }) => [
    connectionId,
    stream,
    recordId,
    customerOf(row),
    field,
    keepableReason(reason),
    JSON.stringify(keepable(row)),
    now,
    now,
  ]);
  const update = COLUMNS.map(({ name }) => name).filter((name) => !KEY.includes(name) && name !== 'first_at');
  await insertRows(trx, 'clv_crm_problems', COLUMNS, rows, { key: KEY, update });
}

/** Forgets those of records that are well now, or gone. */
export async function dropProblems(
  trx: Knex,
  connectionId: string,
  stream: Stream,
  recordIds: string[],
): Promise<void> {
  for (const ids of chunksOf(recordIds)) {
    await trx('clv_crm_problems')
      .where({ connection_id: connectionId, stream })
      .whereIn('record_id', ids)
      .delete();
    await breathe();
  }
}
