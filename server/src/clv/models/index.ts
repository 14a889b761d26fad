/*
 * What others may import as `strapi-plugin-clv/models`: pure functions of numbers, which need neither Strapi nor a database.
 * Names that are not exported here may change with any version.
 */

export { type Random, seededRandom } from '../../stats/seeded-random';
// Repeat buying
export type { BetaGeometricName, BetaGeometricParameters } from './beta-geometric-likelihood';
// Subscriptions and fixed opportunities
export {
  type BgBbName,
  type BgBbParameters,
  bgBb,
  type OpportunityHistory,
  type OpportunityTable,
} from './bg-bb';
export { bgNbd } from './bg-nbd';
export { type CalibrationGroup, calibrationByFrequency, calibrationByPrediction } from './calibration';
// How good a model is, and which to take
export { type Candidate, type Choice, choose, type HeuristicCandidate } from './choose';
export { bgCnbdK, mbgCnbdK, type RegularName, type RegularParameters } from './cnbd-k';
// What people read
export * from './content';
export type { Covariate } from './covariates';
// Spend
export {
  customerValues,
  discountedByPeriods,
  fitSpend,
  type PeriodDiscount,
  type SpendModel,
} from './customer-value';
// Predictions and their intervals
export { type DrawOptions, parameterDraws, parameterInterval } from './draw-parameters';
export { type Accuracy, type Evaluation, evaluator } from './evaluate';
export { type CustomerPredictions, type Forecast, type ForecastOptions, forecast } from './forecast';
export {
  type GammaGammaFit,
  type GammaGammaName,
  type GammaGammaParameters,
  gammaGamma,
  type Spend,
  type Spends,
} from './gamma-gamma';
export { type Heuristic, type HeuristicName, heuristics } from './heuristics';
export {
  type LifeTable,
  lifeTableOfCohorts,
  lifeTableOfSubscriptions,
  renewalsBetween,
  type Subscription,
} from './life-table';
// From orders to histories
export { dayName, dayNumber } from './local-days';
export { mbgNbd } from './mbg-nbd';
export { type NextOrder, nextOrder } from './next-order';
export { type OrderColumns, type OrderDays, type OrderDaysOptions, orderDays } from './order-days';
export { orderProbabilities } from './order-probabilities';
export { type ParetoName, type ParetoParameters, paretoNbd } from './pareto-nbd';
export {
  type Coefficient,
  type CovariateFit,
  type CovariateOptions,
  fitParetoNbdWithCovariates,
  type ParetoCovariates,
  parametersOfCustomer,
} from './pareto-nbd-covariates';
export { askEach, type MergedHistories, mergedHistories, type Predictions, predict } from './predict';
export { type PredictiveInterval, type PredictiveOptions, predictiveInterval } from './predictive-interval';
export { type ResidualLifetime, residualLifetime } from './residual-lifetime';
export { type Holdout, type Rfm, type RfmOptions, rfm } from './rfm';
export { type SbgName, type SbgParameters, type Subscriber, shiftedBetaGeometric } from './sbg';
export { type TrackedPeriod, track } from './tracking';
export type {
  Discount,
  DrawnFuture,
  Fit,
  FitOptions,
  Histories,
  History,
  Interval,
  TransactionModel,
  TransactionModelName,
} from './types';
export { mergeRows, uniqueHistories } from './unique-histories';
export { DAYS_PER, ratePerUnit, type TimeUnit, unitsPerYear } from './units';
