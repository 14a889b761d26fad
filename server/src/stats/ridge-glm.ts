import { factorise, solveFactorised } from './cholesky';
import { BINOMIAL, type Family } from './glm-family';
import { gram, slots } from './gram';
import type { SparseRows } from './sparse-rows';

export interface GlmProblem {
  family: Family;
  x: SparseRows;
  y: Float64Array;
  /** Rows that count; each counts once. */
  rows: Uint32Array;
  /** Per column, what its squared coefficient costs: rows × penalty / 2; Infinity leaves the column out. */
  penalty: Float64Array;
}

export interface GlmFit {
  intercept: number;
  /** Per column; 0 where left out. */
  coefficients: Float64Array;
  iterations: number;
  converged: boolean;
  /** Second derivatives of the loss without the ridge, near here, in the included columns; null before the first step. */
  curvature: Float64Array<ArrayBuffer> | null;
}

const MOST_STEPS = 25;
const MOST_HALVINGS = 12;
/** Ridge so faint that it only keeps columns that say the same from making the matrix singular. */
const FAINT = 1e-8;

/** A step that brings the end less near than this with an old curvature asks for a new one. */
const SLOW = 0.1;

/**
 * Fits a generalised linear model with a ridge penalty and a free intercept by Newton's method with halved steps
 * (P. McCullagh and J. Nelder, "Generalized Linear Models", 1989, 2.5; T. Hastie, R. Tibshirani and J. Friedman, "The
 * Elements of Statistical Learning", 2009, 3.4.1). The problem is convex, so that wherever it ends is the only minimum.
 * Second derivatives, which cost most, are kept from step to step (and from fit to fit) for as long as they serve.
 *
 * @param start where to begin; at the intercept alone unless told
 * @param tolerance ends when a step promises to lower the mean loss by less
 */
export function fitRidgeGlm(problem: GlmProblem, start?: GlmFit, tolerance = 1e-10): GlmFit {
  const columns = includedColumns(problem.penalty);
  const size = columns.length + 1;
  let here: GlmFit = {
    intercept: start?.intercept ?? linkOfMean(problem),
    coefficients: problem.penalty.map((p, column) =>
      p === Number.POSITIVE_INFINITY ? 0 : (start?.coefficients[column] ?? 0),
    ),
    iterations: 0,
    converged: problem.rows.length === 0,
    curvature: start?.curvature?.length === size * size ? start.curvature : null,
  };
  let eta = linearPredictors(here, problem);
  let objective = objectiveAt(here, eta, problem);
  let isFresh = false;
  let promised = Number.POSITIVE_INFINITY;
  for (let iteration = 1; !here.converged && iteration <= MOST_STEPS; iteration++) {
    const gradient = gradientAt(here, eta, problem, columns);
    if (here.curvature === null) {
      here.curvature = curvatureAt(eta, problem, columns);
      isFresh = true;
    }
    let { step, promise } = newtonStep(gradient, here.curvature, problem, columns);
    if (!isFresh && promise > SLOW * promised) {
      here.curvature = curvatureAt(eta, problem, columns);
      ({ step, promise } = newtonStep(gradient, here.curvature, problem, columns));
    }
    isFresh = false;
    promised = promise;
    const next = halvedStep(here, step, objective, problem, columns);
    here.converged = promise < tolerance;
    if (!next) break;
    here = { ...next.fit, iterations: iteration, converged: here.converged };
    eta = next.eta;
    objective = next.objective;
  }
  return here;
}

/** The first of step, step / 2, step / 4 … that does not raise the objective. */
function halvedStep(
  here: GlmFit,
  step: Float64Array,
  objective: number,
  problem: GlmProblem,
  columns: Uint16Array,
) {
  for (let halving = 0, length = 1; halving < MOST_HALVINGS; halving++, length /= 2) {
    const fit = moved(here, step, length, columns);
    const eta = linearPredictors(fit, problem);
    const reached = objectiveAt(fit, eta, problem);
    if (reached <= objective) return { fit, eta, objective: reached };
  }
  return undefined;
}

/** The columns that are not left out. */
export function includedColumns(penalty: Float64Array): Uint16Array {
  return Uint16Array.from(penalty.keys()).filter((column) => penalty[column] !== Number.POSITIVE_INFINITY);
}

/** The linear predictor of one row. */
export function linearPredictor(
  { intercept, coefficients }: Pick<GlmFit, 'intercept' | 'coefficients'>,
  x: SparseRows,
  row: number,
): number {
  let eta = intercept;
  for (let k = x.start[row]!; k < x.start[row + 1]!; k++) eta += coefficients[x.column[k]!]! * x.value[k]!;
  return eta;
}

/** Second derivatives of the penalised total loss at a fit, in the included columns after the intercept: a lower triangle. */
export function hessianAt(eta: Float64Array, problem: GlmProblem): Float64Array<ArrayBuffer> {
  const columns = includedColumns(problem.penalty);
  return withRidge(curvatureAt(eta, problem, columns), problem, columns);
}

function curvatureAt(eta: Float64Array, { family, x, rows }: GlmProblem, columns: Uint16Array) {
  return gram(
    x,
    rows,
    columns,
    eta.map((value) => family.slope(family.mean(value))),
  );
}

function withRidge(curvature: Float64Array, { rows, penalty }: GlmProblem, columns: Uint16Array) {
  const hessian = Float64Array.from(curvature);
  const size = columns.length + 1;
  hessian[0]! += FAINT * rows.length;
  columns.forEach((column, i) => {
    hessian[(i + 1) * (size + 1)]! += rows.length * (penalty[column]! + FAINT);
  });
  return hessian;
}

/** The linear predictors of the rows that count. */
export function linearPredictors(fit: GlmFit, { x, rows }: GlmProblem): Float64Array<ArrayBuffer> {
  const eta = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) eta[i] = linearPredictor(fit, x, rows[i]!);
  return eta;
}

/** Of the penalised total loss, downwards; intercept first. */
function gradientAt(fit: GlmFit, eta: Float64Array, problem: GlmProblem, columns: Uint16Array): Float64Array {
  const { family, x, y, rows, penalty } = problem;
  const slotOf = slots(x, columns);
  const gradient = new Float64Array(columns.length + 1);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const residual = y[row]! - family.mean(eta[i]!);
    gradient[0]! += residual;
    for (let k = x.start[row]!; k < x.start[row + 1]!; k++) {
      const slot = slotOf[x.column[k]!]!;
      if (slot > 0) gradient[slot]! += residual * x.value[k]!;
    }
  }
  columns.forEach((column, i) => {
    gradient[i + 1]! -= rows.length * penalty[column]! * fit.coefficients[column]!;
  });
  return gradient;
}

/** Newton's step, and by how much the mean loss would fall were it quadratic. */
function newtonStep(
  gradient: Float64Array,
  curvature: Float64Array,
  problem: GlmProblem,
  columns: Uint16Array,
) {
  const hessian = withRidge(curvature, problem, columns);
  const step = Float64Array.from(gradient);
  if (factorise(hessian, gradient.length)) solveFactorised(hessian, gradient.length, step);
  else step.fill(0);
  const promise = gradient.reduce((sum, g, i) => sum + g * step[i]!, 0) / 2 / problem.rows.length;
  return { step, promise };
}

function moved(fit: GlmFit, step: Float64Array, length: number, columns: Uint16Array): GlmFit {
  const coefficients = Float64Array.from(fit.coefficients);
  columns.forEach((column, i) => {
    coefficients[column]! += length * step[i + 1]!;
  });
  return { ...fit, intercept: fit.intercept + length * step[0]!, coefficients };
}

/** Mean loss and penalty. */
function objectiveAt(
  { coefficients }: GlmFit,
  eta: Float64Array,
  { family, y, rows, penalty }: GlmProblem,
): number {
  let loss = 0;
  for (let i = 0; i < rows.length; i++) loss += family.loss(y[rows[i]!]!, eta[i]!);
  let ridge = 0;
  for (let column = 0; column < penalty.length; column++) {
    if (coefficients[column] !== 0) ridge += penalty[column]! * coefficients[column]! ** 2;
  }
  return loss / Math.max(1, rows.length) + ridge / 2;
}

/** The intercept of the model without columns. */
function linkOfMean({ family, y, rows }: GlmProblem): number {
  let sum = 0;
  for (const row of rows) sum += y[row]!;
  const mean = Math.max(1e-9, sum / Math.max(1, rows.length));
  return family === BINOMIAL ? Math.log(mean / Math.max(1e-9, 1 - mean)) : Math.log(mean);
}
