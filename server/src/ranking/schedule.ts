import { configOf } from '../config';
import { JobRunning, reasonOf } from '../jobs/errors';
import type { JobsService } from '../jobs/service';
import type { Strapi } from '../room';

const TASK = 'clv.ranking';
/** Starts by the schedule on nodes whose clocks differ by less than this count as one. */
const CLOCK_TOLERANCE_MS = 30_000;

/** Starts the nightly run, unless a node did already: the lease decides, and the ledger after a short run. */
export async function startScheduledRun(strapi: Strapi, at: number): Promise<void> {
  const jobs: JobsService = strapi.plugin('clv').service('jobs');
  try {
    const [latest] = await jobs.list('rank', 1);
    const done = latest?.startedBy === 'schedule' && Math.abs(at - latest.createdAt) < CLOCK_TOLERANCE_MS;
    if (!done) await jobs.start('rank', {}, { startedBy: 'schedule', activeKey: 'rank' });
  } catch (error) {
    if (error instanceof JobRunning) strapi.log.debug('[clv] the nightly ranking runs already');
    else strapi.log.error(`[clv] the nightly ranking could not be started: ${reasonOf(error)}`);
  }
}

/** Plans the nightly run by `clv.config.ranking.schedule`, in the report's time zone. */
export function scheduleRuns(strapi: Strapi): void {
  const { ranking, value } = configOf(strapi);
  if (ranking.schedule === false) return;
  strapi.cron.add({
    [TASK]: {
      task: () => startScheduledRun(strapi, Date.now()),
      options: { rule: ranking.schedule, tz: value.timezone },
    },
  });
}

export function unscheduleRuns(strapi: Strapi): void {
  strapi.cron.remove(TASK);
}
