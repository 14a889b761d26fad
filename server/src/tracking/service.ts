import { configOf } from '../config';
import { reasonOf } from '../jobs/errors';
import { seldom } from '../jobs/seldom';
import type { Strapi } from '../room';
import { knexOf } from '../storage/db';
import { tell } from '../storage/news';
import { collectHandler } from './collect';
import type { ContentsService } from './contents/service';
import { every } from './every';
import { groupCommit } from './group-commit';
import type { Context } from './http';
import { saveLastTouch } from './last-touch';
import { proxyHint } from './proxy-hint';
import { rateLimiter } from './rate-limit';
import { watchReads } from './read-hook';
import { statusOf } from './status';
import { type Batch, storeBatches } from './store-batches';
import { seenStore } from './store-seen';
import { createTally } from './tally';
import { touchBuffer } from './touch-buffer';
import { visitorReader } from './visitor';

export type TrackingService = ReturnType<typeof trackingService>;

/** What may wait for a commit, in events; about 10 MB. */
const MAX_WAITING = 20_000;
/** What one commit may hold, in events, so that none takes long. */
const MAX_GROUP = 5_000;

const FLUSH_MS = 1_000;
const TALLY_MS = 5_000;
const REFRESH_MS = 10_000;

/** Ties the parts of tracking together: what browsers send, what the server sees, and what becomes of both. */
export function trackingService({ strapi }: { strapi: Strapi }) {
  const config = () => configOf(strapi);
  /** What of it cannot be saved, and stands from the boot on. */
  const { tracking } = config();
  const contents = (): ContentsService => strapi.plugin('clv').service('contents');
  const visitorOf = visitorReader(tracking.cookie);
  const perVisitor = rateLimiter(tracking.rateLimit.perVisitor);
  const tally = createTally();
  let lastTouchAt = 0;
  let endings: (() => void)[] = [];

  const say = seldom((error: unknown) => strapi.log.error(`[clv] tracking: ${reasonOf(error)}`));
  function report(error: unknown): void {
    tally.add('errors');
    say(error);
  }

  function noteAdded(visitorKeys: string[]): void {
    lastTouchAt = Date.now();
    tell(strapi, { visitorKeys });
  }

  async function commit(batches: Batch[]): Promise<boolean[]> {
    const { consented, added } = await storeBatches(knexOf(strapi), batches, 'browser', config());
    const accepted = batches.reduce((sum, { touches }, i) => sum + (consented[i] ? touches.length : 0), 0);
    tally.add('accepted', added);
    tally.add('duplicate', accepted - added);
    if (added > 0) noteAdded(batches.filter((_, i) => consented[i]).map(({ visitor }) => visitor));
    return consented;
  }

  const commits = groupCommit({
    commit,
    weigh: ({ touches }) => 1 + touches.length,
    maxWaiting: MAX_WAITING,
    maxGroup: MAX_GROUP,
    onError: report,
  });

  const buffer = touchBuffer({
    capacity: tracking.bufferSize,
    onOverflow: (dropped) => tally.add('dropped.overflow', dropped),
    async store(seen) {
      const knex = knexOf(strapi);
      const added = await seenStore({ knex, config: config(), contents: contents(), perVisitor, tally })(
        seen,
      );
      if (added > 0) noteAdded(seen.map(({ visitor }) => visitor));
    },
  });

  async function flushTally(): Promise<void> {
    const knex = knexOf(strapi);
    await tally.flush(knex);
    if (lastTouchAt > 0) await saveLastTouch(knex, lastTouchAt);
  }

  async function flush(): Promise<void> {
    await contents().flush();
    await buffer.flush();
    await commits.idle();
    await flushTally();
  }

  let collect: ((ctx: Context) => Promise<void>) | undefined;

  return {
    /** Answers `POST /collect`. */
    collect(ctx: Context): Promise<void> {
      collect ??= collectHandler({
        config,
        contents: contents(),
        commits,
        perAddress: rateLimiter(tracking.rateLimit.perAddress),
        eventsPerAddress: rateLimiter(tracking.rateLimit.eventsPerAddress),
        perVisitor,
        visitorOf,
        tally,
        ownUrl: strapi.config.get('server.absoluteUrl'),
        lookForProxy: proxyHint(strapi),
        onError: report,
      });
      return collect(ctx);
    },

    /** Finds the visitor of a request: the header, else the cookie. */
    visitorOf,

    /** Takes note of something that the server saw; it is stored within a second or two. */
    push: tracking.enabled ? buffer.push : () => {},

    /** Waits until everything that was seen so far is stored and counted. */
    flush,

    /** How tracking fares, for the settings page. */
    status: () =>
      statusOf({ strapi, config: config(), contents: contents(), pending: tally.pending(), lastTouchAt }),

    start(): void {
      if (tracking.enabled && tracking.readHook)
        endings.push(
          watchReads({
            strapi,
            types: contents().types(),
            visitorOf,
            push: buffer.push,
            onError: report,
          }),
        );
      endings.push(
        every(FLUSH_MS, () => contents().flush(), report),
        every(FLUSH_MS, () => buffer.flush(), report),
        every(TALLY_MS, flushTally, report),
        every(REFRESH_MS, () => contents().refresh(), report),
      );
    },

    /** Ends all timers and hooks, and stores what is still in memory. */
    async stop(): Promise<void> {
      for (const end of endings) end();
      endings = [];
      await commits.close();
      await flush().catch(report);
    },
  };
}
