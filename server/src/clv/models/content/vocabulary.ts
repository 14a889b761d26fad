import type { Past } from './past';

/** Which things features tell apart. Learned from the past alone; plain data, kept with the model. */
export interface Vocabulary {
  types: string[];
  topics: string[];
  items: string[];
  channels: string[];
}

/** Fewer people than this say too little of a thing to give it a coefficient of its own. */
export const READERS_NEEDED = 30;
const MOST = { types: 12, topics: 40, items: 150, channels: 12 };

/** Takes the types, topics, items and channels with enough people, the most read first. Ties go by name. */
export function learnVocabulary(pasts: readonly Past[]): Vocabulary {
  const readers = { types: new Tally(), topics: new Tally(), items: new Tally(), channels: new Tally() };
  for (const past of pasts) {
    const channel = past.touches[0]?.channel;
    if (channel) readers.channels.add(channel);
    const seen = new Set(past.touches.map(({ item }) => item));
    for (const id of new Set(Array.from(seen, ({ id }) => id))) readers.items.add(id);
    for (const type of new Set(Array.from(seen, ({ type }) => type))) if (type) readers.types.add(type);
    for (const topic of new Set(Array.from(seen).flatMap(({ topics }) => topics))) readers.topics.add(topic);
  }
  return {
    types: readers.types.largest(MOST.types),
    topics: readers.topics.largest(MOST.topics),
    items: readers.items.largest(MOST.items),
    channels: readers.channels.largest(MOST.channels),
  };
}

class Tally {
  readonly #counts = new Map<string, number>();

  add(key: string): void {
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  largest(most: number): string[] {
    return [...this.#counts]
      .filter(([, count]) => count >= READERS_NEEDED)
      .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
      .slice(0, most)
      .map(([key]) => key);
  }
}
