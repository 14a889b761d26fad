const FIRST_MS = 5_000;
const LONGEST_MS = 600_000;

/** Persons whose handling failed: each is tried again alone, later and later, so that nobody waits for them. */
export interface SetAside {
  has(personId: string): boolean;
  isDue(personId: string, now: number): boolean;
  /** @returns whether it failed for the first time */
  add(personId: string, now: number): boolean;
  delete(personId: string): void;
  /** Forgets those who are not marked any more, such as those with whom another node had more luck. */
  keepOnly(marked: ReadonlySet<string>): void;
}

export function setAside(): SetAside {
  const waiting = new Map<string, { failures: number; until: number }>();
  return {
    has: (personId) => waiting.has(personId),
    isDue: (personId, now) => (waiting.get(personId)?.until ?? 0) <= now,
    add(personId, now) {
      const failures = (waiting.get(personId)?.failures ?? 0) + 1;
      const pause = Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1));
      waiting.set(personId, { failures, until: now + pause });
      return failures === 1;
    },
    delete: (personId) => void waiting.delete(personId),
    keepOnly(marked) {
      for (const personId of waiting.keys()) if (!marked.has(personId)) waiting.delete(personId);
    },
  };
}
