import type { Knex } from 'knex';
import { activeKeyOf } from '../connections/describe';
import { listRows } from '../connections/rows';
import type { SyncParams } from '../run-sync';
import { listStreams, type StreamRow } from './state';

const MINUTE_MS = 60_000;
/** The schedule ticks once a minute, not to the millisecond. */
const TOLERANCE_MS = MINUTE_MS / 2;
/** What only a person can mend is not tried more often than that, and a pull that was broken off goes on that soon. */
const REFUSED_MINUTES = 60;
const BROKEN_OFF_MINUTES = 5;
const KEPT_MS = 14 * 24 * 60 * MINUTE_MS;

function minutesBetween({ complete, errorKind }: StreamRow, everyMinutes: number): number {
  if (errorKind === 'auth' || errorKind === 'config') return Math.max(everyMinutes, REFUSED_MINUTES);
  if (!complete && errorKind !== 'permanent') return Math.min(everyMinutes, BROKEN_OFF_MINUTES);
  return everyMinutes;
}

function isDue(stream: StreamRow, now: number): boolean {
  const { everyMinutes, notBefore, lastStartedAt } = stream;
  if (everyMinutes === null || (notBefore !== null && notBefore > now)) return false;
  if (lastStartedAt === null) return true;
  // A start in the future is of a clock that was wrong, and must not be waited for.
  return Math.abs(now - lastStartedAt) >= minutesBetween(stream, everyMinutes) * MINUTE_MS - TOLERANCE_MS;
}

/** Streams that may run: of connections that are switched on, and not paused. */
export async function runnableStreams(knex: Knex): Promise<StreamRow[]> {
  const on = new Set((await listRows(knex)).filter(({ enabled }) => enabled).map(({ id }) => id));
  return (await listStreams(knex)).filter(({ connectionId, paused }) => on.has(connectionId) && !paused);
}

/** Streams whose time has come and that no other node claimed. */
export async function claimDue(knex: Knex, now: number): Promise<SyncParams[]> {
  const claimed: SyncParams[] = [];
  const running = new Set<string>(
    await knex('clv_jobs').where({ kind: 'sync' }).where('lease_until', '>', now).pluck('active_key'),
  );
  for (const row of await runnableStreams(knex)) {
    const { connectionId, stream, lastStartedAt } = row;
    if (!isDue(row, now) || running.has(activeKeyOf(connectionId, stream))) continue;
    const taken = await knex('clv_streams')
      .where({ connection_id: connectionId, stream })
      .where((before) =>
        lastStartedAt === null
          ? before.whereNull('last_started_at')
          : before.where('last_started_at', lastStartedAt),
      )
      .update({ last_started_at: now });
    if (taken > 0) claimed.push({ connectionId, stream });
  }
  return claimed;
}

/** Forgets runs that ended long ago. */
export async function pruneRuns(knex: Knex, now: number): Promise<void> {
  await knex('clv_jobs')
    .where({ kind: 'sync' })
    .where('created_at', '<', now - KEPT_MS)
    .whereNotNull('finished_at')
    .delete();
}
