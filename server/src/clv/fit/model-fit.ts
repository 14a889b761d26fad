import type { ModelFit } from '../api-types';
import type { Fit } from '../models/types';

/** A fit as screens show it. */
export function modelFit(model: string, customers: number, fit: Fit): ModelFit {
  return {
    model,
    customers,
    parameters: Object.entries(fit.parameters).map(([name, value]) => ({
      name,
      value,
      standardError: fit.standardErrors?.[name] ?? null,
    })),
    logLikelihood: Number.isFinite(fit.logLikelihood) ? fit.logLikelihood : null,
    converged: fit.converged,
    identified: fit.identified,
    problem: fit.problem,
  };
}
