import { BINOMIAL } from '../../../stats/glm-family';
import { gram } from '../../../stats/gram';
import { fitRidgeGlm, type GlmFit, linearPredictor } from '../../../stats/ridge-glm';
import { fitRidgeLinear, squaredError } from '../../../stats/ridge-linear';
import { seededRandom } from '../../../stats/seeded-random';
import type { SparseRows } from '../../../stats/sparse-rows';

/** What is predicted of each person by models that did not see them. */
export interface Nuisances {
  /** Probability of being exposed. */
  propensity: Float64Array;
  /** Expected outcome were they exposed, and were they not. */
  ifExposed: Float64Array;
  ifUnexposed: Float64Array;
}

/** What a squared coefficient of the logistic regression costs in all: that of a standard normal prior. */
const PROPENSITY_PENALTY = 1;
/** What may be tried as the penalty of the linear regressions: from hardly any to little but the mean. */
const OUTCOME_PENALTIES = [0.001, 0.01, 0.1, 1, 10];

/**
 * Divides persons at random into folds of equal size, exposed and unexposed apart.
 *
 * @returns each person's fold from 0; it depends on the order of the persons and on the seed, and on nothing else
 */
export function splitPersons(exposed: Uint8Array, folds: number, seed: number): Uint8Array {
  const random = seededRandom(seed);
  const foldOf = new Uint8Array(exposed.length);
  for (const arm of [0, 1]) {
    const persons = Uint32Array.from(exposed.keys()).filter((person) => exposed[person] === arm);
    for (let left = persons.length; left > 0; left--) {
      const drawn = Math.floor(random() * left);
      foldOf[persons[drawn]!] = left % folds;
      persons[drawn] = persons[left - 1]!;
    }
  }
  return foldOf;
}

/**
 * Predicts for each fold from the others (cross-fitting: V. Chernozhukov et al., "Double/debiased machine learning for
 * treatment and structural parameters", The Econometrics Journal 21, 2018, definition 3.2).
 *
 * @param design as `designOf` gives it: the outcome is its last column
 */
export function crossFit(
  design: SparseRows,
  exposed: Uint8Array,
  foldOf: Uint8Array,
  folds: number,
): Nuisances {
  const propensity = crossFittedPropensity(design, exposed, foldOf, folds);
  const [ifUnexposed, ifExposed] = [0, 1].map((arm) => {
    const persons = (fold: number) => personsWhere(exposed, (i) => exposed[i] === arm && foldOf[i] === fold);
    return crossFittedMean(
      design,
      Array.from({ length: folds }, (_, fold) => persons(fold)),
      foldOf,
    );
  }) as [Float64Array, Float64Array];
  return { propensity, ifExposed, ifUnexposed };
}

function crossFittedPropensity(x: SparseRows, exposed: Uint8Array, foldOf: Uint8Array, folds: number) {
  const propensity = new Float64Array(exposed.length);
  const y = Float64Array.from(exposed);
  let start: GlmFit | undefined;
  for (let fold = 0; fold < folds; fold++) {
    const rows = personsWhere(exposed, (i) => foldOf[i] !== fold);
    const penalty = new Float64Array(x.columns).fill(PROPENSITY_PENALTY / rows.length);
    penalty[x.columns - 1] = Number.POSITIVE_INFINITY;
    // The end does not depend on where a fit starts: the problem is convex.
    start = fitRidgeGlm({ family: BINOMIAL, x, y, rows, penalty }, start);
    for (let i = 0; i < foldOf.length; i++) {
      if (foldOf[i] === fold) propensity[i] = BINOMIAL.mean(linearPredictor(start, x, i));
    }
  }
  return propensity;
}

/** Predictions for everybody of the mean outcome of one arm, given the arm's persons by fold. */
function crossFittedMean(x: SparseRows, armByFold: Uint32Array[], foldOf: Uint8Array): Float64Array {
  const size = x.columns + 1;
  const all = Uint16Array.from({ length: x.columns }, (_, c) => c);
  const moments = armByFold.map((rows) => gram(x, rows, all, new Float64Array(rows.length).fill(1)));
  const fits = moments.map((_, fold) => {
    const others = moments.filter((_, other) => other !== fold);
    return fitRidgeLinear(total(others), size, bestPenalty(others, size));
  });
  const models = fits.map((fit) => ({
    intercept: fit[0]!,
    // Nothing for the last column, which is the outcome.
    coefficients: Float64Array.of(...fit.subarray(1), 0),
  }));
  return Float64Array.from(foldOf, (fold, row) => linearPredictor(models[fold]!, x, row));
}

/** The penalty with which each part is best predicted from the others. */
function bestPenalty(parts: Float64Array[], size: number): number {
  const errorWith = (penalty: number) =>
    parts.reduce((sum, part) => {
      const others = parts.filter((other) => other !== part);
      return sum + squaredError(fitRidgeLinear(total(others), size, penalty), part, size);
    }, 0);
  const errors = OUTCOME_PENALTIES.map(errorWith);
  return OUTCOME_PENALTIES[errors.indexOf(Math.min(...errors))]!;
}

function total(parts: Float64Array[]): Float64Array {
  const sum = new Float64Array(parts[0]!.length);
  for (const part of parts) for (let i = 0; i < sum.length; i++) sum[i]! += part[i]!;
  return sum;
}

function personsWhere(persons: Uint8Array, holds: (person: number) => boolean): Uint32Array {
  const chosen = new Uint32Array(persons.length);
  let count = 0;
  for (let i = 0; i < persons.length; i++) if (holds(i)) chosen[count++] = i;
  return chosen.slice(0, count);
}
