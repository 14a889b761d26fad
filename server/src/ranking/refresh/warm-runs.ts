import type { Strapi } from '../../room';
import { knexOf } from '../../storage/db';
import { lastForgotten } from '../../storage/forgotten';
import { listen } from '../../storage/news';
import { publishedRun } from '../snapshots/sections';
import type { WarmRun } from './warm-run';

interface Kept {
  /** The run whose snapshots are shown while this is of use. */
  runId: string;
  run: WarmRun;
  forgotten: string;
}

export type WarmRuns = ReturnType<typeof warmRuns>;

/**
 * What the last run of this node left in memory for refreshes. It goes when personal data is deleted, on this node at once
 * and on others when they next ask for it, and when there is a newer run.
 */
export function warmRuns({ strapi }: { strapi: Strapi }) {
  let kept: Kept | null = null;
  let drops = 0;
  const drop = () => {
    kept = null;
    drops += 1;
  };
  listen(strapi, ({ forgotten }) => {
    if (forgotten) drop();
  });

  return {
    drop,

    /** To be asked before anything is read, and given to `keep` after: what is deleted meanwhile is not kept. */
    async begin(): Promise<string> {
      return `${await lastForgotten(knexOf(strapi))} ${drops}`;
    },

    /** @param beginning what `begin` said */
    async keep(runId: string, run: WarmRun, beginning: string): Promise<void> {
      const forgotten = await lastForgotten(knexOf(strapi));
      kept = beginning === `${forgotten} ${drops}` ? { runId, run, forgotten } : null;
    },

    /** What is of use for the run that screens show now; null when there is nothing. */
    async current(): Promise<{ runId: string; run: WarmRun } | null> {
      if (!kept) return null;
      const knex = knexOf(strapi);
      const stands = kept.runId === (await publishedRun(knex))?.jobId;
      if (!stands || kept?.forgotten !== (await lastForgotten(knex))) drop();
      return kept;
    },
  };
}
