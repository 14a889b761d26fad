import type { StreamName, SyncResult } from '../../crm/sync/api-types';
import { aligned } from '../rank/aligned';

/** What became of one run of a stream; the counts also when it failed on its way. */
export interface Synced {
  connection: string;
  stream: StreamName;
  result: SyncResult | null;
  error: string | null;
}

const COUNTS = [
  'seen',
  'created',
  'updated',
  'unchanged',
  'failed',
  'removed',
  'merged',
  'requests',
] as const;

/** A table for people, with what went wrong below it. */
export function syncTable(runs: Synced[]): string {
  if (runs.length === 0) {
    return 'There is nothing to run: no connection to a CRM that is switched on has a stream that is not paused.';
  }
  const rows = runs.map(({ connection, stream, result }) => [
    connection,
    stream,
    ...COUNTS.map((count) => (result ? String(result[count]) : '–')),
    result ? result.seconds.toFixed(1) : '–',
  ]);
  const header = ['connection', 'stream', ...COUNTS, 'seconds'];
  const errors = runs.flatMap(({ error }) => (error === null ? [] : [error]));
  return [aligned({ header, text: [0, 1] }, rows), ...(errors.length > 0 ? ['', ...errors] : [])].join('\n');
}
