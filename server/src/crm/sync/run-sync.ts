import type { JobContext } from '../../jobs/run-job';
import type { Strapi } from '../../room';
import { knexOf } from '../../storage/db';
import type { Stream } from '../connector';
import { ConnectorError } from '../connector-error';
import type { StreamName, SyncResult } from './api-types';
import { runPull, StreamMoved } from './pull/run-pull';
import { runPush } from './push/run';
import { nothingDone } from './result';
import { changeStream, type StreamChange } from './streams/state';

/** Of a job of the kind `sync`. */
export interface SyncParams {
  connectionId: string;
  stream: StreamName;
}

const LONGEST_REASON = 1_000;

/** Why a run ended, as its stream keeps it. */
function endOf(error: unknown): StreamChange {
  if (!(error instanceof ConnectorError)) return { error: UNEXPECTED, errorKind: 'permanent' };
  const { kind, message, retryAfterMs } = error;
  return {
    error: message.slice(0, LONGEST_REASON),
    errorKind: kind,
    notBefore: kind === 'rate-limit' && retryAfterMs !== undefined ? Date.now() + retryAfterMs : null,
  };
}

/** Its own words are for the log, which the operator reads. */
const UNEXPECTED =
  'Something unexpected happened here, not in the CRM. The server’s log says what; the next run tries again.';

/** Tells whoever reads the job when it goes on. */
function withPatience(error: unknown): unknown {
  if (!(error instanceof ConnectorError) || error.kind !== 'rate-limit' || !error.retryAfterMs) return error;
  const at = new Date(Date.now() + error.retryAfterMs).toISOString();
  return new ConnectorError(error.kind, `${error.message} It goes on after ${at}.`, error);
}

/** What a job of the kind `sync` does: one run of one stream. @returns its counts, which `report` tells while it runs */
export async function runSync(strapi: Strapi, context: JobContext<SyncParams>): Promise<SyncResult> {
  const { connectionId, stream } = context.params;
  const knex = knexOf(strapi);
  const keep = (change: StreamChange) => changeStream(knex, connectionId, stream, change);
  const result = nothingDone(stream);
  context.report(result);
  await keep({ lastStartedAt: Date.now(), error: null, errorKind: null, notBefore: null });
  try {
    if (stream === 'push') {
      await runPush(strapi, context, result);
      await keep({ complete: true });
    } else
      await runPull(
        strapi,
        { ...context, params: { connectionId, stream: stream satisfies Stream } },
        result,
      );
  } catch (thrown) {
    // Who stops it knows why, and a stream that was begun again has no part in it.
    if (context.signal.aborted || thrown instanceof StreamMoved) throw thrown;
    const error = withPatience(thrown);
    await keep(endOf(error));
    throw error;
  }
  await keep({ lastDoneAt: Date.now() });
  strapi.eventHub.emit('clv.sync.done', { jobId: context.job.id, connectionId, ...result });
  return result;
}
