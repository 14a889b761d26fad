import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { uuidv7 } from 'uuidv7';
import type { Strapi } from '../room';
import { knexOf } from '../storage/db';
import type { Job } from './api-types';
import { JobCancelled, JobInterrupted, JobRunning } from './errors';
import { failExpired, holderOf, listJobs, openJob, readJob, requestCancel } from './ledger';
import { LEASE_MS, type Runner, type RunningJob, runJob } from './run-job';
import { workerConnection } from './worker-connection';

export interface StartOptions {
  /** Who wanted it, such as `admin:1`, `schedule` or `cli`. */
  startedBy: string;
  /** At most one job with this key runs at a time, over all nodes. */
  activeKey?: string;
  /** What it is about, where there are several of its kind. */
  subject?: string;
}

export type JobsService = ReturnType<typeof jobsService>;

/** How long a stopping server waits for its jobs to end. */
const PATIENCE_MS = 10_000;
const ATTEMPTS = 3;

/** The jobs of this node, and the ledger that all nodes share. */
export function jobsService({ strapi }: { strapi: Strapi }) {
  const owner = randomUUID();
  const runners = new Map<Job['kind'], Runner>();
  const running = new Map<string, RunningJob>();
  let stopping = false;
  const knex = () => knexOf(strapi);

  /** Writes the job into the ledger. @throws JobRunning when the active key is taken */
  async function open(kind: Job['kind'], params: unknown, { startedBy, activeKey, subject }: StartOptions) {
    const id = uuidv7();
    for (let attempt = 1; ; attempt += 1) {
      const at = Date.now();
      await failExpired(knex(), at);
      const lease = { owner, until: at + LEASE_MS };
      const job = {
        id,
        kind,
        params,
        startedBy,
        subject: subject ?? null,
        activeKey: activeKey ?? null,
        lease,
        at,
      };
      if (await openJob(knex(), job)) return id;
      const holder = activeKey === undefined ? null : await holderOf(knex(), activeKey);
      if (holder) throw new JobRunning(holder);
      // The one that held the key ended between the two statements.
      if (attempt === ATTEMPTS) throw new Error(`the ${kind} job could not be written to the ledger`);
    }
  }

  return {
    /** Says what a job of this kind does. */
    define(kind: Job['kind'], runner: Runner): void {
      runners.set(kind, runner);
    },

    /**
     * Starts a job on this node and returns at once.
     *
     * @throws JobRunning with the other job's id when one with the same active key is under way on any node
     */
    async start(kind: Job['kind'], params: unknown, options: StartOptions): Promise<Job> {
      const runner = runners.get(kind);
      if (!runner) throw new Error(`nothing defines jobs of the kind "${kind}"`);
      if (stopping) throw new Error('the server is stopping; start the job when it runs again');
      const id = await open(kind, params, options);
      const job = (await readJob(knex(), id))!;
      const run = runJob({
        knex: knex(),
        log: strapi.log,
        job,
        params,
        owner,
        runner,
        connection: () => workerConnection(strapi),
      });
      running.set(id, run);
      void run.ended.then(() => running.delete(id));
      return job;
    },

    async get(id: string): Promise<Job | null> {
      await failExpired(knex(), Date.now());
      return readJob(knex(), id);
    },

    /** The latest first; every kind when none is named. */
    async list(kind: Job['kind'] | Job['kind'][], limit: number, subject?: string): Promise<Job[]> {
      await failExpired(knex(), Date.now());
      return listJobs(knex(), [kind].flat(), limit, subject);
    },

    /** Asks for the end of a job, whatever node runs it. @returns false when it was over already */
    async cancel(id: string): Promise<boolean> {
      const asked = await requestCancel(knex(), id);
      if (asked) running.get(id)?.stop(new JobCancelled());
      return asked;
    },

    /** Waits until a job of this node is over; returns at once for any other. */
    async ended(id: string): Promise<void> {
      await running.get(id)?.ended;
    },

    /** Marks jobs of nodes that went silent as failed. */
    async failExpired(): Promise<void> {
      await failExpired(knex(), Date.now());
    },

    /** Stops every job of this node, and says so in the ledger. */
    async stop(): Promise<void> {
      stopping = true;
      const runs = [...running.values()];
      for (const run of runs) run.stop(new JobInterrupted('the server was stopped while it ran'));
      const patience = sleep(PATIENCE_MS, undefined, { ref: false });
      await Promise.race([Promise.all(runs.map((run) => run.ended)), patience]);
    },
  };
}
