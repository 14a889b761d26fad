import { activityOf } from '../../clv/models/activity';
import { calibrationByFrequency, calibrationByPrediction } from '../../clv/models/calibration';
import { type Candidate, needsGaps } from '../../clv/models/choose';
import { customerValues } from '../../clv/models/customer-value';
import { evaluator } from '../../clv/models/evaluate';
import type { Forecast } from '../../clv/models/forecast';
import { dayName } from '../../clv/models/local-days';
import { askEach, mergedHistories } from '../../clv/models/predict';
import type { Holdout, Rfm } from '../../clv/models/rfm';
import { track } from '../../clv/models/tracking';
import type { TransactionModel } from '../../clv/models/types';
import { accuracy, heuristicPart } from './judged';

/** How the model, and what stands beside it, did after the split. */
export function holdoutPart({ check, model, spend }: Forecast, models: readonly TransactionModel[]) {
  if (!check?.seen.holdout) return null;
  const { seen, choice } = check;
  const holdout = check.seen.holdout;
  const candidate = choice.candidates.find(({ name, evaluation }) => name === model && evaluation);
  const predicted = (candidate ?? choice.heuristics.find(({ name }) => name === model))?.predicted ?? null;
  const evaluation = predicted && evaluator(holdout.orders)(predicted);
  const worth = predicted && evaluator(holdout.value)(customerValues(predicted, spend.expected));
  return {
    periods: holdout.periods,
    actual: holdout.orders.reduce((sum, orders) => sum + orders, 0),
    ...accuracy(evaluation),
    heuristics: choice.heuristics.map(heuristicPart),
    intervals: evaluation?.intervals ?? null,
    value: {
      // Cents that were added as fractions.
      actual: Number(holdout.value.reduce((sum, value) => sum + value, 0).toPrecision(12)),
      ...accuracy(worth),
      intervals: worth?.intervals ?? null,
    },
    calibration: predicted && calibrationByPrediction(predicted, holdout.orders),
    calibrationByFrequency: predicted && calibrationByFrequency(seen.frequency, predicted, holdout.orders),
    ...coursePart(
      seen,
      holdout,
      candidate,
      models.find(({ name }) => name === model),
    ),
  };
}

/** What only a model says: who still is a customer, and how many orders everyone makes over time. */
function coursePart(
  seen: Rfm,
  { orders, periods }: Holdout,
  candidate?: Candidate,
  model?: TransactionModel,
) {
  if (!candidate || !model) return { activity: null, tracking: null };
  const { parameters } = candidate.fit;
  const merged = mergedHistories(seen, needsGaps(model.name));
  const pAlive = askEach(merged, (h) => model.pAlive(parameters, h));
  const pActive = askEach(merged, (h) => model.pActive(parameters, h, periods));
  const tracking = track(seen, (t) => model.expectedOfNew(parameters, t));
  return {
    activity: activityOf(pAlive, pActive, orders),
    tracking: tracking.map(({ end, ...period }) => ({ ...period, end: dayName(end) })),
  };
}
