import { type Family, fitRidgeGlm, type GlmFit, type GlmProblem, POISSON } from '../../../stats/ridge-glm';
import type { SparseRows } from '../../../stats/sparse-rows';

/** Outcomes of persons and what is known of them: one row each, the first columns being known without any reading. */
export interface Problem {
  family: Family;
  x: SparseRows;
  y: Float64Array;
  /** Columns from here on come from what people read. */
  contentFrom: number;
  /** Whether the model is for this person; for everyone unless told. All are predicted, for whoever it is for. */
  isFor?: (row: number) => boolean;
}

/** From no content at all down to hardly any restraint. */
export const PENALTIES: readonly number[] = [Number.POSITIVE_INFINITY, 10, 3, 1, 0.3, 0.1, 0.03, 0.01, 0.003];
/** Just enough to keep the few features without content from running away when there are few persons. */
const BASE_PENALTY = 1e-3;
/** Outcomes above this quantile count as if they were there: one giant order must not decide what reading goes with. */
const CAPPED = 0.995;
/** Precise enough to tell penalties apart; Newton's next step would be far smaller still. */
const TOLERANCE = 1e-7;

/** A training set made ready: outcomes capped and, for the log link, divided by their mean. */
export interface Training extends GlmProblem {
  /** Added to the intercept, it makes predictions sum up to the outcomes as they were, not capped. */
  level: number;
  /** Per column, curvature × variance: what a penalty of one is for a feature of standard deviation one. */
  unit: Float64Array;
}

export function trainingSet({ family, x, y }: Problem, rows: Uint32Array): Training {
  const penalty = new Float64Array(x.columns);
  if (family !== POISSON) {
    const curvature = family.slope(meanOf(y, rows));
    return { family, x, y, rows, penalty, level: 0, unit: unitPenalties(x, rows, curvature) };
  }
  const sorted = valuesAt(y, rows).sort();
  const cap = sorted[Math.floor(CAPPED * (sorted.length - 1))]! || sorted.at(-1)!;
  const capped = y.map((value) => Math.min(value, cap));
  const centre = meanOf(capped, rows);
  return {
    family,
    x,
    y: capped.map((value) => value / centre),
    rows,
    penalty,
    level: Math.log(meanOf(y, rows)),
    unit: unitPenalties(x, rows, 1),
  };
}

/** Fits with this penalty on the content features; with Infinity, without them. */
export function fitContent(training: Training, contentFrom: number, penalty: number, start?: GlmFit): GlmFit {
  return fitRidgeGlm(penalised(training, contentFrom, penalty), start, TOLERANCE);
}

/** The training set with this penalty on the content features, as if each had a standard deviation of one. */
export function penalised(training: Training, contentFrom: number, penalty: number): Training {
  const penalties = training.unit.map((unit, column) => {
    if (!(unit > 0)) return Number.POSITIVE_INFINITY;
    return unit * (column < contentFrom ? BASE_PENALTY : penalty);
  });
  return { ...training, penalty: penalties };
}

/** The fits for each penalty, each beginning where the one before it ended. */
export function fitPath(training: Training, contentFrom: number, penalties = PENALTIES): GlmFit[] {
  const fits: GlmFit[] = [];
  for (const penalty of penalties) fits.push(fitContent(training, contentFrom, penalty, fits.at(-1)));
  return fits;
}

function valuesAt(values: Float64Array, rows: Uint32Array): Float64Array {
  const picked = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) picked[i] = values[rows[i]!]!;
  return picked;
}

function meanOf(values: Float64Array, rows: Uint32Array): number {
  let sum = 0;
  for (const row of rows) sum += values[row]!;
  return sum / Math.max(1, rows.length);
}

/** Zero for a column that does not vary. */
function unitPenalties(x: SparseRows, rows: Uint32Array, curvature: number): Float64Array {
  const variances = columnVariances(x, rows);
  return variances.map((variance) => variance * curvature);
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
