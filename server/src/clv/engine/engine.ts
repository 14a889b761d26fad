import type { TierSettings } from '../kpis/tiers';
import type { CustomerModel } from '../models/content/customers';
import type { ProspectModel } from '../models/content/prospects';
import type { GammaGammaName } from '../models/gamma-gamma';
import type { HeuristicName } from '../models/heuristics';
import type { SbgParameters } from '../models/sbg';
import type { Fit, TransactionModelName } from '../models/types';
import type { TimeUnit } from '../models/units';

/** What of a fit is needed to predict, and to say how sure that is. */
export type Fitted<Name extends string = string> = Pick<
  Fit<Name>,
  'parameters' | 'standardErrors' | 'covariance' | 'logLikelihood' | 'converged' | 'identified'
>;

/** How orders to come are foreseen: a fitted model, or a plain rule where none could be fitted. */
export type Buying =
  | ({ model: TransactionModelName } & Fitted)
  /** `since` is the day number of the first order of all. */
  | { rule: HeuristicName; since: number };

/** What an order to come is worth, in major units: by the customer's own orders, or one mean for all; see `fitSpend`. */
export type Spending = { gammaGamma: Fitted<GammaGammaName>; realised: number } | { mean: number };

/** A model of what reading goes with, and the time that it was fitted to look ahead. */
export interface OfContent<Model> {
  model: Model;
  /** Milliseconds between the cut and the end of the outcome. */
  reach: number;
}

/**
 * All that values a person between two fits. Plain JSON without anything about any single person: items are named only
 * where many have read them.
 */
export interface Engine {
  runId: string;
  /** When it was fitted. */
  at: number;
  currency: string;
  rates: Record<string, number>;
  timezone: string;
  unit: TimeUnit;
  horizonDays: number;
  /** Yearly. */
  discountRate: number;
  /** Null when nothing can be said of orders to come. */
  buying: Buying | null;
  spending: Spending | null;
  /** What is left of a unit of revenue after the cost of goods, over all orders; null without revenue. */
  marginShare: number | null;
  /** Per billing period; null without enough ended subscriptions. */
  subscription: SbgParameters | null;
  content: { customers: OfContent<CustomerModel> | null; prospects: OfContent<ProspectModel> | null };
  /** After so many days without an order a customer counts as gone where no model says better. */
  inactivityDays: number;
  tiers: TierSettings & {
    of: 'total' | 'historical' | 'predicted';
    /** Lower limits, descending, in minor units. */
    limits: number[];
  };
}
