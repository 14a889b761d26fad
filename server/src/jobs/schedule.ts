import { setTimeout as sleep } from 'node:timers/promises';
import { configOf } from '../config';
import type { Strapi } from '../room';
import type { Job } from './api-types';
import { JobRunning, reasonOf } from './errors';
import type { JobsService } from './service';

/** Starts by the schedule on nodes whose clocks differ by less than this count as one. */
const CLOCK_TOLERANCE_MS = 30_000;

/** Jobs of one kind that begin by a cron rule, in the report's time zone. */
export interface Schedule {
  /** Its name among Strapi's cron tasks. */
  task: string;
  kind: Job['kind'];
  /** What the log calls it, such as "ranking". */
  word: string;
  rule: string | false;
}

/** Who starts what takes only seconds and holds the key of a nightly run meanwhile. */
export const REFRESH = 'refresh';
/** How long a nightly run waits for that, in seconds. */
const PATIENCE = 120;

/** Waits for a refresh to be over, on whatever node; @returns false when the job is none. */
async function refreshEnds(jobs: JobsService, id: string): Promise<boolean> {
  for (let second = 0; second < PATIENCE; second++) {
    const job = await jobs.get(id);
    if (job?.startedBy !== REFRESH) return false;
    if (job.finishedAt !== null) return true;
    await sleep(1000, undefined, { ref: false });
  }
  return false;
}

/** Starts the nightly run, unless a node did already: the lease decides, and the ledger after a short run. */
async function startScheduled(strapi: Strapi, schedule: Schedule, at: number): Promise<void> {
  const { kind, word } = schedule;
  const jobs: JobsService = strapi.plugin('clv').service('jobs');
  try {
    const [latest] = await jobs.list(kind, 1);
    const done = latest?.startedBy === 'schedule' && Math.abs(at - latest.createdAt) < CLOCK_TOLERANCE_MS;
    if (!done) await jobs.start(kind, {}, { startedBy: 'schedule', activeKey: kind });
  } catch (error) {
    if (error instanceof JobRunning) {
      if (await refreshEnds(jobs, error.jobId)) return startScheduled(strapi, schedule, at);
      strapi.log.debug(`[clv] the nightly ${word} runs already`);
    } else strapi.log.error(`[clv] the nightly ${word} could not be started: ${reasonOf(error)}`);
  }
}

/** Plans the nightly runs of a kind; none when the rule is `false`. */
export function planRuns(strapi: Strapi, schedule: Schedule): void {
  if (schedule.rule === false) return;
  strapi.cron.add({
    [schedule.task]: {
      task: () => startScheduled(strapi, schedule, Date.now()),
      options: { rule: schedule.rule, tz: configOf(strapi).value.timezone },
    },
  });
}
