import type { Path, Touch } from '../models/attribution';

/** A touch of a person whose journey ended without an order: when they last touched an item. */
export type LastTouch = Pick<Touch, 'content' | 'at'>;

/**
 * The journeys of a report as paths, for the models that need all of them at once. A path has each item once, at the place
 * where it was touched last: so journeys that ended with an order and those that did not are told alike from when each
 * item was last touched, and reading a page again is no step of its own.
 */
export class JourneyPaths {
  readonly #paths = new Map<string, Path>();

  /** A journey that ended with an order; its items as `itemsByLast` gives them. */
  addOrder(items: number[], value: number): void {
    const path = this.#pathOf(items);
    path.conversions += 1;
    path.value += value;
  }

  /** Journeys that ended without one, `count` of them alike; touches in any order. */
  addNull(lastTouches: LastTouch[], count: number): void {
    lastTouches.sort((a, b) => a.at - b.at || a.content - b.content);
    this.#pathOf(lastTouches.map(({ content }) => content)).nulls += count;
  }

  list(): Path[] {
    return [...this.#paths.values()];
  }

  #pathOf(items: number[]): Path {
    const key = items.join();
    let path = this.#paths.get(key);
    if (!path) {
      path = { items, conversions: 0, value: 0, nulls: 0 };
      this.#paths.set(key, path);
    }
    return path;
  }
}

/** The different items of touches, first to last, each where it was touched last. */
export function itemsByLast(touches: readonly { content: number }[]): number[] {
  const seen = new Set<number>();
  for (let i = touches.length - 1; i >= 0; i--) seen.add(touches[i]!.content);
  return [...seen].reverse();
}

/** Paths in which the items touched least are one, and which items stand for themselves. */
export interface LimitedPaths {
  paths: Path[];
  /** Items by their number in the paths; that of the others comes after them. */
  items: number[];
  /** How many items are in the last number together; 0 when there is no such number. */
  others: number;
}

/**
 * Keeps the items that are on the most paths, up to a number, and makes one of all others: what a data-driven model costs
 * grows fast with the number of items, and it has little to say of those on few paths.
 */
export function withOthers(paths: readonly Path[], most: number): LimitedPaths {
  const onPaths = new Map<number, number>();
  for (const { items, conversions, nulls } of paths) {
    for (const item of items) onPaths.set(item, (onPaths.get(item) ?? 0) + conversions + nulls);
  }
  const ranked = [...onPaths].sort(([a, countOfA], [b, countOfB]) => countOfB - countOfA || a - b);
  const items = ranked
    .slice(0, most)
    .map(([item]) => item)
    .sort((a, b) => a - b);
  const numberOf = new Map(items.map((item, number) => [item, number]));
  const other = items.length;
  const limited = new Map<string, Path>();
  for (const { items: whole, conversions, value, nulls } of paths) {
    const numbers = itemsByLast(whole.map((item) => ({ content: numberOf.get(item) ?? other })));
    const key = numbers.join();
    const path = limited.get(key) ?? { items: numbers, conversions: 0, value: 0, nulls: 0 };
    path.conversions += conversions;
    path.value += value;
    path.nulls += nulls;
    limited.set(key, path);
  }
  return { paths: [...limited.values()], items, others: ranked.length - items.length };
}
