import type { Forecast } from '../../clv/models/forecast';
import { dayName } from '../../clv/models/local-days';
import type { TransactionModel } from '../../clv/models/types';
import type { ContentPart } from './content';
import { finite, orNull } from './figures';
import { holdoutPart } from './holdout';
import { candidatePart, heuristicPart } from './judged';

/** What the result is about. */
export interface Setting {
  currency: string;
  value: 'revenue' | 'margin';
  timezone: string;
  discountRate: number;
  /** Last day of the calibration, if one was asked for. */
  split?: string;
  end: string;
  models: readonly TransactionModel[];
}

/** The JSON document; other programs rely on the names down to `seconds`. */
export function fitDocument(
  forecast: Forecast,
  setting: Setting,
  seconds: number,
  content: ContentPart | null = null,
) {
  return {
    ...modelPart(forecast),
    monetary: monetaryPart(forecast),
    holdout: setting.split ? holdoutPart(forecast, setting.models) : null,
    seconds: Number(seconds.toFixed(3)),
    ...settingPart(forecast, setting),
    expected: expectedPart(forecast),
    choice: setting.models.length > 1 ? choicePart(forecast) : null,
    content,
  };
}

export type FitDocument = ReturnType<typeof fitDocument>;

function modelPart({ model, seen, fit, problem }: Forecast) {
  return {
    model,
    unit: seen.unit,
    customers: seen.customer.length,
    repeatCustomers: seen.frequency.reduce((n, x) => n + (x > 0 ? 1 : 0), 0),
    parameters: fit && finite(fit.parameters),
    standardErrors: fit?.standardErrors ? finite(fit.standardErrors) : null,
    logLikelihood: orNull(fit?.logLikelihood),
    converged: fit?.converged ?? false,
    identified: fit?.identified ?? false,
    problem,
  };
}

function monetaryPart({ spend }: Forecast) {
  const { kind, fit, customers, correlation, realised, problem } = spend;
  return {
    parameters: fit && finite(fit.parameters),
    standardErrors: fit?.standardErrors ? finite(fit.standardErrors) : null,
    logLikelihood: orNull(fit?.logLikelihood),
    customers,
    kind,
    converged: fit?.converged ?? false,
    identified: fit?.identified ?? false,
    correlation,
    realised,
    problem,
  };
}

/** Why this model: what was compared, on which days. */
function choicePart({ check }: Forecast) {
  if (!check?.seen.holdout) return null;
  const { seen, choice } = check;
  return {
    reason: choice.reason,
    calibrationEnd: dayName(seen.until),
    periods: check.seen.holdout.periods,
    customers: seen.customer.length,
    candidates: choice.candidates.map(candidatePart),
    heuristics: choice.heuristics.map(heuristicPart),
  };
}

function settingPart({ seen, horizon }: Forecast, setting: Setting) {
  return {
    currency: setting.currency,
    value: setting.value,
    timezone: setting.timezone,
    observedFrom: dayName(seen.origin),
    observedUntil: dayName(seen.until),
    end: setting.end,
    horizon,
    discountRate: setting.discountRate,
    leftOut: seen.left,
  };
}

/** Sums over all customers of what the predictions say. */
function expectedPart({ predictions }: Forecast) {
  if (!predictions) return null;
  const sum = (column: Float64Array) => orNull(column.reduce((total, value) => total + value, 0));
  return {
    purchases: sum(predictions.expectedPurchases),
    clv: sum(predictions.clv),
    alive: predictions.pAlive && sum(predictions.pAlive),
  };
}
