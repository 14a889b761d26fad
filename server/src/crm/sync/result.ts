import type { StreamName, SyncResult } from './api-types';
import type { PageCounts } from './pull/store-page';

/** What a run has done before it did anything. */
export const nothingDone = (stream: StreamName): SyncResult => ({
  stream,
  seen: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  failed: 0,
  removed: 0,
  merged: 0,
  requests: 0,
  seconds: 0,
});

export function addCounts(result: SyncResult, counts: PageCounts): void {
  for (const key of Object.keys(counts) as (keyof PageCounts)[]) result[key] += counts[key];
}
