import { type Candidate, candidateOf, isWithoutK, needsGaps } from './candidate';
import { type Evaluation, evaluator } from './evaluate';
import { type Excess, excessOf } from './excess';
import { type Heuristic, type HeuristicName, heuristics } from './heuristics';
import { mergedHistories } from './predict';
import type { Holdout, Rfm } from './rfm';
import type { TransactionModel, TransactionModelName } from './types';

export { type Candidate, needsGaps } from './candidate';

/** Fewer customers with a repeat order than this, and there is nothing to fit. */
export const REPEATERS_NEEDED = 30;

export interface HeuristicCandidate extends Heuristic {
  /** Without intervals. */
  evaluation: Evaluation;
  /** Its squared error less that of the chosen model; null without one. */
  excess: Excess | null;
}

export interface Choice {
  model: TransactionModelName | null;
  /** What to go by where no model can be chosen. */
  fallback: HeuristicName | null;
  /** Why that one, in English. */
  reason: string;
  candidates: Candidate[];
  heuristics: HeuristicCandidate[];
}

/**
 * Which to prefer among models that the holdout cannot tell apart: fewer parameters first; then those in which a customer
 * may leave at any moment, then after any order, then only after a repeat order, which makes P(alive) of one-time buyers 1.
 */
export const SIMPLEST_FIRST: readonly TransactionModelName[] = [
  'pareto-nbd',
  'mbg-nbd',
  'bg-nbd',
  'mbg-cnbd-k',
  'bg-cnbd-k',
];

/**
 * Fits the models on the observation and chooses one by the holdout. Of those that converged and are identified, the one
 * with the lowest RMSE is best (squared error is least for the one who knows the true means; absolute error favours who
 * predicts nothing). Customers are the same for all, so that errors are compared in pairs: a model whose squared error is
 * within one standard error of the best cannot be told from it, and the first of these in `SIMPLEST_FIRST` is taken (the
 * one-standard-error rule of L. Breiman, J. Friedman, R. Olshen and C. Stone, "Classification and regression trees", 1984).
 * A lucky winner thus does not change the choice.
 *
 * Where no model is identified, those that converged come into question, if they predict better than every plain rule: the
 * data then fit a limit of the model, its parameters tell nothing, and its predictions do. Heuristics are computed always and
 * chosen only when no model can be.
 *
 * @throws RangeError when the histories have no holdout
 */
export function choose(seen: Rfm, models: readonly TransactionModel[]): Choice {
  if (!seen.holdout) throw new RangeError('a choice needs a holdout: the histories have none');
  const holdout = seen.holdout;
  const evaluate = evaluator(holdout.orders);
  const rules = heuristics(seen, holdout.periods).map((rule) => ({
    ...rule,
    evaluation: evaluate(rule.predicted, false),
    excess: null,
  }));
  const repeaters = seen.frequency.reduce((sum, x) => sum + (x > 0 ? 1 : 0), 0);
  if (repeaters < REPEATERS_NEEDED) {
    const lack = `not enough data: ${repeaters} of ${REPEATERS_NEEDED} customers with a repeat order`;
    return withoutModel(rules, holdout, [], lack);
  }

  const plain = mergedHistories(seen);
  const regular = models.some(({ name }) => needsGaps(name)) ? mergedHistories(seen, true) : plain;
  const candidates = models.map((model) =>
    candidateOf(model, needsGaps(model.name) ? regular : plain, holdout, evaluate),
  );
  const lowest = Math.min(...rules.map(({ evaluation }) => evaluation.rmse));
  const ofOwn = inOrder(candidates.filter((candidate) => candidate.predicts && !isWithoutK(candidate)));
  const identified = ofOwn.filter(({ problem }) => !problem);
  const able = identified.length > 0 ? identified : ofOwn.filter((one) => one.evaluation!.rmse < lowest);
  if (able.length === 0) {
    const lack = 'no model has parameters that the data identify, or predicts better than a plain rule';
    return withoutModel(rules, holdout, candidates, lack);
  }
  const { best, chosen } = simplestOfBest(able, holdout.orders);
  for (const candidate of able) {
    candidate.excess = excessOf(candidate.predicted, best.predicted, holdout.orders);
  }
  const compared = rules.map((rule) => ({
    ...rule,
    excess: excessOf(rule.predicted, chosen.predicted, holdout.orders),
  }));
  return {
    model: chosen.name,
    fallback: null,
    reason: reasonOf(best, chosen, able.length, ofOwn.length) + betterRules(compared),
    candidates,
    heuristics: compared,
  };
}

const inOrder = (candidates: Candidate[]): Candidate[] =>
  SIMPLEST_FIRST.flatMap((name) => candidates.find((candidate) => candidate.name === name) ?? []);

interface Predictor {
  predicted: Float64Array;
  evaluation: Evaluation | null;
}

/** The one with the lowest RMSE, and the first that cannot be told from it. */
function simplestOfBest<P extends Predictor>(
  able: readonly P[],
  actual: Float64Array,
): { best: P; chosen: P } {
  const best = able.reduce((a, b) => (b.evaluation!.rmse < a.evaluation!.rmse ? b : a));
  const chosen = able.find((candidate) => {
    const { value, standardError } = excessOf(candidate.predicted, best.predicted, actual);
    return value <= standardError;
  });
  return { best, chosen: chosen ?? best };
}

function withoutModel(
  rules: HeuristicCandidate[],
  { orders }: Holdout,
  candidates: Candidate[],
  lack: string,
): Choice {
  if (orders.length < 2) return { model: null, fallback: null, reason: lack, candidates, heuristics: rules };
  const { chosen } = simplestOfBest(rules, orders);
  return {
    model: null,
    fallback: chosen.name,
    reason: `${lack}; the rule "${chosen.rule}" was closest on the holdout`,
    candidates,
    heuristics: rules,
  };
}

function reasonOf(best: Candidate, chosen: Candidate, able: number, predicting: number): string {
  if (chosen.problem) {
    return `the orders before the holdout identify the parameters of no model; ${chosen.name} is taken for its predictions, which have a lower RMSE on the holdout than every plain rule`;
  }
  if (able === 1)
    return `${chosen.name} is the only model that converged to parameters that the data identify`;
  const ofWhich = able < predicting ? ' of the models whose parameters the data identify' : '';
  const lowest = `${best.name} has the lowest RMSE on the holdout${ofWhich}`;
  if (best === chosen) return `${lowest}, and none that is preferred to it is within one standard error`;
  return `${lowest}, but ${chosen.name} is within one standard error of it and is preferred then`;
}

/** Says so when a plain rule did better than the chosen model, beyond doubt. */
function betterRules(rules: HeuristicCandidate[]): string {
  const better = rules.filter(({ excess }) => excess && excess.value < -2 * excess.standardError);
  const names = better.map(({ name }) => name).join(', ');
  return better.length > 0 ? `; beware: a plain rule had a lower RMSE (${names})` : '';
}
