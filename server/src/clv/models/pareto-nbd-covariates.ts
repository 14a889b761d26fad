import { chiSquarePValue } from '../../stats/chi-square-p-value';
import { largestAge } from './beta-geometric-fit';
import { type Covariate, type Standardised, standardise } from './covariates';
import { fitMaximum, type LogLikelihood } from './fit-maximum';
import { type ParetoGradient, paretoLogLikelihood } from './pareto-likelihood';
import { type ParetoName, type ParetoParameters, paretoNbd } from './pareto-nbd';
import type { Fit, Histories } from './types';

/** Which covariates go with how often customers order, and which with how soon they leave. */
export interface ParetoCovariates {
  transaction: readonly Covariate[];
  lifetime: readonly Covariate[];
}

export interface CovariateOptions {
  /**
   * L2: this much of Σ (coefficient × standard deviation of its covariate)² is taken from the mean log-likelihood; 0 unless
   * told. Penalised fits cannot be compared by likelihood.
   */
  penalty?: number;
}

/** By one unit more of the covariate the rate is multiplied by e^value: of orders, or of leaving. */
export interface Coefficient {
  name: string;
  value: number;
  /** Null when the data do not identify the parameters. Of a penalised fit it understates how wrong the value may be. */
  standardError: number | null;
}

/** The Pareto/NBD in which alpha and beta differ by what is known of a customer. */
export interface CovariateFit extends Omit<Fit<ParetoName>, 'covariance'> {
  /** `parameters` and `standardErrors` are of a customer whose covariates are all 0. */
  coefficients: { transaction: Coefficient[]; lifetime: Coefficient[] };
  /** Of ln r, ln alpha, ln s, ln beta and then the coefficients in their order; null when not identified. */
  covariance: number[][] | null;
  /** The test that no covariate matters, against the fit without them; null for penalised fits and failed ones. */
  likelihoodRatio: { statistic: number; degreesOfFreedom: number; pValue: number } | null;
}

/**
 * Fits the Pareto/NBD with static covariates by maximum likelihood, penalised on request: customer i has
 * α_i = α exp(−γ_transaction · z_i) and β_i = β exp(−γ_lifetime · z_i). P. Fader and B. Hardie, "Incorporating
 * time-invariant covariates into the Pareto/NBD and BG/NBD models", 2007.
 *
 * @param histories one row a customer, or rows merged only where the covariates are equal too
 * @throws RangeError when there is no covariate or nobody to fit, or naming the covariate that cannot be used
 */
export function fitParetoNbdWithCovariates(
  histories: Histories,
  { transaction, lifetime }: ParetoCovariates,
  { penalty = 0 }: CovariateOptions = {},
): CovariateFit {
  const onOrders = standardise(transaction, histories.weight);
  const onLifetime = standardise(lifetime, histories.weight);
  const columns = [...onOrders, ...onLifetime];
  if (columns.length === 0) throw new RangeError('give at least one covariate, or fit the model without any');

  const without = paretoNbd.fit(histories);
  const unit = largestAge(histories);
  const { r, alpha, s, beta } = without.parameters;
  const fit = fitMaximum({
    names: [
      ...paretoNbd.parameterNames,
      ...onOrders.map(({ name }) => `${name} (orders)`),
      ...onLifetime.map(({ name }) => `${name} (lifetime)`),
    ],
    // What is positive is e^γ of a standardised covariate: its logarithm is the coefficient.
    units: [1, unit, 1, unit, ...columns.map(() => 1)],
    starts: [[r, alpha / unit, s, beta / unit, ...columns.map(() => 1)]],
    logLikelihood: likelihoodOf(histories, onOrders, onLifetime),
    customers: histories.weight.reduce((sum, w) => sum + w, 0),
    penalty: [0, 0, 0, 0, ...columns.map(() => penalty)],
  });
  return {
    ...inOwnUnits(fit, onOrders, onLifetime),
    likelihoodRatio: penalty === 0 ? likelihoodRatio(fit, without, columns.length) : null,
  };
}

/** The parameters of a customer with these covariates, in the order of the coefficients: all of `paretoNbd` takes them. */
export function parametersOfCustomer(
  { parameters, coefficients }: Pick<CovariateFit, 'parameters' | 'coefficients'>,
  covariates: { transaction: ArrayLike<number>; lifetime: ArrayLike<number> },
): ParetoParameters {
  const effect = (of: Coefficient[], values: ArrayLike<number>) =>
    Math.exp(-of.reduce((sum, { value }, i) => sum + value * values[i]!, 0));
  return {
    ...parameters,
    alpha: parameters.alpha * effect(coefficients.transaction, covariates.transaction),
    beta: parameters.beta * effect(coefficients.lifetime, covariates.lifetime),
  };
}

function likelihoodOf(
  { frequency, recency, age, weight }: Histories,
  onOrders: Standardised[],
  onLifetime: Standardised[],
): LogLikelihood {
  const own: ParetoGradient = [0, 0, 0, 0];
  const firstOfLifetime = 4 + onOrders.length;
  return (p, gradient) => {
    const [r, alpha, s, beta] = p as [number, number, number, number];
    const logs = p.map(Math.log);
    gradient.fill(0);
    let sum = 0;
    for (let i = 0; i < age.length; i++) {
      let faster = 0;
      let sooner = 0;
      for (let j = 0; j < onOrders.length; j++) faster += logs[4 + j]! * onOrders[j]!.values[i]!;
      for (let j = 0; j < onLifetime.length; j++) {
        sooner += logs[firstOfLifetime + j]! * onLifetime[j]!.values[i]!;
      }
      const ownAlpha = alpha * Math.exp(-faster);
      const ownBeta = beta * Math.exp(-sooner);
      const w = weight[i]!;
      sum += w * paretoLogLikelihood(r, ownAlpha, s, ownBeta, frequency[i]!, recency[i]!, age[i]!, own);
      const byLogAlpha = w * own[1] * ownAlpha;
      const byLogBeta = w * own[3] * ownBeta;
      gradient[0]! += w * own[0];
      gradient[1]! += byLogAlpha / alpha;
      gradient[2]! += w * own[2];
      gradient[3]! += byLogBeta / beta;
      for (let j = 0; j < onOrders.length; j++) gradient[4 + j]! -= byLogAlpha * onOrders[j]!.values[i]!;
      for (let j = 0; j < onLifetime.length; j++) {
        gradient[firstOfLifetime + j]! -= byLogBeta * onLifetime[j]!.values[i]!;
      }
    }
    for (let k = 4; k < p.length; k++) gradient[k]! /= p[k]!;
    return sum;
  };
}

/** Goes back from standardised covariates: coefficients per unit, and alpha and beta where all covariates are 0. */
function inOwnUnits(fit: Fit, onOrders: Standardised[], onLifetime: Standardised[]) {
  const names = Object.keys(fit.parameters);
  const columns = [...onOrders, ...onLifetime];
  const scaled = names.map((name) => Math.log(fit.parameters[name]!));
  // Each log parameter and coefficient in own units is a sum of those for standardised covariates.
  const back: number[][] = names.map((_, row) =>
    names.map((_, column) => (row === column && row < 4 ? 1 : 0)),
  );
  columns.forEach(({ mean, deviation }, j) => {
    back[4 + j]![4 + j] = 1 / deviation;
    back[j < onOrders.length ? 1 : 3]![4 + j] = mean / deviation;
  });
  const values = back.map((row) => dot(row, scaled));
  const covariance = fit.covariance && congruent(back, fit.covariance);
  const errors = covariance?.map((row, i) => Math.sqrt(row[i]!)) ?? null;
  const byName = (of: (i: number) => number) =>
    Object.fromEntries(paretoNbd.parameterNames.map((name, i) => [name, of(i)])) as ParetoParameters;
  const coefficients = columns.map(({ name }, j) => ({
    name,
    value: values[4 + j]!,
    standardError: errors && errors[4 + j]!,
  }));
  return {
    ...fit,
    parameters: byName((i) => Math.exp(values[i]!)),
    standardErrors: errors && byName((i) => Math.exp(values[i]!) * errors[i]!),
    covariance,
    coefficients: {
      transaction: coefficients.slice(0, onOrders.length),
      lifetime: coefficients.slice(onOrders.length),
    },
  };
}

function likelihoodRatio(fit: Fit, without: Fit<ParetoName>, degreesOfFreedom: number) {
  if (![fit, without].every(({ converged, identified }) => converged && identified)) return null;
  const statistic = Math.max(0, 2 * (fit.logLikelihood - without.logLikelihood));
  return { statistic, degreesOfFreedom, pValue: chiSquarePValue(statistic, degreesOfFreedom) };
}

const dot = (one: number[], other: number[]): number =>
  one.reduce((sum, value, i) => sum + value * other[i]!, 0);

/** B C Bᵀ */
const congruent = (b: number[][], c: number[][]): number[][] =>
  b.map((row) =>
    b.map((column) =>
      dot(
        row,
        c.map((values) => dot(values, column)),
      ),
    ),
  );
