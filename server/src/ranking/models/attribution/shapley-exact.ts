import type { ItemSets } from './item-sets';

/** What a coalition earns per path: conversions and value over conversions and nulls of the paths it can go alone. */
export interface ShapleyValues {
  /** By player; together the rate of all paths. */
  conversions: Float64Array;
  value: Float64Array;
}

/** Tables of 2²⁰ coalitions take 8 MB each. */
export const MOST_ENUMERATED = 20;

/**
 * Shapley values by enumeration of all coalitions. The sums over subsets come from one pass per player over the table of
 * coalitions (the zeta transform), and each player's value from one more (L. Shapley, "A value for n-person games", 1953).
 *
 * @param sets of at most MOST_ENUMERATED players
 */
export function shapleyExact(sets: ItemSets): ShapleyValues {
  const n = sets.players.length;
  const conversions = new Float64Array(2 ** n);
  const value = new Float64Array(2 ** n);
  const paths = new Float64Array(2 ** n);
  for (let s = 0; s + 1 < sets.start.length; s++) {
    let coalition = 0;
    for (let m = sets.start[s]!; m < sets.start[s + 1]!; m++) coalition |= 1 << sets.member[m]!;
    conversions[coalition]! += sets.conversions[s]!;
    value[coalition]! += sets.value[s]!;
    paths[coalition]! += sets.conversions[s]! + sets.nulls[s]!;
  }
  for (const table of [conversions, value, paths]) sumOverSubsets(table, n);
  for (let coalition = 0; coalition < paths.length; coalition++) {
    const many = paths[coalition]!;
    conversions[coalition] = many > 0 ? conversions[coalition]! / many : 0;
    value[coalition] = many > 0 ? value[coalition]! / many : 0;
  }
  return { conversions: valuesOf(conversions, n), value: valuesOf(value, n) };
}

/** Makes each entry the sum of those of its subsets. */
function sumOverSubsets(table: Float64Array, n: number): void {
  for (let player = 0; player < n; player++) {
    const bit = 1 << player;
    for (let coalition = 0; coalition < table.length; coalition++) {
      if (coalition & bit) table[coalition]! += table[coalition ^ bit]!;
    }
  }
}

/** The mean of what a player adds, over all orders in which the players can come. */
function valuesOf(worth: Float64Array, n: number): Float64Array {
  const weightOf = coalitionWeights(n);
  const sizeOf = new Uint8Array(worth.length);
  for (let coalition = 1; coalition < worth.length; coalition++) {
    sizeOf[coalition] = sizeOf[coalition >> 1]! + (coalition & 1);
  }
  const values = new Float64Array(n);
  for (let player = 0; player < n; player++) {
    const bit = 1 << player;
    let sum = 0;
    for (let coalition = 0; coalition < worth.length; coalition++) {
      if (coalition & bit) continue;
      sum += weightOf[sizeOf[coalition]!]! * (worth[coalition | bit]! - worth[coalition]!);
    }
    values[player] = sum;
  }
  return values;
}

/** s! (n − 1 − s)! / n! for coalitions of s others. */
function coalitionWeights(n: number): Float64Array {
  const weights = new Float64Array(n);
  weights[0] = 1 / n;
  for (let s = 1; s < n; s++) weights[s] = (weights[s - 1]! * s) / (n - s);
  return weights;
}
