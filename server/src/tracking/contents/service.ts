import { configOf } from '../../config';
import type { Strapi } from '../../room';
import { knexOf } from '../../storage/db';
import { changeMarks, watchChanges, watchLocales } from './changes';
import { type ContentItem, loadItems } from './content-rows';
import { contentRegistry } from './registry';
import { type SyncTools, syncDocuments, syncType } from './sync';
import { type TrackedType, trackedTypes } from './tracked-types';

export type ContentsService = ReturnType<typeof contentsService>;

const KEY = /^([a-z0-9:.-]{5,130})\/([A-Za-z0-9]{1,64})(?:\/([A-Za-z0-9-]{2,16}))?$/i;

/** By how much the clocks of nodes may differ, together with how long one writes. */
const CLOCKS_DIFFER_MS = 60_000;

/**
 * The registry of content items: what may be tracked, known in memory and kept in `clv_contents`, where an item stays
 * after its entry is gone.
 */
export function contentsService({ strapi }: { strapi: Strapi }) {
  let types = new Map<string, TrackedType>();
  let defaultLocale = 'en';
  const registry = contentRegistry(() => defaultLocale);
  const changes = changeMarks();
  const tools: SyncTools = {
    strapi,
    registry,
    get knex() {
      return knexOf(strapi);
    },
  };
  let endings: (() => void)[] = [];

  /** One writer at a time, so that an older state is never written over a newer one. */
  let turn: Promise<unknown> = Promise.resolve();
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  }

  async function syncAll(): Promise<void> {
    defaultLocale = (await strapi.plugin('i18n')?.service('locales').getDefaultLocale()) ?? defaultLocale;
    for (const type of types.values()) await syncType(tools, type);
  }

  async function flushChanges(): Promise<void> {
    const { all, byType } = changes.take();
    try {
      if (all) await syncAll();
      else for (const [uid, ids] of byType) await syncDocuments(tools, types.get(uid)!, ids);
    } catch (error) {
      if (all) changes.markAll();
      for (const [uid, ids] of byType) for (const id of ids) changes.mark(uid, id);
      throw error;
    }
  }

  async function refresh(): Promise<void> {
    let last = 0;
    for (const item of registry.items()) last = Math.max(last, item.updatedAt);
    for (const item of await loadItems(tools.knex, [...types.keys()], last - CLOCKS_DIFFER_MS))
      registry.put(item);
  }

  /** A page that names a locale for a type that has none means the entry all the same. */
  function withoutLocale(key: string): ContentItem | undefined {
    const [, uid, documentId, locale] = KEY.exec(key) ?? [];
    return locale && types.get(uid)?.localized === false ? registry.get(`${uid}/${documentId}`) : undefined;
  }

  const known = (key: string): ContentItem | undefined => registry.get(key) ?? withoutLocale(key);

  return {
    /** An item that is in memory. */
    known,

    /**
     * The item of a key `<uid>/<documentId>[/<locale>]`, or null when no published entry of a tracked type has it. An
     * unknown key is looked up in the database, unless it was just now or too many are.
     */
    async resolve(key: string): Promise<ContentItem | null> {
      const item = known(key);
      if (item) return item;
      const [, uid, documentId] = KEY.exec(key) ?? [];
      const type = types.get(uid);
      if (!type || registry.isMissing(key) || !registry.mayAsk()) return null;
      await inTurn(() => syncDocuments(tools, type, [documentId]));
      const found = known(key) ?? null;
      if (!found) registry.setMissing(key);
      return found;
    },

    /** Brings every tracked entry into `clv_contents`: new ones, changed titles, and those that are gone. */
    sync: () => inTurn(syncAll),

    /** Has the next flush look at every entry, for what was written past the document service. */
    syncSoon: () => changes.markAll(),

    /** Looks again at the documents that changed since the last time. */
    flush: () => inTurn(flushChanges),

    /** Learns the items that other nodes made or changed. */
    refresh: () => inTurn(refresh),

    /** Every item that is known, those that are gone from the site too. */
    items: (): IterableIterator<ContentItem> => registry.items(),

    /** Grows whenever one of them changes. */
    version: (): number => registry.version(),

    /** The locale of entries that a request names none of; as of the last time that all were looked at. */
    defaultLocale: (): string => defaultLocale,

    /** The tracked types, by uid. */
    types: (): ReadonlyMap<string, TrackedType> => types,

    /** How many published items of a type there are. */
    count(uid: string): number {
      let count = 0;
      for (const item of registry.items())
        if (item.uid === uid && item.unpublishedAt === null && item.deletedAt === null) count += 1;
      return count;
    },

    /** @throws when the configuration names types or attributes that the app does not have */
    async start(): Promise<void> {
      types = trackedTypes(strapi, configOf(strapi));
      for (const item of await loadItems(tools.knex, [...types.keys()])) registry.put(item);
      await inTurn(syncAll);
      const paths = [...types.values()].flatMap(({ groups }) => groups.map(({ path }) => path));
      const related = new Set(paths.flatMap((path) => path.related));
      endings = [
        watchChanges(strapi, new Set(types.keys()), related, changes),
        watchLocales(strapi, changes),
      ];
    },

    stop(): void {
      for (const end of endings) end();
      endings = [];
    },
  };
}
