import type { Candidate, HeuristicCandidate } from '../../clv/models/choose';
import type { Accuracy } from '../../clv/models/evaluate';
import { finite, orNull } from './figures';

/** How good predictions were; all null when there were none. */
export function accuracy(evaluation: Accuracy | null) {
  return {
    predicted: evaluation?.predicted ?? null,
    bias: evaluation?.bias ?? null,
    mae: evaluation?.mae ?? null,
    rmse: evaluation?.rmse ?? null,
    msle: evaluation?.msle ?? null,
    gini: evaluation?.gini ?? null,
    topDecileShare: evaluation?.topDecileShare ?? null,
    topFifthShare: evaluation?.topFifthShare ?? null,
  };
}

export function heuristicPart({ name, rule, evaluation, excess }: HeuristicCandidate) {
  return { name, rule, ...accuracy(evaluation), excessSquaredError: excess };
}

export function candidatePart({ name, fit, problem, evaluation, excess }: Candidate) {
  return {
    name,
    parameters: finite(fit.parameters),
    logLikelihood: orNull(fit.logLikelihood),
    converged: fit.converged,
    identified: fit.identified,
    problem,
    ...accuracy(evaluation),
    excessSquaredError: excess,
  };
}
