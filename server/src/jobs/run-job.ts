import type { Knex } from 'knex';
import type { Job } from './api-types';
import { JobCancelled, JobInterrupted, reasonOf } from './errors';
import { type Beat, closeJob, type Outcome, renewLease } from './ledger';
import { runInWorker } from './run-in-worker';
import type { TaskName } from './task';
import type { WorkerConnection } from './worker-connection';

/** How long the other nodes believe that a silent node is alive. */
export const LEASE_MS = 30_000;
/** How often a running job writes its progress, renews its lease and hears whether it shall end. */
const BEAT_MS = 1_000;

/** What a runner gets. */
export interface JobContext<Params = unknown> {
  job: Job;
  params: Params;
  /** 0 to 1, and a key of the translations; written to the ledger once a second. */
  progress(fraction: number, stage: string): void;
  /** What it has done so far: the job's result while it runs, and the one that stays when it fails or is cancelled. */
  report(result: unknown): void;
  /** Call between steps, and before anything is written: throws when the job was cancelled or taken away. */
  throwIfCancelled(): void;
  /** The same, for what takes a signal. */
  signal: AbortSignal;
  /** Runs a task of jobs/worker.ts in a thread; its progress becomes the job's. */
  runInWorker(
    task: TaskName,
    data: unknown,
    onMessage?: (message: unknown) => void | Promise<void>,
  ): Promise<unknown>;
}

// biome-ignore lint/suspicious/noExplicitAny: each runner knows its own parameters
export type Runner = (context: JobContext<any>) => Promise<unknown>;

export interface Run {
  knex: Knex;
  log: { info(text: string): void; warn(text: string): void; error(text: string): void };
  job: Job;
  params: unknown;
  owner: string;
  runner: Runner;
  connection(): Promise<WorkerConnection>;
}

export interface RunningJob {
  /** Ends it; what `reason` is decides how the ledger calls that. */
  stop(reason: JobCancelled | JobInterrupted): void;
  /** Fulfilled when the ledger says how it ended; never rejected. */
  ended: Promise<void>;
}

/** Runs a job that this node holds the lease of, and keeps the ledger up to date until it is over. */
export function runJob({ knex, log, job, params, owner, runner, connection }: Run): RunningJob {
  const abort = new AbortController();
  const state: Beat = { progress: 0, stage: null, result: undefined };
  let leaseUntil = Date.now() + LEASE_MS;
  let over = false;
  let beating = Promise.resolve();
  let timer = setTimeout(beat, BEAT_MS);

  function beat() {
    beating = renew().finally(() => {
      if (!over) timer = setTimeout(beat, BEAT_MS);
    });
  }

  async function renew() {
    const until = Date.now() + LEASE_MS;
    try {
      const answer = await renewLease(knex, job.id, { owner, until }, state);
      if (answer === 'lost') abort.abort(new JobInterrupted('another node took this one for stopped'));
      if (answer === 'cancel') abort.abort(new JobCancelled());
      leaseUntil = until;
    } catch (error) {
      log.warn(`[clv] ${job.kind} job ${job.id}: its lease could not be renewed: ${reasonOf(error)}`);
      if (Date.now() > leaseUntil) abort.abort(new JobInterrupted('the database could not be reached'));
    }
  }

  const progress = (fraction: number, stage: string) => {
    state.progress = Math.min(1, Math.max(0, fraction));
    state.stage = stage;
  };

  async function outcome(): Promise<Outcome> {
    try {
      const result = await runner({
        job,
        params,
        progress,
        report: (result) => {
          state.result = result;
        },
        signal: abort.signal,
        throwIfCancelled: () => abort.signal.throwIfAborted(),
        runInWorker: async (task, data, onMessage) =>
          runInWorker({
            task,
            data,
            connection: await connection(),
            signal: abort.signal,
            onProgress: progress,
            onMessage,
          }),
      });
      return { status: 'done', result };
    } catch (error) {
      const cause = abort.signal.aborted ? abort.signal.reason : error;
      if (cause instanceof JobCancelled) return { status: 'cancelled', result: state.result };
      log.error(`[clv] ${job.kind} job ${job.id} failed: ${reasonOf(cause)}`);
      return { status: 'failed', error: reasonOf(cause), result: state.result };
    }
  }

  async function live() {
    const end = await outcome();
    over = true;
    clearTimeout(timer);
    await beating;
    try {
      await closeJob(knex, job.id, owner, end, Date.now());
    } catch (error) {
      log.error(`[clv] ${job.kind} job ${job.id}: its end could not be written: ${reasonOf(error)}`);
    }
  }

  return { stop: (reason) => abort.abort(reason), ended: live() };
}
