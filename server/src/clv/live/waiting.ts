import type { News } from '../../storage/news';

const KINDS = ['customerIds', 'visitorKeys', 'personIds'] as const;

/** Of whom something new was stored, each once, in the order of arrival; bounded. */
export interface Waiting {
  add(news: News): void;
  /** The next ones, at most `count`; null when nobody waits. */
  take(count: number): News | null;
  size(): number;
  /** Identifiers that found no room; the next run brings those persons up to date. */
  dropped(): number;
}

/** @param capacity identifiers kept in memory */
export function waiting(capacity: number): Waiting {
  const keys = new Set<string>();
  let dropped = 0;

  return {
    add(news) {
      for (const [kind, name] of KINDS.entries()) {
        for (const key of news[name] ?? []) {
          const entry = `${kind}${key}`;
          if (keys.size < capacity) keys.add(entry);
          else if (!keys.has(entry)) dropped += 1;
        }
      }
    },
    take(count) {
      if (keys.size === 0) return null;
      const news: Required<News> = { customerIds: [], visitorKeys: [], personIds: [] };
      for (const entry of keys) {
        news[KINDS[Number(entry[0])]!].push(entry.slice(1));
        keys.delete(entry);
        if (--count === 0) break;
      }
      return news;
    },
    size: () => keys.size,
    dropped: () => dropped,
  };
}
