import { MODELS } from '../engine/buying';
import type { Buying, Fitted, Spending } from '../engine/engine';
import { type Choice, choose, needsGaps, REPEATERS_NEEDED, SIMPLEST_FIRST } from '../models/choose';
import { fitSpend, type SpendModel } from '../models/customer-value';
import { automaticSplit } from '../models/forecast';
import type { OrderDays } from '../models/order-days';
import { mergedHistories } from '../models/predict';
import { type Rfm, rfm } from '../models/rfm';
import type { Fit, TransactionModelName } from '../models/types';
import type { TimeUnit } from '../models/units';

export interface BuyingSettings {
  model: 'auto' | TransactionModelName;
  unit: TimeUnit;
  horizonDays: number;
  /** Last day of the data; a day number. */
  today: number;
  minorUnits: number;
}

/** A model on all data. */
export interface NamedFit {
  name: TransactionModelName;
  fit: Fit;
}

/** How customers buy, by everything known until today, and how well that could have been told before. */
export interface FittedBuying {
  buying: Buying | null;
  spending: Spending | null;
  spend: SpendModel | null;
  /** Customers with what was held out; null when there is too little time to hold anything out. */
  check: { seen: Rfm; choice: Choice } | null;
  /** On all data; the one in use first. */
  fits: NamedFit[];
  /** Why the one in use was taken. */
  reason: string;
  /** Why nothing can be predicted; null when something can. */
  problem: string | null;
}

const NOTHING = { buying: null, spending: null, spend: null, check: null, fits: [] };

/**
 * Fits, chooses and fits again. The choice is made on a holdout that is as long as the horizon, at most half of the time
 * since the first order of all; then every model is fitted to all data. A model that the settings name is used when it
 * could be fitted. Where no model can be, the plain rule that was closest on the holdout stands in.
 */
export function fitBuying(days: OrderDays, settings: BuyingSettings): FittedBuying {
  const { unit, today, minorUnits, horizonDays } = settings;
  const seen = rfm(days, { unit, until: today, minorUnits });
  const customers = seen.customer.length;
  if (customers === 0) {
    const reason = days.afterEnd > 0 ? 'all orders lie in the future' : 'nobody has ordered yet';
    return { ...NOTHING, reason, problem: `There is nothing to predict from: ${reason}.` };
  }
  const wanted = settings.model === 'auto' ? SIMPLEST_FIRST : [settings.model];
  const split = automaticSplit(seen.origin, today, horizonDays);
  const held = rfm(days, { unit, until: split, holdoutEnd: today, minorUnits });
  const check =
    split < today && held.customer.length > 0
      ? {
          seen: held,
          choice: choose(
            held,
            wanted.map((name) => MODELS[name]),
          ),
        }
      : null;
  const spend = fitSpend(seen);
  const spending = spendingOf(spend);
  const fits = allFits(seen, wanted);
  const name = settings.model === 'auto' ? check?.choice.model : settings.model;
  const chosen = fits.find((one) => one.name === name && one.fit.converged);
  if (chosen) {
    return {
      buying: { model: chosen.name, ...fitted(chosen.fit) },
      spending,
      spend,
      check,
      fits: [chosen, ...fits.filter((one) => one !== chosen)],
      reason:
        settings.model === 'auto' ? check!.choice.reason : `clv.config.prediction.model names ${chosen.name}`,
      problem: null,
    };
  }
  const rule = check?.choice.fallback ?? (check && closestRule(check.choice)) ?? null;
  const reason = check?.choice.reason ?? lackOf(seen);
  return {
    buying: rule && { rule, since: seen.origin },
    spending,
    spend,
    check,
    fits,
    reason,
    problem: rule ? null : `No orders to come can be predicted: ${reason}.`,
  };
}

function allFits(seen: Rfm, names: readonly TransactionModelName[]): NamedFit[] {
  if (repeatersOf(seen) < REPEATERS_NEEDED) return [];
  const plain = mergedHistories(seen).unique;
  const regular = names.some(needsGaps) ? mergedHistories(seen, true).unique : plain;
  return names.map((name) => ({ name, fit: MODELS[name].fit(needsGaps(name) ? regular : plain) }));
}

/** The rule with the lowest RMSE, for when the model that was chosen cannot be fitted to all data. */
function closestRule({ heuristics }: Choice) {
  if (heuristics.length === 0) return null;
  return heuristics.reduce((a, b) => (b.evaluation.rmse < a.evaluation.rmse ? b : a)).name;
}

const repeatersOf = ({ frequency }: Rfm) => frequency.reduce((sum, x) => sum + (x > 0 ? 1 : 0), 0);

const lackOf = (seen: Rfm) =>
  repeatersOf(seen) < REPEATERS_NEEDED
    ? `not enough data: ${repeatersOf(seen)} of ${REPEATERS_NEEDED} customers with a repeat order`
    : 'all orders fall on too few days to hold some of them out';

/** What predictions need of a fit. */
function fitted<Name extends string>(fit: Fit<Name>): Fitted<Name> {
  const { parameters, standardErrors, covariance, logLikelihood, converged, identified } = fit;
  return { parameters, standardErrors, covariance, logLikelihood, converged, identified };
}

/** What an order to come brings, as the engine keeps it. */
export function spendingOf({ kind, fit, realised, expected }: SpendModel): Spending | null {
  if (kind === 'gamma-gamma' && fit) return { gammaGamma: fitted(fit), realised };
  const mean = expected[0];
  return mean !== undefined && Number.isFinite(mean) ? { mean } : null;
}
