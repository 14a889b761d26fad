import { type GlmFit, linearPredictor } from '../../../stats/ridge-glm';
import { seededRandom } from '../../../stats/seeded-random';
import {
  fitContent,
  fitPath,
  PENALTIES,
  type Problem,
  penalised,
  type Training,
  trainingSet,
} from './training';

const FOLDS = 5;
const NONE = 0;

export interface CrossFit {
  /** Predicted means of everyone, by models that have not seen the person. */
  with: Float64Array;
  without: Float64Array;
  /** The penalty for everyone's data; Infinity when content did not help. */
  penalty: number;
}

/**
 * Predicts everyone's outcome with and without content by models fitted on other people, the penalty too being chosen
 * without them (nested cross-validation: S. Varma and R. Simon, "Bias in error estimation when using cross-validation for
 * model selection", BMC Bioinformatics 7, 2006). Leaving out folds j and k serves both: it helps to choose the penalty of
 * j's model and of k's.
 *
 * @param seed of the division into folds
 */
export function crossFit(problem: Problem, seed: number): CrossFit {
  const { isFor = () => true } = problem;
  const folds = drawFolds(problem.y, seed);
  const learnable = (...excluded: number[]) =>
    trainingSet(
      problem,
      rowsWhere(folds, (fold, row) => !excluded.includes(fold) && isFor(row)),
    );
  const judged = Array.from({ length: FOLDS }, (_, k) =>
    rowsWhere(folds, (fold, row) => fold === k && isFor(row)),
  );
  const losses = Array.from({ length: FOLDS }, () => new Float64Array(PENALTIES.length));
  for (let j = 0; j < FOLDS; j++) {
    for (let k = 0; k < j; k++) {
      const training = learnable(j, k);
      fitPath(training).forEach((fit, i) => {
        losses[k]![i]! += lossOn(training, fit, judged[j]!);
        losses[j]![i]! += lossOn(training, fit, judged[k]!);
      });
    }
  }
  const result = { with: new Float64Array(folds.length), without: new Float64Array(folds.length) };
  const overall = new Float64Array(PENALTIES.length);
  for (let k = 0; k < FOLDS; k++) {
    const training = learnable(k);
    const path = fitPath(training);
    path.forEach((fit, i) => {
      overall[i]! += lossOn(training, fit, judged[k]!);
    });
    const held = rowsWhere(folds, (fold) => fold === k);
    predict(training, path[NONE]!, held, result.without);
    predict(training, path[best(losses[k]!)]!, held, result.with);
  }
  return { ...result, penalty: PENALTIES[best(overall)]! };
}

/** The final fits, and the data they are of. */
export interface FittedPair {
  training: Training;
  with: GlmFit;
  without: GlmFit;
}

/** Fits everyone's data with a penalty, and without content. */
export function fitAll(problem: Problem, penalty: number): FittedPair {
  const everyone = trainingSet(
    problem,
    rowsWhere(problem.y, () => true),
  );
  const without = fitContent(everyone, Number.POSITIVE_INFINITY);
  const fit = fitContent(everyone, penalty, without);
  return { training: penalised(everyone, penalty), with: fit, without };
}

function best(losses: Float64Array): number {
  return losses.indexOf(Math.min(...losses));
}

function lossOn({ family, x, y }: Training, fit: GlmFit, rows: Uint32Array): number {
  let loss = 0;
  for (const row of rows) loss += family.loss(y[row]!, linearPredictor(fit, x, row));
  return loss;
}

function predict({ family, x, level }: Training, fit: GlmFit, rows: Uint32Array, into: Float64Array): void {
  for (const row of rows) into[row] = family.mean(level + linearPredictor(fit, x, row));
}

/** Folds of equal size, those with an outcome and those without one spread evenly. */
export function drawFolds(y: Float64Array, seed: number): Uint8Array {
  const random = seededRandom(seed, 11);
  const lots = Float64Array.from(y, (value) => random() + (value > 0 ? 1 : 0));
  const order = Uint32Array.from(y.keys()).sort((i, j) => lots[i]! - lots[j]!);
  const folds = new Uint8Array(y.length);
  order.forEach((person, place) => {
    folds[person] = place % FOLDS;
  });
  return folds;
}

function rowsWhere(values: ArrayLike<number>, holds: (value: number, row: number) => boolean): Uint32Array {
  const rows = new Uint32Array(values.length);
  let size = 0;
  for (let row = 0; row < values.length; row++) if (holds(values[row]!, row)) rows[size++] = row;
  return rows.slice(0, size);
}
