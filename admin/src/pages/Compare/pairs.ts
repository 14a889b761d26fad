import type { ComparePage } from '../../../../server/src/ranking/item/api-types';

export type Compared = ComparePage['items'][number];

/** By how much one item's excess is above another's, with its 95 % interval. */
export interface Pair {
  first: Compared;
  second: Compared;
  value: number;
  low: number;
  high: number;
}

const REACH = 1.959964;

/**
 * Every two items whose excess is known, as if the two were estimated from different people: Var(a − b) = Var(a) + Var(b).
 * Readers of both count in both, which mostly makes the true interval a little narrower.
 */
export function pairsOf(items: Compared[]): Pair[] {
  const known = items.filter(({ item, detail }) => item.excess !== null && detail?.standardError != null);
  return known.flatMap((first, i) =>
    known.slice(i + 1).map((second) => {
      const value = first.item.excess! - second.item.excess!;
      const reach = REACH * Math.hypot(first.detail!.standardError!, second.detail!.standardError!);
      return { first, second, value, low: value - reach, high: value + reach };
    }),
  );
}
