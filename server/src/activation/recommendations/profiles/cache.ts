import type { Loaded, Profile } from './profile';

export interface ProfileCache {
  /**
   * The profile of a key, from memory or loaded; those who ask for one at the same time share the answer.
   *
   * @returns null of those who may not be known
   * @throws what loading throws, and {@link TooMany} when too many wait
   */
  get(key: string, load: () => Promise<Loaded>): Promise<Profile | null>;
  /** Forgets what is kept under some keys, so that the next to ask gets it anew. */
  dropKeys(keys: Iterable<string>): void;
  /** The same by persons, also of what is being loaded now. */
  dropPersons(personIds: Iterable<string>): void;
  clear(): void;
  size(): number;
}

/** More profiles are asked for than the database gives. */
export class TooMany extends Error {
  override name = 'TooMany';
}

interface Entry {
  loaded: Promise<Loaded>;
  until: number;
  /** Null while it is loaded, and of a browser that is nobody's. */
  personId: string | null;
}

interface Limits {
  /** Profiles kept, a few kB each. */
  capacity: number;
  /** How long a profile is believed without news: what other nodes store is not heard here. */
  maxAgeMs: number;
  /** Loaded at a time, each by up to four questions at once; further ones wait for their turn. */
  atOnce: number;
  mostWaiting: number;
}

const LIMITS: Limits = { capacity: 10_000, maxAgeMs: 30_000, atOnce: 3, mostWaiting: 500 };

/** Profiles in memory: bounded, the least recently asked for go first. */
export function profileCache(limits: Partial<Limits> = {}): ProfileCache {
  const { capacity, maxAgeMs, atOnce, mostWaiting } = { ...LIMITS, ...limits };
  const entries = new Map<string, Entry>();
  const keysOf = new Map<string, Set<string>>();
  /** What is being loaded, and of whom something changed meanwhile. */
  const underWay = new Map<Entry, Set<string>>();
  const turns: (() => void)[] = [];
  let loading = 0;

  function forget(key: string): void {
    const entry = entries.get(key);
    if (!entry) return;
    entries.delete(key);
    if (entry.personId === null) return;
    const keys = keysOf.get(entry.personId);
    keys?.delete(key);
    if (keys?.size === 0) keysOf.delete(entry.personId);
  }

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (loading >= atOnce) {
      if (turns.length >= mostWaiting) throw new TooMany('too many profiles are asked for at once');
      await new Promise<void>((resolve) => turns.push(resolve));
    } else loading += 1;
    try {
      return await work();
    } finally {
      // Whoever waits takes over this turn.
      const next = turns.shift();
      if (next) next();
      else loading -= 1;
    }
  }

  function settle(key: string, entry: Entry, personId: string | null): void {
    const changed = underWay.get(entry);
    underWay.delete(entry);
    if (entries.get(key) !== entry || personId === null) return;
    if (changed?.has(personId)) {
      forget(key);
      return;
    }
    entry.personId = personId;
    keysOf.set(personId, (keysOf.get(personId) ?? new Set()).add(key));
  }

  function begin(key: string, load: () => Promise<Loaded>): Entry {
    const entry: Entry = { loaded: inTurn(load), until: Date.now() + maxAgeMs, personId: null };
    entries.set(key, entry);
    underWay.set(entry, new Set());
    entry.loaded.then(
      ({ personId }) => settle(key, entry, personId),
      () => {
        underWay.delete(entry);
        if (entries.get(key) === entry) forget(key);
      },
    );
    if (entries.size > capacity) forget(entries.keys().next().value!);
    return entry;
  }

  return {
    async get(key, load) {
      let entry = entries.get(key);
      if (entry && entry.until > Date.now()) {
        // The latest asked for stands last.
        entries.delete(key);
        entries.set(key, entry);
      } else {
        forget(key);
        entry = begin(key, load);
      }
      return (await entry.loaded).profile;
    },
    dropKeys(keys) {
      for (const key of keys) forget(key);
    },
    dropPersons(personIds) {
      const dropped = [...personIds];
      for (const personId of dropped) for (const key of keysOf.get(personId) ?? []) forget(key);
      for (const changed of underWay.values()) for (const personId of dropped) changed.add(personId);
    },
    clear() {
      entries.clear();
      keysOf.clear();
    },
    size: () => entries.size,
  };
}
