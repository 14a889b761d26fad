import { configOf } from '../../../config';
import { JobRunning, reasonOf } from '../../../jobs/errors';
import { seldom } from '../../../jobs/seldom';
import type { Strapi } from '../../../room';
import { knexOf } from '../../../storage/db';
import { every } from '../../../tracking/every';
import type { ConnectionRow } from '../connections/rows';
import type { ConnectionsService } from '../connections/service';
import type { SyncService } from '../service';
import { runnableStreams } from '../streams/due';
import { readStream } from '../streams/state';
import { engineToTell } from './compile/engine';
import { basisOf } from './compile/mark-everyone';
import { dueLetters } from './deliver/letters';
import { toldSegments } from './describe/segments';
import { forgetPushStates, readPushState } from './state';

const LOOK_MS = 5_000;
/** Between two pushes by themselves: what changes meanwhile goes out together. */
const PAUSE_MS = 60_000;

export type PushService = ReturnType<typeof pushService>;

/** Starts pushes soon after something changed, without anybody asking for it. */
export function pushService({ strapi }: { strapi: Strapi }) {
  const knex = () => knexOf(strapi);
  let end = () => {};

  const report = seldom((error: unknown) =>
    strapi.log.error(`[clv] what goes out to CRMs could not be looked at: ${reasonOf(error)}`),
  );

  /** Whether a push may begin by itself now: not while somebody must mend something, or the CRM wants to be left alone. */
  async function mayStart({ id, breakerUntil }: ConnectionRow, now: number): Promise<boolean> {
    const stream = await readStream(knex(), id, 'push');
    if (!stream || stream.paused || stream.errorKind === 'auth' || stream.errorKind === 'config')
      return false;
    const { lastStartedAt, notBefore } = stream;
    return Math.max(notBefore ?? 0, breakerUntil ?? 0, (lastStartedAt ?? 0) + PAUSE_MS) <= now;
  }

  async function hasWork(connection: ConnectionRow, now: number): Promise<boolean> {
    const engine = await engineToTell(strapi);
    if (await dueLetters(knex(), connection.id, now, engine !== null).first('id')) return true;
    if (!engine) return false;
    if (await knex()('clv_person_changes').first('person_id')) return true;
    const { basis } = await readPushState(knex(), connection.id, now);
    return basis !== basisOf(engine.runId, connection, configOf(strapi), await toldSegments(knex()));
  }

  async function start(connectionId: string, startedBy: string): Promise<void> {
    const sync: SyncService = strapi.plugin('clv').service('sync');
    try {
      await sync.run(connectionId, 'push', startedBy);
    } catch (error) {
      // It is under way, here or on another node.
      if (!(error instanceof JobRunning)) throw error;
    }
  }

  async function look(now = Date.now()): Promise<void> {
    const connections: ConnectionsService = strapi.plugin('clv').service('connections');
    const all = await connections.list();
    await forgetPushStates(
      knex(),
      all.filter(({ push }) => !push.enabled).map(({ id }) => id),
    );
    for (const connection of all.filter(({ enabled, push }) => enabled && push.enabled)) {
      if ((await mayStart(connection, now)) && (await hasWork(connection, now))) {
        await start(connection.id, 'changes');
      }
    }
  }

  return {
    /** Begins to look every few seconds; the lease of the job decides among nodes. */
    open(): void {
      end = every(LOOK_MS, look, report);
    },
    close(): void {
      end();
    },

    /** Starts a push at once, unless somebody switched it off. */
    async startNow(connectionId: string, startedBy: string): Promise<void> {
      const streams = await runnableStreams(knex());
      const mayRun = streams.some((row) => row.connectionId === connectionId && row.stream === 'push');
      if (mayRun) await start(connectionId, startedBy);
    },

    /** Starts the push of every connection that has something to tell, and may. */
    look,
  };
}
