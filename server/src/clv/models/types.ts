/*
 * What all models of repeat buying share. Times are in one unit, chosen by whoever builds the histories (weeks, days,
 * months) and counted from the customer's first order; all functions of a horizon take the same unit.
 */

/** A customer's repeat orders: all that the models of this folder need to know of them. */
export interface History {
  /** Orders after the first one, each day counted once (x). */
  frequency: number;
  /** Time of the last order; 0 when there was only one (t_x). */
  recency: number;
  /** Time from the first order to the end of the observation (T). */
  age: number;
  /** Sum of the logarithms of the times between orders; see `Histories`. */
  logGaps?: number;
}

/** Histories in columns, each with the number of customers who have it. Equal rows are merged: see `uniqueHistories`. */
export interface Histories {
  frequency: Float64Array;
  recency: Float64Array;
  age: Float64Array;
  /** Customers with this row; whole numbers above zero unless a resampling says otherwise. */
  weight: Float64Array;
  /** Sum of the logarithms of the times between orders, which only the regular models (CNBD-k) need. */
  logGaps?: Float64Array;
}

export type TransactionModelName = 'bg-nbd' | 'mbg-nbd' | 'pareto-nbd' | 'bg-cnbd-k' | 'mbg-cnbd-k';

/** What a maximum-likelihood fit says of itself. */
export interface Fit<Name extends string = string> {
  parameters: Record<Name, number>;
  /** By the inverse Hessian in logarithms and the delta method; null when the data do not identify the parameters. */
  standardErrors: Record<Name, number> | null;
  /** Covariance of the logarithms of the parameters, in the order of `parameters`; null with `standardErrors`. */
  covariance: number[][] | null;
  logLikelihood: number;
  /** Judged by the scaled gradient at the optimum, whatever the optimiser says. */
  converged: boolean;
  /** False when the likelihood has no single best point: its supremum lies at infinity, or a direction is flat. */
  identified: boolean;
  /** Why it did not converge or is not identified, in one sentence; null when all is well. */
  problem: string | null;
  /** Largest |∂ mean log-likelihood / ∂ log parameter|. */
  gradientNorm: number;
  iterations: number;
}

export interface FitOptions {
  /** Ridge on the logarithms of the parameters, scaled as in `fit`; 0 unless told. Penalised fits cannot be compared by likelihood. */
  penalty?: number;
}

/** A year of money later is worth less: what an expected value counts on. Rate per time unit, continuous: ln(1 + yearly) / units per year. */
export interface Discount {
  /** How far to look, in time units; Infinity where the model has a closed form (Pareto/NBD). */
  horizon: number;
  /** Continuous discount rate per time unit. */
  rate: number;
}

/** Lower and upper limit of an interval. */
export interface Interval {
  low: number;
  high: number;
}

/**
 * One model of when customers buy again and when they stop, with everything that is asked of it. All functions are pure;
 * `p` are parameters as `fit` returns them, `h` is one customer.
 */
export interface TransactionModel<Name extends string = string> {
  readonly name: TransactionModelName;
  readonly parameterNames: readonly Name[];
  /** @throws RangeError when there is nothing to fit, saying what is missing */
  fit(histories: Histories, options?: FitOptions): Fit<Name>;
  /** Log-likelihood of one customer. */
  logLikelihood(p: Record<Name, number>, h: History): number;
  /** Probability that the customer still is one at the end of the observation; within [0, 1]. */
  pAlive(p: Record<Name, number>, h: History): number;
  /** Expected orders in the `horizon` after the end of the observation. */
  expectedPurchases(p: Record<Name, number>, h: History, horizon: number): number;
  /** The same, each order discounted to the end of the observation. */
  discountedPurchases(p: Record<Name, number>, h: History, discount: Discount): number;
  /** Probability of at least one order in the `horizon`. */
  pActive(p: Record<Name, number>, h: History, horizon: number): number;
  /** Expected repeat orders of somebody new in the time `t` after the first order. */
  expectedOfNew(p: Record<Name, number>, t: number): number;
  /** Expected orders per unit of time just after the end of the observation: what discounting and curves sum up. */
  purchaseRate(p: Record<Name, number>, h: History, at: number): number;
  /** Draws (orders, in time order, as times after the end of the observation) of one possible future: for intervals. */
  drawFuture(p: Record<Name, number>, h: History, horizon: number, random: () => number): DrawnFuture;
}

export interface DrawnFuture {
  /** Times of orders after the end of the observation, ascending, all below the horizon. */
  purchases: number[];
  /** When the customer stops being one, after the end of the observation; 0 when gone already, Infinity when beyond the horizon. */
  lifetime: number;
}
