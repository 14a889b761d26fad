import { setImmediate as breathe, setTimeout as sleep } from 'node:timers/promises';
import { latestRunId } from '../../clv/runs/latest';
import { atomically } from '../../identity/atomically';
import { reasonOf } from '../../jobs/errors';
import { seldom } from '../../jobs/seldom';
import type { Strapi } from '../../room';
import { dialectOf, knexOf } from '../../storage/db';
import { anythingGoesByThem } from '../../storage/person-changes';
import { every } from '../../tracking/every';
import { isDue, lockEveryone, markNext, readEveryone, saveEveryone } from './everyone';
import { type Handler, handlePersons, marksAfter } from './handle';
import { setAside } from './set-aside';

export type ChangesService = ReturnType<typeof changesService>;

const LOOK_MS = 500;
/** How long it is waited for another node that is at work. */
const PATIENCE_MS = 25;
/** Persons handled by one transaction; on SQLite nobody else reads or writes meanwhile. */
const AT_ONCE = { sqlite: 50, postgres: 200, mysql: 200 };

/**
 * Tells segments and triggers of the persons of whom something changed. Marks are written with the changes themselves and go
 * in the transaction of the handlers, so a crash loses nothing. Several nodes share the work; one is at it at a time.
 */
export function changesService({ strapi }: { strapi: Strapi }) {
  const handlers = new Map<string, Handler>();
  const aside = setAside();
  const knex = () => knexOf(strapi);
  let end = () => {};
  let stopping = false;
  let turn: Promise<unknown> = Promise.resolve();

  const report = seldom((problem: string, error: unknown) =>
    strapi.log.error(`[clv] ${problem}: ${reasonOf(error)}`),
  );

  /** @returns false when another node is at work */
  async function handleAlone(personId: string): Promise<boolean> {
    try {
      const ours = await handlePersons(knex(), handlers.values(), [personId]);
      if (ours) aside.delete(personId);
      return ours;
    } catch (error) {
      if (aside.add(personId, Date.now())) {
        report('segments and triggers could not follow a person, who is tried again alone', error);
      }
      return true;
    }
  }

  /** @returns false when another node is at work */
  async function handleTogether(personIds: string[]): Promise<boolean> {
    if (personIds.length === 0) return true;
    try {
      return await handlePersons(knex(), handlers.values(), personIds);
    } catch {
      // Somebody among them; the others do not wait for that one.
      for (const personId of personIds) if (stopping || !(await handleAlone(personId))) return false;
      return true;
    }
  }

  /** Everyone who is marked, once. @returns false when another node is at work */
  async function handleAll(): Promise<boolean> {
    const marked = new Set<string>();
    const size = AT_ONCE[dialectOf(knex())];
    for (let after = ''; !stopping; ) {
      const ids = (await marksAfter(knex(), after, size)).map((mark) => mark.person_id);
      if (ids.length === 0) break;
      after = ids.at(-1)!;
      for (const id of ids) marked.add(id);
      if (!(await handleTogether(ids.filter((id) => !aside.has(id))))) return false;
      const again = ids.filter((id) => aside.has(id) && aside.isDue(id, Date.now()));
      for (const id of again) if (!(await handleAlone(id))) return false;
      await breathe();
    }
    aside.keepOnly(marked);
    return true;
  }

  /** Marks the next of everyone, when they are all to be looked at. */
  async function markMore(): Promise<'marked' | 'all are' | 'another node is at work'> {
    const latest = await latestRunId(knex());
    const now = Date.now();
    const known = await readEveryone(knex());
    if (known.after === null && !isDue(known, latest, now)) return 'all are';
    return atomically(knex(), async (trx) => {
      const state = await lockEveryone(trx);
      if (!state) return 'another node is at work';
      await markNext(trx, state, latest, now);
      return 'marked';
    });
  }

  /** @returns whether all is done, but for those who are set aside; false when another node is at work */
  async function workThrough(): Promise<boolean> {
    // Until the app is loaded, not everyone who handles them has said so.
    if (!strapi.isLoaded || !(await anythingGoesByThem(knex()))) return true;
    while (!stopping) {
      if (!(await handleAll())) return false;
      const marked = await markMore();
      if (marked !== 'marked') return marked === 'all are';
    }
    return true;
  }

  /** One after the other on this node. */
  function work(): Promise<boolean> {
    const result = turn.then(workThrough);
    turn = result.catch(() => undefined);
    return result;
  }

  async function look(): Promise<void> {
    await work();
  }

  return {
    /** Says who is told of changed persons: in the order of registration, in one transaction. */
    handle(name: string, handler: Handler): void {
      handlers.set(name, handler);
    },

    /** Has everyone looked at again, soon and little by little, even if this node ends. */
    async markEveryone(): Promise<void> {
      await readEveryone(knex());
      await atomically(knex(), async (trx) => {
        const state = await lockEveryone(trx, true);
        if (state) await saveEveryone(trx, { ...state, after: '' });
      });
    },

    /** Waits until nobody is marked but those whose handling failed. */
    async settle(): Promise<void> {
      while (!stopping && !(await work())) await sleep(PATIENCE_MS);
    },

    /** Begins to look by itself. */
    start(): void {
      end = every(LOOK_MS, look, (error) => report('changed persons could not be looked at', error));
    },

    async stop(): Promise<void> {
      stopping = true;
      end();
      await turn;
    },
  };
}
