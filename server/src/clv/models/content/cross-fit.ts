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

/** Among more people than this, the outcomes of one fold say nothing worth hiding of the penalty for another. */
const NESTED_UP_TO = 20_000;

/**
 * Predicts everyone's outcome with and without content by models fitted on other people, the penalty too being chosen
 * without them (nested cross-validation: S. Varma and R. Simon, "Bias in error estimation when using cross-validation for
 * model selection", BMC Bioinformatics 7, 2006). Among many people the penalty for a fold is chosen by how the models of
 * the other folds did there, which takes a third of the time; these were fitted on the fold too.
 *
 * @param seed of the division into folds
 */
export function crossFit(problem: Problem, seed: number): CrossFit {
  const { isFor = () => true } = problem;
  const folds = drawFolds(problem.y, seed);
  const judged = (k: number) => rowsWhere(folds, (fold, row) => fold === k && isFor(row));
  const parts = Array.from({ length: FOLDS }, (_, k) => {
    const training = trainingSet(
      problem,
      rowsWhere(folds, (fold, row) => fold !== k && isFor(row)),
    );
    const path = fitPath(training);
    return { training, path, losses: lossesOn(training, path, judged(k)) };
  });
  const isNested = folds.length <= NESTED_UP_TO;
  const choosing = isNested
    ? nestedLosses(problem, folds, judged)
    : parts.map((_, k) => sumOf(parts.filter((_, j) => j !== k).map(({ losses }) => losses)));

  const result = { with: new Float64Array(folds.length), without: new Float64Array(folds.length) };
  parts.forEach(({ training, path }, k) => {
    const held = rowsWhere(folds, (fold) => fold === k);
    predict(training, path[NONE]!, held, result.without);
    predict(training, path[best(choosing[k]!)]!, held, result.with);
  });
  return { ...result, penalty: PENALTIES[best(sumOf(parts.map(({ losses }) => losses)))]! };
}

/** For each fold, the losses of each penalty when neither fitted nor judged on it. Leaving out j and k serves both. */
function nestedLosses(
  problem: Problem,
  folds: Uint8Array,
  judged: (k: number) => Uint32Array,
): Float64Array[] {
  const { isFor = () => true } = problem;
  const losses = Array.from({ length: FOLDS }, (): Float64Array[] => []);
  for (let j = 0; j < FOLDS; j++) {
    for (let k = 0; k < j; k++) {
      const rows = rowsWhere(folds, (fold, row) => fold !== j && fold !== k && isFor(row));
      const training = trainingSet(problem, rows);
      const path = fitPath(training);
      losses[k]!.push(lossesOn(training, path, judged(j)));
      losses[j]!.push(lossesOn(training, path, judged(k)));
    }
  }
  return losses.map(sumOf);
}

function lossesOn({ family, x, y }: Training, path: readonly GlmFit[], rows: Uint32Array): Float64Array {
  return Float64Array.from(path, (fit) => {
    let loss = 0;
    for (const row of rows) loss += family.loss(y[row]!, linearPredictor(fit, x, row));
    return loss;
  });
}

function sumOf(parts: readonly Float64Array[]): Float64Array {
  return Float64Array.from(PENALTIES, (_, i) => parts.reduce((sum, part) => sum + part[i]!, 0));
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
