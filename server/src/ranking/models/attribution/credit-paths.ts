import { creditByMarkov, type MarkovOptions } from './markov';
import type { Path, PathCredits } from './paths';
import { creditByRule } from './rules';
import { creditByShapley, type ShapleyCredits, type ShapleyOptions } from './shapley';

/** Models of aggregated paths, which have neither times nor milestones. */
export const PATH_MODELS = [
  'first',
  'last',
  'linear',
  'position',
  'time-decay',
  'markov',
  'shapley',
] as const;

export type PathModel = (typeof PATH_MODELS)[number];

export interface PathOptions extends MarkovOptions, ShapleyOptions {
  /** Of `time-decay`, in touches; 7 unless told. */
  halfLife?: number;
}

export interface CreditedPaths
  extends PathCredits,
    Partial<Pick<ShapleyCredits, 'method' | 'standardError'>> {
  /** By item, for `markov` when something converted. */
  removalEffect?: Float64Array;
}

/**
 * Credits the conversions and the value of paths to their items. Whatever the model, credits sum to the totals but for
 * rounding, and an item that is on no path has none.
 *
 * @throws RangeError on an option out of bounds, and on paths that `checkPaths` refuses
 */
export function creditPaths(
  paths: readonly Path[],
  model: PathModel,
  options: PathOptions = {},
): CreditedPaths {
  if (model === 'markov') return creditByMarkov(paths, options);
  if (model === 'shapley') return creditByShapley(paths, options);
  return creditByRule(paths, model, options.halfLife);
}
