import type { Evaluate, Evaluation } from './evaluate';
import type { Excess } from './excess';
import { askEach, type MergedHistories } from './predict';
import type { Holdout } from './rfm';
import type { Fit, TransactionModel, TransactionModelName } from './types';

/** A model fitted on the observation and held against the holdout. */
export interface Candidate {
  name: TransactionModelName;
  fit: Fit;
  /** Why its parameters are not to be relied on, or it is no candidate of its own; null when all is well. */
  problem: string | null;
  /**
   * Whether its predictions can be used: the fit converged and they are numbers. That may be without identified parameters,
   * when the data fit a limit of the model, as one in which all customers leave at the same rate.
   */
  predicts: boolean;
  /** Expected orders of each customer in the holdout. */
  predicted: Float64Array;
  /** How good they were, without intervals (`evaluator` gives them); null when they are not numbers. */
  evaluation: Evaluation | null;
  /** Against the model with the lowest RMSE among those that can be chosen; null for the others. */
  excess: Excess | null;
}

/** Whether a model needs to know the times between orders. */
export const needsGaps = (name: TransactionModelName): boolean => name.endsWith('cnbd-k');

/** Fits a model on the observation and holds it against the holdout. */
export function candidateOf(
  model: TransactionModel,
  merged: MergedHistories,
  { periods }: Holdout,
  evaluate: Evaluate,
): Candidate {
  const fit = model.fit(merged.unique);
  const predicted = askEach(merged, (h) => model.expectedPurchases(fit.parameters, h, periods));
  const sound = predicted.every(Number.isFinite);
  return {
    name: model.name,
    fit,
    problem: problemOf(model.name, fit, sound),
    predicts: fit.converged && sound,
    predicted,
    evaluation: sound ? evaluate(predicted, false) : null,
    excess: null,
  };
}

/** A regular model whose orders turned out to come at random is no candidate beside the one without k. */
export const isWithoutK = ({ name, fit }: Pick<Candidate, 'name' | 'fit'>): boolean =>
  needsGaps(name) && fit.parameters.k === 1;

function problemOf(name: TransactionModelName, fit: Fit, sound: boolean): string | null {
  if (!fit.converged || !fit.identified) return fit.problem ?? 'The fit cannot be used.';
  if (!sound) return 'Its predictions are not all finite.';
  if (isWithoutK({ name, fit })) return 'Orders come at random (k = 1): it is the model without k.';
  return null;
}
