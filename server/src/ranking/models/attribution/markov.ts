import { backwardChain } from './backward-chain';
import { passing } from './passing';
import { checkPaths, itemCount, type Path, type PathCredits, totalsOf } from './paths';

export const HIGHEST_ORDER = 4;

export interface MarkovOptions {
  /** How many of the last items the next step depends on, 1 to 4; 1 unless told. */
  order?: number;
  /** Whether paths that did not convert count as steps to "null"; they do unless told. */
  nulls?: boolean;
}

export interface MarkovCredits extends PathCredits {
  /** By item: the share of the chain's conversions that is lost without it; absent when nothing converted. */
  removalEffect?: Float64Array;
  /** The chance that a path of the chain converts; null when there are no paths that count. */
  conversionRate: number | null;
}

/**
 * Attribution by the removal effect in a Markov chain of journeys (E. Anderl, I. Becker, F. von Wangenheim and J. Schumann,
 * "Mapping the customer journey", International Journal of Research in Marketing 33, 2016), solved exactly, not simulated.
 *
 * - States are the last `order` items of a path, fewer near its start; items touched twice in a row stay twice.
 * - Removing an item sends every step to it to "null". What is lost of the conversions is the share of converting walks
 *   that pass the item, whatever the order: no state with the item in it is reached but through the touch of the item.
 * - Conversions are credited in proportion to the removal effects. The value is credited in proportion to the share of
 *   the *value* that is lost, a conversion being worth the mean of those after the same state. Where some path has a
 *   negative value these shares may be of any size, and the value follows the conversions.
 * - The rate of the chain needs no solving. In each state as many paths come in as go out, so the chain converts as
 *   often as the paths did: conversions / (conversions + nulls). Without null paths it is 1.
 *
 * The removal effects tell of all paths together: they must not be spread over single ones.
 *
 * @throws RangeError on an order that is none of 1 to 4, and on paths that `checkPaths` refuses
 */
export function creditByMarkov(
  paths: readonly Path[],
  { order = 1, nulls = true }: MarkovOptions = {},
): MarkovCredits {
  checkPaths(paths);
  if (!Number.isInteger(order) || order < 1 || order > HIGHEST_ORDER) {
    throw new RangeError(`the order must be a whole number from 1 to ${HIGHEST_ORDER}, not ${order}`);
  }
  const totals = totalsOf(paths);
  const ended = totals.conversions + (nulls ? totals.nulls : 0);
  const conversionRate = ended > 0 ? totals.conversions / ended : null;
  if (totals.conversions === 0) {
    const items = itemCount(paths);
    return { conversions: new Float64Array(items), value: new Float64Array(items), conversionRate };
  }
  const chain = backwardChain(paths, order, nulls);
  const lost = passing(paths.some(({ value }) => value < 0) ? { ...chain, value: chain.conversions } : chain);
  return {
    conversions: inProportion(totals.conversions, lost.conversions),
    value: inProportion(totals.value, lost.value),
    removalEffect: lost.conversions,
    conversionRate,
  };
}

function inProportion(total: number, shares: Float64Array): Float64Array {
  const sum = shares.reduce((all, share) => all + share, 0);
  return shares.map((share) => (sum > 0 ? (total * share) / sum : 0));
}
