import type { ModelReport, ModelRow } from '../api-types';
import { MODELS } from '../engine/buying';
import { calibrationByPrediction } from '../models/calibration';
import type { Choice } from '../models/choose';
import type { Evaluation } from '../models/evaluate';
import { dayName } from '../models/local-days';
import type { Rfm } from '../models/rfm';
import { track } from '../models/tracking';
import type { FittedBuying } from './fit-buying';
import type { FittedContent } from './fit-content';
import type { FittedSubscription } from './fit-subscription';
import { modelFit } from './model-fit';

/** Points of the tracking curve. */
const MOST_POINTS = 200;

/** What the Model page shows. `customers` are those the models were fitted to. */
export function modelReport(
  { buying, spend, check, fits, reason }: FittedBuying,
  subscription: FittedSubscription,
  content: FittedContent,
  customers: number,
): ModelReport {
  const chosen = buying && ('model' in buying ? buying.model : buying.rule);
  return {
    split: check && splitOf(check.seen),
    chosen,
    reason,
    holdout: check ? rowsOf(check.choice) : [],
    fits: fits.map(({ name, fit }) => modelFit(name, customers, fit)),
    monetary: spend?.fit
      ? {
          ...modelFit('gamma-gamma', spend.customers, spend.fit),
          problem: spend.problem ?? spend.fit.problem,
        }
      : null,
    subscription: subscription.fit,
    calibration: check ? calibrationOf(check, chosen) : [],
    tracking: check ? trackingOf(check, chosen) : [],
    content: { customers: content.customers.report, prospects: content.prospects.report },
  };
}

/** Signals of content items by the items' titles, for people to read. @param titles by the ids of items */
export function withTitles(report: ModelReport, titles: ReadonlyMap<string, string>): ModelReport {
  const titled = (comparison: ModelReport['content']['customers']) =>
    'notEnough' in comparison
      ? comparison
      : {
          ...comparison,
          signals: comparison.signals.map((signal) =>
            signal.group === 'item' && signal.name !== null
              ? { ...signal, name: titles.get(signal.name) ?? signal.name }
              : signal,
          ),
        };
  const { customers, prospects } = report.content;
  return { ...report, content: { customers: titled(customers), prospects: titled(prospects) } };
}

function splitOf({ until, holdout, births, origin, customer }: Rfm): ModelReport['split'] {
  return {
    calibrationEnd: dayName(until),
    holdoutEnd: dayName(origin + births.length - 1),
    customers: customer.length,
    actual: holdout!.orders.reduce((sum, orders) => sum + orders, 0),
  };
}

const rowOf = (name: string, heuristic: boolean, evaluation: Evaluation): ModelRow => {
  const { predicted, bias, mae, rmse, gini, topDecileShare } = evaluation;
  return { name, heuristic, predicted, bias, mae, rmse, gini, topDecileShare };
};

function rowsOf({ candidates, heuristics }: Choice): ModelRow[] {
  return [
    ...candidates.flatMap(({ name, evaluation }) => (evaluation ? rowOf(name, false, evaluation) : [])),
    ...heuristics.map(({ name, evaluation }) => rowOf(name, true, evaluation)),
  ];
}

/** What the one in use predicted for the holdout, from the calibration alone. */
function predictedBy({ candidates, heuristics }: Choice, chosen: string | null): Float64Array | undefined {
  return [...candidates, ...heuristics].find(({ name }) => name === chosen)?.predicted;
}

function calibrationOf({ seen, choice }: NonNullable<FittedBuying['check']>, chosen: string | null) {
  const predicted = predictedBy(choice, chosen);
  if (!predicted) return [];
  return calibrationByPrediction(predicted, seen.holdout!.orders).map(({ predicted, actual, customers }) => ({
    predicted,
    actual,
    customers,
  }));
}

function trackingOf({ seen, choice }: NonNullable<FittedBuying['check']>, chosen: string | null) {
  const candidate = choice.candidates.find(({ name, evaluation }) => name === chosen && evaluation);
  if (!candidate) return [];
  const { parameters } = candidate.fit;
  const periods = track(seen, (time) => MODELS[candidate.name].expectedOfNew(parameters, time));
  const every = Math.ceil(periods.length / MOST_POINTS);
  return periods
    .filter((_, i) => (i + 1) % every === 0 || i === periods.length - 1)
    .map(({ period, cumulativeActual, cumulativePredicted, holdout }) => ({
      period,
      actual: cumulativeActual,
      predicted: cumulativePredicted,
      holdout,
    }));
}
