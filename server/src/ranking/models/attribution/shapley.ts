import { creditByEqualSplit } from './equal-split';
import { itemSets } from './item-sets';
import { checkPaths, itemCount, type Path, type PathCredits, totalsOf } from './paths';
import { MOST_ENUMERATED, shapleyExact } from './shapley-exact';
import { shapleySampled } from './shapley-sampled';

export interface ShapleyOptions {
  /** Whether paths that did not convert count; they do unless told. */
  nulls?: boolean;
  /** Of the estimate for more than MOST_ENUMERATED items: random orders drawn, each used backwards too; at least 2. */
  pairs?: number;
  /** Of the estimate: a whole number. */
  seed?: number;
}

export interface ShapleyCredits extends PathCredits {
  /**
   * How they were found: every coalition (`exact`), random orders of the items (`sampled`), or the formula that needs no
   * enumeration because nothing is known of paths that did not convert (`equal-split`).
   */
  method: 'exact' | 'sampled' | 'equal-split';
  /** By item, for `sampled` only. */
  standardError?: PathCredits;
}

/** Random orders drawn unless told. */
export const PAIRS = 1000;

/**
 * Attribution by Shapley value on conversion *rates*. A coalition of items is worth the conversions per path (converted
 * or not) of the paths that touched none but these items, and 0 without such paths; an item gets what it adds to the
 * coalitions before it, meant over all orders of the items, times the number of all paths, so that the credits sum to the
 * conversions. The value is credited likewise by the value per path. An item that lowers the rate gets less than 0.
 *
 * Worth must be a rate to say anything: with plain counts of conversions the Shapley value is the equal split over the
 * items of each path (`creditByEqualSplit`). So that is what it is without null paths, when none are in the data too,
 * where every rate would be 1.
 *
 * Up to MOST_ENUMERATED items it is exact; beyond, an unbiased estimate from random orders, the same for the same seed,
 * which comes with its standard errors and sums to the total all the same.
 *
 * @throws RangeError on fewer than 2 pairs, a seed that is no whole number, and paths that `checkPaths` refuses
 */
export function creditByShapley(
  paths: readonly Path[],
  { nulls = true, pairs = PAIRS, seed = 1 }: ShapleyOptions = {},
): ShapleyCredits {
  checkPaths(paths);
  if (!Number.isInteger(pairs) || pairs < 2) {
    throw new RangeError(`pairs must be a whole number of at least 2, not ${pairs}`);
  }
  const totals = totalsOf(paths);
  if (!nulls || totals.nulls === 0) return { ...creditByEqualSplit(paths), method: 'equal-split' };
  const sets = itemSets(paths);
  const items = itemCount(paths);
  const many = totals.conversions + totals.nulls;
  const byItem = (values: Float64Array) => {
    const credits = new Float64Array(items);
    for (let player = 0; player < values.length; player++) {
      credits[sets.players[player]!] = many * values[player]!;
    }
    return credits;
  };
  if (sets.players.length <= MOST_ENUMERATED) {
    const { conversions, value } = shapleyExact(sets);
    return { conversions: byItem(conversions), value: byItem(value), method: 'exact' };
  }
  const { conversions, value, conversionsError, valueError } = shapleySampled(sets, { pairs, seed });
  return {
    conversions: byItem(conversions),
    value: byItem(value),
    method: 'sampled',
    standardError: { conversions: byItem(conversionsError), value: byItem(valueError) },
  };
}
