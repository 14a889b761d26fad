import { JobRunning, reasonOf } from '../../jobs/errors';
import type { JobContext } from '../../jobs/run-job';
import type { JobsService } from '../../jobs/service';
import type { Strapi } from '../../room';
import { knexOf } from '../../storage/db';
import { every } from '../../tracking/every';
import { STREAMS, type WebhookNews } from '../connector';
import type { StreamName, SyncRun } from './api-types';
import { activeKeyOf } from './connections/describe';
import type { ConnectionsService } from './connections/service';
import { storePage } from './pull/store-page';
import { runSync, type SyncParams } from './run-sync';
import { claimDue, pruneRuns, runnableStreams } from './streams/due';
import { BEGINNING, changeStream } from './streams/state';

export type SyncService = ReturnType<typeof syncService>;

/** Webhooks come in swarms; one run answers all of some seconds. */
const SOON_MS = 5_000;

/** What keeps CRMs in step: runs of streams, by hand, by schedule and by what CRMs tell. */
export function syncService({ strapi }: { strapi: Strapi }) {
  const knex = () => knexOf(strapi);
  const jobs = (): JobsService => strapi.plugin('clv').service('jobs');
  const connections = (): ConnectionsService => strapi.plugin('clv').service('connections');
  /** Streams that shall run as soon as they can, by active key: a run under way may have passed what is new. */
  const soon = new Set<string>();
  let stopSoon = () => {};

  const report = (error: unknown) =>
    strapi.log.error(`[clv] a run of a CRM's stream could not be started: ${reasonOf(error)}`);

  async function start(connectionId: string, stream: StreamName, startedBy: string): Promise<string> {
    const params: SyncParams = { connectionId, stream };
    const activeKey = activeKeyOf(connectionId, stream);
    const job = await jobs().start('sync', params, { startedBy, activeKey, subject: connectionId });
    return job.id;
  }

  /** Ends what runs of a connection, or of one of its streams, on whatever node. */
  async function cancel(connectionId: string, stream?: StreamName): Promise<void> {
    const running = knex()('clv_jobs')
      .where({ kind: 'sync', subject: connectionId })
      .whereNotNull('active_key');
    const ids: string[] = await running
      .where(stream ? { active_key: activeKeyOf(connectionId, stream) } : {})
      .pluck('id');
    for (const id of ids) await jobs().cancel(id);
  }

  const remember = (params: SyncParams) => soon.add(activeKeyOf(params.connectionId, params.stream));

  /** Starts a run, or another one after that which is under way. @returns the id of either */
  async function startOrFollow(connectionId: string, stream: StreamName, startedBy: string): Promise<string> {
    try {
      return await start(connectionId, stream, startedBy);
    } catch (error) {
      if (!(error instanceof JobRunning)) throw error;
      remember({ connectionId, stream });
      return error.jobId;
    }
  }

  async function startSoon(): Promise<void> {
    if (soon.size === 0) return;
    // Asked before anything is taken: what could not be started now is started later.
    const runnable = await runnableStreams(knex());
    const waiting = new Set(soon);
    soon.clear();
    for (const { connectionId, stream } of runnable) {
      if (!waiting.has(activeKeyOf(connectionId, stream))) continue;
      await startOrFollow(connectionId, stream, 'news').catch((error) => {
        remember({ connectionId, stream });
        report(error);
      });
    }
  }

  return {
    open(): void {
      jobs().define('sync', (context: JobContext<SyncParams>) => runSync(strapi, context));
      stopSoon = every(SOON_MS, startSoon, report);
    },
    close: (): void => stopSoon(),

    /** Starts what is due, once over all nodes, and forgets old runs. Called every minute on each of them. */
    async tick(now = Date.now()): Promise<void> {
      await pruneRuns(knex(), now);
      for (const { connectionId, stream } of await claimDue(knex(), now)) {
        await start(connectionId, stream, 'schedule').catch((error) => {
          if (!(error instanceof JobRunning)) report(error);
        });
      }
    },

    /**
     * Starts a run of a stream, whatever its schedule says.
     *
     * @returns the job's id
     * @throws JobRunning when one is under way
     */
    run: start,

    /** Ends the run that is under way; nothing is pulled or pushed until somebody resumes it. */
    async pause(connectionId: string, stream: StreamName): Promise<void> {
      await changeStream(knex(), connectionId, stream, { paused: true });
      await cancel(connectionId, stream);
    },

    /** Goes on where it was. @returns the job's id */
    async resume(connectionId: string, stream: StreamName, startedBy: string): Promise<string> {
      await changeStream(knex(), connectionId, stream, { paused: false });
      return startOrFollow(connectionId, stream, startedBy);
    },

    /** Begins again from the first record. @returns the job's id */
    async restart(connectionId: string, stream: StreamName, startedBy: string): Promise<string> {
      await cancel(connectionId, stream);
      await changeStream(knex(), connectionId, stream, { ...BEGINNING, paused: false });
      return startOrFollow(connectionId, stream, startedBy);
    },

    cancel,

    /** The latest runs of a connection first. */
    async runs(connectionId: string, limit: number): Promise<SyncRun[]> {
      const params = await knex()('clv_jobs')
        .where({ kind: 'sync', subject: connectionId })
        .orderBy('created_at', 'desc')
        .limit(limit)
        .select('id', 'params');
      const streamOf = new Map(params.map((row) => [row.id, JSON.parse(row.params).stream as StreamName]));
      const latest = await jobs().list('sync', limit, connectionId);
      return latest.map((job) => ({
        jobId: job.id,
        stream: streamOf.get(job.id)!,
        status: job.status,
        startedBy: job.startedBy,
        startedAt: job.startedAt,
        finishedAt: job.finishedAt,
        progress: job.progress,
        result: job.result as SyncRun['result'],
        error: job.error,
      }));
    },

    /** Stores what a webhook brought, and has the streams pulled that it says have changed. */
    async news(connectionId: string, news: WebhookNews): Promise<void> {
      const teller = await connections().open(connectionId);
      for (const stream of STREAMS) {
        const records = news.records?.[stream] ?? [];
        const gone = (news.gone ?? []).flatMap((some) => (some.stream === stream ? some.ids : []));
        const people = stream === 'customers' ? { erased: news.erased, merged: news.merged } : {};
        await storePage(strapi, teller, { stream, records, gone, ...people });
      }
      for (const stream of news.changed) remember({ connectionId, stream });
    },
  };
}
