/**
 * Attribution models: which item has how much credit for conversions. Pure: numbers in, numbers out.
 *
 * - `creditOrder`: one order and what its customer touched before; whole minor units that sum to its amount.
 * - `creditPaths`: many paths counted together, without times; also the models that need all paths at once.
 * - `totalInMinorUnits`: what such a model credits, as whole minor units of a total.
 */
export * from './credit-order';
export * from './credit-paths';
export { creditByEqualSplit } from './equal-split';
export { checkJourney, type Journey, type Touch, touchesBefore } from './journey';
export { creditByMarkov, HIGHEST_ORDER, type MarkovCredits, type MarkovOptions } from './markov';
export { inMinorUnits, totalInMinorUnits } from './minor-units';
export { checkPaths, type Path, type PathCredits, type PathTotals, totalsOf } from './paths';
export { creditByRule, type PlaceModel } from './rules';
export { creditByShapley, PAIRS, type ShapleyCredits, type ShapleyOptions } from './shapley';
export { MOST_ENUMERATED } from './shapley-exact';
export { HALF_LIFE, timeDecayWeights } from './time-decay';
