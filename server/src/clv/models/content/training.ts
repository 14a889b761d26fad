import { type Family, POISSON } from '../../../stats/glm-family';
import { fitRidgeGlm, type GlmFit, type GlmProblem, linearPredictor } from '../../../stats/ridge-glm';
import type { SparseRows } from '../../../stats/sparse-rows';

/** Outcomes of persons and what is known of them: one row each, the first columns being known without any reading. */
export interface Problem {
  family: Family;
  x: SparseRows;
  y: Float64Array;
  /** Columns from here on come from what people read; for each, how much more than others it is restrained. */
  contentFrom: number;
  restraint: readonly number[];
  /** Whether the model is for this person; for everyone unless told. All are predicted, for whoever it is for. */
  isFor?: (row: number) => boolean;
}

/** From no content at all down to hardly any restraint. */
export const PENALTIES: readonly number[] = [Number.POSITIVE_INFINITY, 10, 3, 1, 0.3, 0.1, 0.03, 0.01, 0.003];
/** Just enough to keep the few features without content from running away when there are few persons. */
const BASE_PENALTY = 1e-3;
/** Outcomes that exceed what is expected without content by more than this many standard deviations count as if they did not. */
const SURPRISE = 4;
/** Precise enough to tell penalties apart. */
const ROUGH = 1e-6;
/** For the fits that are kept. */
const EXACT = 1e-12;

/** A training set made ready: outcomes capped and, for the log link, divided by their mean. */
export interface Training extends Problem, GlmProblem {
  /** Added to the intercept, it makes predictions sum up to the outcomes as they were, not capped. */
  level: number;
  /** Per column, curvature × variance: what a penalty of one is for a feature of standard deviation one. */
  unit: Float64Array;
}

export function trainingSet(problem: Problem, rows: Uint32Array): Training {
  const { family, x, y } = problem;
  const centre = meanOf(y, rows);
  const curvature = family === POISSON ? 1 : family.slope(centre);
  const unit = columnVariances(x, rows).map((variance) => variance * curvature);
  const training = { ...problem, rows, penalty: new Float64Array(x.columns), level: 0, unit };
  if (family !== POISSON || !(centre > 0)) return training;
  const scaled = { ...training, y: y.map((value) => value / centre), level: Math.log(centre) };
  const capped = withoutSurprises(scaled);
  return { ...scaled, y: capped, level: scaled.level - Math.log(meanOf(capped, rows)) };
}

/**
 * The outcomes with those cut that are far above what is expected without content, so that one giant order does not decide
 * what reading goes with (P. Huber's idea, on Pearson residuals). Those of whom much is expected keep what they brought.
 */
function withoutSurprises(training: Training): Float64Array<ArrayBuffer> {
  const { family, x, y, rows } = training;
  const fit = fitContent(training, Number.POSITIVE_INFINITY, undefined, ROUGH);
  const mu = y.map((_, row) => family.mean(linearPredictor(fit, x, row)));
  let squares = 0;
  for (const row of rows) squares += (y[row]! - mu[row]!) ** 2 / mu[row]!;
  const dispersion = squares / rows.length;
  return y.map((value, row) => Math.min(value, mu[row]! + SURPRISE * Math.sqrt(dispersion * mu[row]!)));
}

/** Fits with this penalty on the content features; with Infinity, without them. */
export function fitContent(training: Training, penalty: number, start?: GlmFit, tolerance = EXACT): GlmFit {
  return fitRidgeGlm(penalised(training, penalty), start, tolerance);
}

/** The training set with this penalty on the content features, as if each had a standard deviation of one. */
export function penalised(training: Training, penalty: number): Training {
  const { contentFrom, restraint } = training;
  const penalties = training.unit.map((unit, column) => {
    if (!(unit > 0)) return Number.POSITIVE_INFINITY;
    return unit * (column < contentFrom ? BASE_PENALTY : penalty * restraint[column - contentFrom]!);
  });
  return { ...training, penalty: penalties };
}

/** The fits for each penalty, each beginning where the one before it ended. */
export function fitPath(training: Training): GlmFit[] {
  const fits: GlmFit[] = [];
  for (const penalty of PENALTIES) fits.push(fitContent(training, penalty, fits.at(-1), ROUGH));
  return fits;
}

function meanOf(values: Float64Array, rows: Uint32Array): number {
  let sum = 0;
  for (const row of rows) sum += values[row]!;
  return sum / Math.max(1, rows.length);
}

/** Variance of each column over some rows; 0 where there is nothing but rounding. */
export function columnVariances(x: SparseRows, rows: Uint32Array): Float64Array {
  const sums = new Float64Array(x.columns);
  const squares = new Float64Array(x.columns);
  for (const row of rows) {
    for (let k = x.start[row]!; k < x.start[row + 1]!; k++) {
      sums[x.column[k]!]! += x.value[k]!;
      squares[x.column[k]!]! += x.value[k]! ** 2;
    }
  }
  return sums.map((sum, column) => {
    const square = squares[column]! / rows.length;
    const variance = square - (sum / rows.length) ** 2;
    return variance > 1e-9 * square ? variance : 0;
  });
}
