import { configOf } from '../../config';
import { JobRunning, reasonOf } from '../../jobs/errors';
import { REFRESH } from '../../jobs/schedule';
import type { JobsService } from '../../jobs/service';
import type { Strapi } from '../../room';
import { knexOf } from '../../storage/db';
import { anyTouchSince } from '../queries/new-touches';
import type { RankParams } from './run-refresh';
import type { WarmRuns } from './warm-runs';

/** Its name among Strapi's cron tasks. */
export const REFRESHES = 'clv.ranking.refresh';

/** Plans refreshes on a node; they happen on the one that computed the run which is shown, and when there is something new. */
export function planRefreshes(strapi: Strapi): void {
  const { ranking, value } = configOf(strapi);
  if (ranking.refresh === false) return;
  strapi.cron.add({
    [REFRESHES]: { task: () => refresh(strapi), options: { rule: ranking.refresh, tz: value.timezone } },
  });
}

async function refresh(strapi: Strapi): Promise<void> {
  const jobs: JobsService = strapi.plugin('clv').service('jobs');
  const warmRuns: WarmRuns = strapi.plugin('clv').service('warmRuns');
  const params: RankParams = { refresh: true };
  try {
    const warm = await warmRuns.current();
    if (!warm || !(await anyTouchSince(knexOf(strapi), warm.run.until))) return;
    await jobs.start('rank', params, { startedBy: REFRESH, activeKey: 'rank' });
  } catch (error) {
    if (error instanceof JobRunning) strapi.log.debug('[clv] no refresh: a ranking runs already');
    else strapi.log.error(`[clv] the ranking could not be refreshed: ${reasonOf(error)}`);
  }
}
