import { inverseSymmetric } from '../../stats/inverse-symmetric';
import { type Minimum, minimise } from '../../stats/minimise';
import { nelderMead } from '../../stats/nelder-mead';
import type { Fit } from './types';

/** Σ weight · ln likelihood at the parameters; writes its derivatives by the parameters (not their logarithms). */
export type LogLikelihood = (parameters: readonly number[], gradient: number[]) => number;

export interface LikelihoodProblem<Name extends string> {
  names: readonly Name[];
  /** What each parameter is measured in while fitting: the largest age for those with the dimension of time, else 1. */
  units: readonly number[];
  /** Starting values in these units. The first is tried first. */
  starts: readonly (readonly number[])[];
  logLikelihood: LogLikelihood;
  /** Σ weight. */
  customers: number;
  /** The same on a part of many rows: it picks the start that the whole then begins from. */
  part?: { logLikelihood: LogLikelihood; customers: number };
  /**
   * Ridge: this much of (ln parameter in its unit)² is taken from the mean log-likelihood, by one figure for all parameters
   * or one for each; 0 unless told.
   */
  penalty?: number | readonly number[];
}

/** The fit is good when no |∂ mean log-likelihood / ∂ ln parameter| is above this. */
const CONVERGED = 1e-6;
/**
 * A parameter further than this from its unit, in logarithms, has run away: that is a factor of a million. Beyond, the
 * likelihood is taken for constant, so that the others find their best values all the same.
 */
const FAR = 14;
/** A factor of e² an iteration, so that no parameter jumps over a peak or away from it. */
const FARTHEST_STEP = 2;
/** With a standard error above this of its logarithm, data tell nothing of a parameter: the interval spans 8 decades. */
const UNKNOWN = 5;
/** Step in ln parameter for second derivatives from central differences of the gradient. */
const STEP = 1e-4;

/**
 * Maximum likelihood over positive parameters, the one way in which every model of this folder is fitted: the mean
 * log-likelihood as a function of the logarithms of the parameters, BFGS from each start, Nelder and Mead's simplex where
 * that stalls, and the standard errors from the inverse Hessian by the delta method (se = parameter × se of its logarithm).
 *
 * @throws RangeError when there is nobody to fit
 */
export function fitMaximum<Name extends string>(problem: LikelihoodProblem<Name>): Fit<Name> {
  if (!(problem.customers > 0)) throw new RangeError('there is nobody to fit a model to: no histories given');
  const loss = lossOf(problem, problem.logLikelihood, problem.customers);
  return describe(problem, loss, search(loss, startsOf(problem)));
}

/** All starts, or the one place that they lead to on a part of the rows, unless that is nowhere. */
function startsOf(problem: LikelihoodProblem<string>): number[][] {
  const starts = problem.starts.map((start) => start.map(Math.log));
  if (!problem.part) return starts;
  const found = search(lossOf(problem, problem.part.logLikelihood, problem.part.customers), starts);
  return hasRunAway(found) ? starts : [found.x];
}

type Loss = (x: readonly number[], gradient: number[]) => number;

/** Minus the mean log-likelihood, penalised, by the logarithms of the parameters in their units. */
function lossOf(
  { units, penalty = 0 }: LikelihoodProblem<string>,
  logLikelihood: LogLikelihood,
  customers: number,
): Loss {
  const ridge = typeof penalty === 'number' ? units.map(() => penalty) : penalty;
  return (x, gradient) => {
    const near = withinReach(x);
    const parameters = near.map((value, i) => units[i]! * Math.exp(value));
    let loss = -logLikelihood(parameters, gradient) / customers;
    for (let i = 0; i < x.length; i++) {
      const slope = near[i] === x[i] ? (-gradient[i]! * parameters[i]!) / customers : 0;
      gradient[i] = slope + 2 * ridge[i]! * x[i]!;
      loss += ridge[i]! * x[i]! * x[i]!;
    }
    return loss;
  };
}

const withinReach = (x: readonly number[]) => x.map((value) => Math.max(-FAR, Math.min(FAR, value)));

/** The best of what all starts lead to. */
function search(loss: Loss, starts: number[][]): Minimum {
  let best: Minimum | undefined;
  let iterations = 0;
  for (const start of starts) {
    let found = minimise({ start, evaluate: loss, farthestStep: FARTHEST_STEP });
    iterations += found.iterations;
    if (!isConverged(found) && !hasRunAway(found)) {
      const unused = new Array<number>(start.length).fill(0);
      const rough = nelderMead({
        start: Number.isFinite(found.value) ? found.x : start,
        evaluate: (x) => loss(x, unused),
      });
      found = minimise({ start: rough.x, evaluate: loss, farthestStep: FARTHEST_STEP });
      iterations += rough.iterations + found.iterations;
    }
    if (!best || !(best.value <= found.value)) best = found;
  }
  return { ...best!, iterations };
}

const normOf = ({ gradient }: Minimum) => Math.max(...gradient.map(Math.abs));
const hasRunAway = ({ x }: Minimum) => x.some((value) => Math.abs(value) >= FAR);
const isConverged = (found: Minimum) => Number.isFinite(found.value) && normOf(found) <= CONVERGED;

function describe<Name extends string>(
  problem: LikelihoodProblem<Name>,
  loss: Loss,
  found: Minimum,
): Fit<Name> {
  const { names, units, customers } = problem;
  const values = withinReach(found.x).map((value, i) => units[i]! * Math.exp(value));
  const converged = isConverged(found);
  const covariance =
    inverseSymmetric(hessianOf(loss, found.x))?.map((row) => row.map((v) => v / customers)) ?? null;
  const lost = names.filter(
    (_, i) =>
      Math.abs(found.x[i]!) >= FAR || (covariance !== null && !(Math.sqrt(covariance[i]![i]!) < UNKNOWN)),
  );
  const identified = covariance !== null && lost.length === 0;
  const byName = (of: (i: number) => number) =>
    Object.fromEntries(names.map((name, i) => [name, of(i)])) as Record<Name, number>;
  return {
    parameters: byName((i) => values[i]!),
    standardErrors: identified ? byName((i) => values[i]! * Math.sqrt(covariance[i]![i]!)) : null,
    covariance: identified ? covariance : null,
    logLikelihood: problem.logLikelihood(values, new Array<number>(names.length).fill(0)),
    converged,
    identified,
    problem: problemOf(converged, identified, lost, normOf(found)),
    gradientNorm: normOf(found),
    iterations: found.iterations,
  };
}

function problemOf(converged: boolean, identified: boolean, lost: string[], norm: number): string | null {
  if (!identified && lost.length > 0) {
    return `The data do not identify ${lost.join(' and ')}: the likelihood hardly changes however far they run towards zero or infinity.`;
  }
  if (!identified) {
    return 'The data do not identify the parameters: some combination of them changes without changing the likelihood.';
  }
  if (!converged) return `The fit did not converge: the scaled gradient is still ${norm.toExponential(1)}.`;
  return null;
}

/** Second derivatives of the loss by central differences of its gradient, made symmetric. */
function hessianOf(loss: Loss, x: number[]): number[][] {
  const slopes = x.map((_, i) => {
    const gradientAt = (shift: number) => {
      const gradient = new Array<number>(x.length).fill(0);
      loss(
        x.map((value, j) => (i === j ? value + shift : value)),
        gradient,
      );
      return gradient;
    };
    const above = gradientAt(STEP);
    const below = gradientAt(-STEP);
    return above.map((g, j) => (g - below[j]!) / (2 * STEP));
  });
  return slopes.map((row, i) => row.map((value, j) => (value + slopes[j]![i]!) / 2));
}
