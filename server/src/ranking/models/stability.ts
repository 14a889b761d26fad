export interface TopOverlap {
  /** Items that both have among their first. */
  shared: number;
  /** Of how many: k, or the length of the shorter ranking. */
  of: number;
}

/**
 * How many items two rankings share among their first k.
 *
 * @param a keys from the first place on, each once; so `b`
 */
export function topOverlap<Key>(a: readonly Key[], b: readonly Key[], k = 10): TopOverlap {
  const of = Math.min(k, a.length, b.length);
  const first = new Set(a.slice(0, of));
  const shared = b.slice(0, of).filter((key) => first.has(key)).length;
  return { shared, of };
}

/**
 * How many items two rankings in random order share among their first k on average: k² / items, the mean of the
 * hypergeometric distribution.
 *
 * @param items in either ranking, the same ones
 */
export function overlapByChance(items: number, k = 10): number {
  const of = Math.min(k, items);
  return items === 0 ? 0 : (of * of) / items;
}
