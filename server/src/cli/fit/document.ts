import { calibrationByFrequency, calibrationByPrediction } from '../../clv/models/calibration';
import type { Candidate, HeuristicCandidate } from '../../clv/models/choose';
import type { Evaluation } from '../../clv/models/evaluate';
import type { Forecast } from '../../clv/models/forecast';
import { dayName } from '../../clv/models/local-days';
import { track } from '../../clv/models/tracking';
import type { TransactionModel } from '../../clv/models/types';
import type { ContentPart } from './content';

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

/** How the model, and what stands beside it, did after the split. */
function holdoutPart({ check, model }: Forecast, models: readonly TransactionModel[]) {
  if (!check?.seen.holdout) return null;
  const { seen, choice } = check;
  const holdout = check.seen.holdout;
  const candidate = choice.candidates.find(({ name }) => name === model);
  const rule = choice.heuristics.find(({ name }) => name === model);
  const predicted = candidate?.predicted ?? rule?.predicted;
  const shown = candidate?.evaluation ?? rule?.evaluation ?? null;
  const used = models.find(({ name }) => name === model);
  return {
    periods: holdout.periods,
    actual: holdout.orders.reduce((sum, orders) => sum + orders, 0),
    ...accuracy(shown),
    heuristics: choice.heuristics.map(heuristicPart),
    intervals: shown?.intervals ?? null,
    value: holdout.value.reduce((sum, value) => sum + value, 0),
    activity: candidate?.activity ?? null,
    calibration: predicted && shown ? calibrationByPrediction(predicted, holdout.orders) : null,
    calibrationByFrequency:
      predicted && shown ? calibrationByFrequency(seen.frequency, predicted, holdout.orders) : null,
    tracking:
      used && candidate
        ? track(seen, (t) => used.expectedOfNew(candidate.fit.parameters, t)).map(({ end, ...period }) => ({
            ...period,
            end: dayName(end),
          }))
        : null,
  };
}

function accuracy(evaluation: Evaluation | null) {
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

function heuristicPart({ name, rule, evaluation, excess }: HeuristicCandidate) {
  return { name, rule, ...accuracy(evaluation), excessSquaredError: excess };
}

function candidatePart({ name, fit, problem, evaluation, excess }: Candidate) {
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

const orNull = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? value : null;

const finite = (figures: Record<string, number>): Record<string, number | null> =>
  Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, orNull(value)]));
