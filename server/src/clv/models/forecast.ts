import { type Choice, choose, needsGaps, REPEATERS_NEEDED } from './choose';
import { customerValues, fitSpend, type SpendModel } from './customer-value';
import { type HeuristicName, heuristics } from './heuristics';
import type { OrderDays } from './order-days';
import { type MergedHistories, mergedHistories, type Predictions, predict } from './predict';
import { type Rfm, rfm } from './rfm';
import type { Discount, Fit, TransactionModel, TransactionModelName } from './types';
import { DAYS_PER, ratePerUnit, type TimeUnit, unitsPerYear } from './units';

export interface ForecastOptions {
  /** The models that may be chosen; one alone is not chosen but given. */
  models: readonly TransactionModel[];
  unit: TimeUnit;
  /** Last day of the data; a day number. */
  end: number;
  /** Last day of the calibration. With it, everything is said as of that day, and the rest is held out. */
  split?: number;
  /** How far to look, in units; as long as the holdout unless told, or a year without one. */
  horizon?: number;
  /** Yearly discount rate: 0.1 when 110 in a year are worth 100 today. */
  yearlyRate: number;
  minorUnits: number;
}

/** What customers are expected to do after the observation, and how well that could be told before. */
export interface Forecast {
  /** Everyone as of the end of the observation. */
  seen: Rfm;
  horizon: number;
  /** The model in use, or the rule in its place; null when there is neither. */
  model: TransactionModelName | HeuristicName | null;
  fit: Fit | null;
  /** Why there is no model, or what is wrong with it, in English; null when all is well. */
  problem: string | null;
  /** What was compared on a holdout, and that holdout; null when nothing was held out. */
  check: { seen: Rfm; choice: Choice } | null;
  spend: SpendModel;
  /** By customer, in the order of `seen`; null where there is neither model nor rule. */
  predictions: CustomerPredictions | null;
}

export interface CustomerPredictions extends Omit<Predictions, 'pAlive'> {
  /** Null where a rule stands in for a model. */
  pAlive: Float64Array | null;
  /** Expected value of one order. */
  expectedValue: Float64Array;
  /** Discounted value of the orders expected in the horizon. */
  clv: Float64Array;
}

/**
 * Fits, chooses and predicts. With a `split`, models are fitted up to it and all that is said is of that day. Without one and
 * with several models, the choice is made on a holdout as long as the horizon, at most half of the observed days, and the
 * chosen model is fitted again on all data.
 *
 * @throws RangeError when nobody ordered up to the end of the observation
 */
export function forecast(days: OrderDays, options: ForecastOptions): Forecast {
  const { models, unit, end, split, minorUnits } = options;
  const seen = rfm(days, {
    unit,
    until: split ?? end,
    holdoutEnd: split === undefined ? undefined : end,
    minorUnits,
  });
  if (seen.customer.length === 0) throw new RangeError('nobody ordered up to the end of the observation');
  const horizon = options.horizon ?? seen.holdout?.periods ?? unitsPerYear(unit);
  const check = checkOn(split === undefined ? heldOut(days, seen, horizon, options) : seen, models);
  const merged = mergedHistories(
    seen,
    models.some(({ name }) => needsGaps(name)),
  );

  const { model, fit, problem } = fitted(seen, merged, check, options);
  const discount: Discount = { horizon, rate: ratePerUnit(options.yearlyRate, unit) };
  const rule = model || models.length === 1 ? null : (check?.choice.fallback ?? null);
  const orders =
    model && fit
      ? predict(merged, model, fit, discount)
      : rule && byRule(heuristics(seen, horizon).find(({ name }) => name === rule)!.predicted, discount);
  const spend = fitSpend(seen);
  return {
    seen,
    horizon,
    model: model?.name ?? rule ?? (models.length === 1 ? models[0]!.name : null),
    fit,
    problem,
    check,
    spend,
    predictions: orders && {
      ...orders,
      expectedValue: spend.expected,
      clv: customerValues(orders.discountedPurchases, spend.expected),
    },
  };
}

/** The last day of the calibration where nobody names one: a holdout as long as the horizon, at most half of the time; a day at least. */
export function automaticSplit(origin: number, end: number, horizonDays: number): number {
  return end - Math.max(1, Math.floor(Math.min(horizonDays, (end - origin + 1) / 2)));
}

/** The customers as they were known before a holdout; null with a model that is given, for then there is no choice. */
function heldOut(days: OrderDays, seen: Rfm, horizon: number, options: ForecastOptions): Rfm | null {
  if (options.models.length === 1) return null;
  const { unit, end, minorUnits } = options;
  const until = automaticSplit(seen.origin, end, horizon * DAYS_PER[unit]);
  return rfm(days, { unit, until, holdoutEnd: end, minorUnits });
}

function checkOn(seen: Rfm | null, models: readonly TransactionModel[]): Forecast['check'] {
  return seen?.holdout && seen.holdout.periods > 0 ? { seen, choice: choose(seen, models) } : null;
}

interface Fitted {
  model: TransactionModel | null;
  fit: Fit | null;
  problem: string | null;
}

/** The model to predict with: the given one, or the chosen one, fitted on what is observed. */
function fitted(
  seen: Rfm,
  merged: MergedHistories,
  check: Forecast['check'],
  { models, split }: ForecastOptions,
): Fitted {
  const lack = lackOf(seen);
  const only = models.length === 1 ? models[0]! : null;
  const name = only?.name ?? check?.choice.model ?? null;
  if (lack) return { model: null, fit: null, problem: lack };
  if (!name) return { model: null, fit: null, problem: check?.choice.reason ?? 'nothing was held out' };
  const model = models.find((candidate) => candidate.name === name)!;
  const known = split === undefined ? undefined : check?.choice.candidates.find((c) => c.name === name)?.fit;
  const fit = known ?? model.fit(merged.unique);
  return { model, fit, problem: fit.problem };
}

function lackOf({ frequency }: Rfm): string | null {
  const repeaters = frequency.reduce((sum, x) => sum + (x > 0 ? 1 : 0), 0);
  if (repeaters >= REPEATERS_NEEDED) return null;
  return `not enough data: ${repeaters} of ${REPEATERS_NEEDED} customers with a repeat order`;
}

/** A rule knows no moments: its orders are spread evenly over the horizon. */
function byRule(
  expectedPurchases: Float64Array,
  { horizon, rate }: Discount,
): Omit<CustomerPredictions, 'expectedValue' | 'clv'> {
  const share = rate === 0 ? 1 : -Math.expm1(-rate * horizon) / (rate * horizon);
  return {
    pAlive: null,
    expectedPurchases,
    discountedPurchases: expectedPurchases.map((orders) => orders * share),
  };
}
