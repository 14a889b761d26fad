import type { Knex } from 'knex';
import type { ErrorKind } from '../../connector-error';
import type { StreamName } from '../api-types';

/** How far a stream of a connection is, as it is stored. Times are epoch milliseconds. */
export interface StreamRow {
  connectionId: string;
  stream: StreamName;
  cursor: string | null;
  complete: boolean;
  done: number;
  total: number | null;
  paused: boolean;
  everyMinutes: number | null;
  lastStartedAt: number | null;
  lastDoneAt: number | null;
  sweptAt: number | null;
  notBefore: number | null;
  error: string | null;
  errorKind: ErrorKind | null;
}

const COLUMNS = {
  cursor: 'cursor',
  complete: 'complete',
  done: 'done',
  total: 'total',
  paused: 'paused',
  everyMinutes: 'every_minutes',
  lastStartedAt: 'last_started_at',
  lastDoneAt: 'last_done_at',
  sweptAt: 'swept_at',
  notBefore: 'not_before',
  error: 'error',
  errorKind: 'error_kind',
} as const;

const numberOrNull = (value: unknown): number | null =>
  value === null || value === undefined ? null : Number(value);

// biome-ignore lint/suspicious/noExplicitAny: a row as the database driver gives it
function toStream(row: any): StreamRow {
  return {
    connectionId: row.connection_id,
    stream: row.stream,
    cursor: row.cursor,
    complete: Boolean(row.complete),
    done: Number(row.done),
    total: numberOrNull(row.total),
    paused: Boolean(row.paused),
    everyMinutes: numberOrNull(row.every_minutes),
    lastStartedAt: numberOrNull(row.last_started_at),
    lastDoneAt: numberOrNull(row.last_done_at),
    sweptAt: numberOrNull(row.swept_at),
    notBefore: numberOrNull(row.not_before),
    error: row.error,
    errorKind: row.error_kind,
  };
}

/** Of one connection, or of all. */
export async function listStreams(knex: Knex, connectionId?: string): Promise<StreamRow[]> {
  const rows = await knex('clv_streams')
    .where(connectionId === undefined ? {} : { connection_id: connectionId })
    .orderBy(['connection_id', 'stream']);
  return rows.map(toStream);
}

export async function readStream(
  knex: Knex,
  connectionId: string,
  stream: StreamName,
): Promise<StreamRow | null> {
  const row = await knex('clv_streams').where({ connection_id: connectionId, stream }).first();
  return row ? toStream(row) : null;
}

export type StreamChange = Partial<Omit<StreamRow, 'connectionId' | 'stream'>>;

/** @returns false when there is no such stream */
export async function changeStream(
  knex: Knex,
  connectionId: string,
  stream: StreamName,
  change: StreamChange,
): Promise<boolean> {
  const columns = Object.entries(COLUMNS).map(([key, column]) => [column, change[key as keyof StreamChange]]);
  const said = columns.filter(([, value]) => value !== undefined);
  const changed = await knex('clv_streams')
    .where({ connection_id: connectionId, stream })
    .update(Object.fromEntries(said));
  return changed > 0;
}

/** Where a stream begins, and whatever it was about before is over. */
export const BEGINNING: StreamChange = {
  cursor: null,
  complete: false,
  done: 0,
  total: null,
  sweptAt: null,
  notBefore: null,
  error: null,
  errorKind: null,
};
