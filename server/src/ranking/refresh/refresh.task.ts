import type { Task } from '../../jobs/task';
import type { RankingTaskData, WarmMessage } from '../rank.task';
import { everyoneOf, landmarksOf, scopeRanking } from '../scope-ranking';
import { type Refreshed, refreshRunData } from './refresh-run-data';
import { keepWarm, type WarmRun } from './warm-run';

export interface RefreshTask {
  settings: RankingTaskData;
  warm: WarmRun;
}

/** Ranks everyone anew at every landmark, each sent by itself; null when that takes a whole run. */
export const refreshTask: Task = async ({ knex, data, progress, send }): Promise<Refreshed | null> => {
  const { settings, warm } = data as RefreshTask;
  progress(0, 'exposures');
  const found = await refreshRunData(knex, settings, warm);
  if (!found) return null;
  const { run, refreshed } = found;
  progress(0.5, 'rankings');
  for (const [name, division] of landmarksOf(settings))
    await send(scopeRanking(run, name, division, everyoneOf(run), false));
  await send({ warm: keepWarm(run) } satisfies WarmMessage);
  return refreshed;
};
