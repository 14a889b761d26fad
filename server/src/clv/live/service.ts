import { setImmediate as breathe } from 'node:timers/promises';
import { reasonOf } from '../../jobs/errors';
import { seldom } from '../../jobs/seldom';
import type { Strapi } from '../../room';
import { knexOf } from '../../storage/db';
import { listen, type News } from '../../storage/news';
import { every } from '../../tracking/every';
import { type Contents, loadContents } from '../engine/contents';
import type { Engine } from '../engine/engine';
import { engineOf, latestRunId } from '../runs/latest';
import { personsOf } from './persons-of';
import { updatePersons } from './update-persons';
import { waiting } from './waiting';

export type LiveService = ReturnType<typeof liveService>;

const FLUSH_MS = 250;
/** Identifiers that may wait, about 2 MB. */
const CAPACITY = 20_000;
/** Identifiers dealt with in one go: on SQLite the thread is busy for as long as that takes. */
const AT_ONCE = 20;

/** How long contents are taken for what they were, so that a new item is known soon. */
const CONTENTS_MS = 10_000;

/**
 * Keeps what persons are worth up to date between runs: whoever stores something of a person says so, and a timer values
 * these persons again by the parameters of the last run, without a fit. What other nodes store they bring up to date
 * themselves.
 */
export function liveService({ strapi }: { strapi: Strapi }) {
  const queue = waiting(CAPACITY);
  /** What was heard while a run is computed, on this node. */
  const remembering = new Set<ReturnType<typeof waiting>>();
  let endings: (() => void)[] = [];
  let engine: Engine | null = null;
  let contents: { at: number; items: Contents } | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  const report = seldom((error: unknown) =>
    strapi.log.error(`[clv] values could not be brought up to date: ${reasonOf(error)}`),
  );

  function hear(news: News): void {
    queue.add(news);
    for (const kept of remembering) kept.add(news);
  }

  /** The engine of the latest run, whichever node computed it; null before the first. */
  async function currentEngine(): Promise<Engine | null> {
    const knex = knexOf(strapi);
    const runId = await latestRunId(knex);
    if (runId === (engine?.runId ?? null)) return engine;
    const stored = runId && (await engineOf(knex, runId));
    engine = stored ? JSON.parse(stored) : null;
    return engine;
  }

  async function currentContents(): Promise<Contents> {
    if (!contents || Date.now() - contents.at > CONTENTS_MS) {
      contents = { at: Date.now(), items: await loadContents(knexOf(strapi)) };
    }
    return contents.items;
  }

  async function flushAll(): Promise<void> {
    const knex = knexOf(strapi);
    for (;;) {
      const news = queue.take(AT_ONCE);
      if (!news) return;
      try {
        const current = await currentEngine();
        if (!current) continue;
        const persons = await personsOf(knex, news);
        if (persons.length === 0) continue;
        const { changes, problem } = await updatePersons(knex, current, await currentContents(), persons);
        for (const change of changes) strapi.eventHub.emit('clv.tier.changed', change);
        // Asking again would not help; the next run says it too, or knows better.
        if (problem) report(problem);
        // Another node may have published a run meanwhile, which does not have this.
        if ((await latestRunId(knex)) !== current.runId) queue.add(news);
      } catch (error) {
        queue.add(news);
        throw error;
      }
      await breathe();
    }
  }

  /** One at a time, so that an older state is never written over a newer one. */
  function flush(): Promise<void> {
    if (queue.size() === 0) return turn.then(() => undefined);
    const result = turn.then(flushAll);
    turn = result.catch(() => undefined);
    return result;
  }

  return {
    /** Begins to hear what is stored. */
    start(): void {
      endings = [listen(strapi, hear), every(FLUSH_MS, flush, report)];
    },

    /** Ends the timer; what still waits is left to the next run. */
    async stop(): Promise<void> {
      for (const end of endings) end();
      endings = [];
      await turn;
    },

    /** Waits until everyone of whom something new was heard so far is up to date. */
    flush,

    /** The parameters of the latest run. */
    engine: currentEngine,
    contents: currentContents,

    /** How many wait, and how many found no room. */
    status: () => ({ waiting: queue.size(), dropped: queue.dropped() }),

    /** Takes note of what is heard from now on, for a run that does not see it any more. */
    remember() {
      const kept = waiting(CAPACITY);
      remembering.add(kept);
      const forget = () => remembering.delete(kept);
      return {
        forget,
        /** Has all of it brought up to date by the run, which is published now. */
        bringUpToDate() {
          forget();
          for (let news = kept.take(CAPACITY); news; news = kept.take(CAPACITY)) queue.add(news);
        },
      };
    },
  };
}
