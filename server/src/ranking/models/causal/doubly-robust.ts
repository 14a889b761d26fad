import { sampleOf } from '../../../stats/sample';
import { standardisedDifference } from '../../../stats/standardised-difference';
import { studentTQuantile } from '../../../stats/student-t-quantile';
import { augmentedDifference, type Target } from './augmented-difference';
import { crossFit, splitPersons } from './cross-fit';
import { designOf } from './design';
import { type EffectiveSizes, effectiveSizes, sizeOfEqualTrial } from './overlap';

export interface CausalInput {
  /** For each person 1 when exposed to the item, else 0. */
  exposed: Uint8Array;
  /** What each person was worth, in any unit. */
  outcome: Float64Array;
  /** Columns, each with a number for every person; counts and amounts with a long tail serve better as log(1 + x). */
  covariates: Float64Array[];
}

export interface CausalOptions {
  seed: number;
  /** From 3 to 20. */
  folds?: number;
  /** Propensities below this or above 1 − this count as beyond overlap; from 0 to 0.5. */
  clip?: number;
  confidence?: number;
  target?: Target;
}

export interface Balance {
  /** Standardised differences of one covariate; null where only the groups differ and nothing varies within them. */
  before: number | null;
  after: number | null;
}

export interface StudyRefusal {
  /** `does not vary`: within either group all outcomes are the same. */
  reason: 'too few exposed' | 'too few unexposed' | 'no overlap' | 'does not vary';
  needed: number;
  has: number;
}

/** Amounts in the unit of the outcome; all of them null when refused. */
export interface CausalEstimate {
  estimate: number | null;
  standardError: number | null;
  low: number | null;
  high: number | null;
  /** Standard deviation of the outcome within the groups. */
  spread: number | null;
  n: number;
  exposed: number;
  /** Persons of equal weight who would tell as much (Kish). */
  effectiveSampleSize: EffectiveSizes;
  /** Share of the persons whose propensity is beyond `clip`. */
  clipped: number;
  /** In the order of the covariates; empty when refused before the propensities were known. */
  balance: Balance[];
  refused: StudyRefusal | null;
}

/** Persons of either group without whom nothing is said. */
const LEAST_OF_A_GROUP = 30;
/** Persons of a trial with two equal groups that would tell as much: with fewer nothing is said. */
const LEAST_IN_ALL = 50;
/** The share of all that the persons compared must be at least: of fewer the estimate would be about a sliver. */
const LEAST_SHARE = 0.02;

/**
 * Average difference in outcome between persons exposed and not exposed to one item who are alike in the covariates:
 * doubly robust, with cross-fitted predictions of exposure (ridge logistic regression) and of the outcome in either
 * group (ridge linear regression), both on a smooth curve of every covariate. See `augmentedDifference` for the
 * estimators. It is causal only if the covariates are all that both exposure and outcome depend on: an association else.
 *
 * The interval is Student's with Welch–Satterthwaite degrees of freedom. The same input and seed give the same result;
 * other seeds, and other orders of the persons, give other splits and differ by a fraction of the standard error.
 *
 * @throws RangeError for columns of different lengths, values that are not finite, and options out of range
 */
export function doublyRobust(input: CausalInput, options: CausalOptions): CausalEstimate {
  const { seed, folds = 5, clip = 0.05, confidence = 0.95, target = 'overlap' } = options;
  assertInput(input);
  if (!(Number.isInteger(folds) && folds >= 3 && folds <= 20))
    throw new RangeError(`folds: 3 to 20, not ${folds}`);
  if (!(clip >= 0 && clip < 0.5)) throw new RangeError(`clip: from 0 to below 0.5, not ${clip}`);
  if (!(confidence > 0 && confidence < 1))
    throw new RangeError(`confidence: between 0 and 1, not ${confidence}`);

  const { exposed, outcome, covariates } = input;
  const early = refusalBefore(input);
  if (early) return refusedWith(input, early);

  const groups = [0, 1].map((arm) => sampleOf(outcome.filter((_, i) => exposed[i] === arm)));
  const centre = (groups[0]!.mean + groups[1]!.mean) / 2;
  const centred = outcome.map((y) => y - centre);
  const foldOf = splitPersons(exposed, folds, seed);
  const nuisances = crossFit(designOf(covariates, centred), exposed, foldOf, folds);
  const { estimate, influence, weights } = augmentedDifference(exposed, centred, nuisances, target, clip);
  const effective = effectiveSizes(exposed, weights);
  const known = {
    effectiveSampleSize: effective,
    clipped: share(nuisances.propensity, (e) => e < clip || e > 1 - clip),
    balance: covariates.map((covariate) => ({
      before: standardisedDifference(covariate, exposed),
      after: standardisedDifference(covariate, exposed, weights),
    })),
  };
  const has = sizeOfEqualTrial(exposed, nuisances.propensity, foldOf, effective);
  const atRandom = 4 / (1 / groups[0]!.n + 1 / groups[1]!.n);
  const needed = Math.max(LEAST_IN_ALL, Math.ceil(LEAST_SHARE * atRandom));
  if (!(has >= needed)) return { ...refusedWith(input, { reason: 'no overlap', needed, has }), ...known };
  const { standardError, df } = errorOf(influence, exposed, effective);
  // Without error where the outcome follows from the covariates to the last digit.
  const reach = standardError > 0 ? studentTQuantile((1 + confidence) / 2, df) * standardError : 0;
  return {
    estimate,
    standardError,
    low: estimate - reach,
    high: estimate + reach,
    spread: Math.sqrt((groups[0]!.variance + groups[1]!.variance) / 2),
    n: exposed.length,
    exposed: groups[1]!.n,
    ...known,
    refused: null,
  };
}

function assertInput({ exposed, outcome, covariates }: CausalInput): void {
  if (exposed.some((is) => is > 1)) throw new RangeError('exposed holds other values than 0 and 1');
  for (const column of [outcome, ...covariates]) {
    if (column.length !== exposed.length) {
      throw new RangeError(`a column has ${column.length} values for ${exposed.length} persons`);
    }
    if (!column.every(Number.isFinite)) throw new RangeError('a column holds a value that is not finite');
  }
}

function refusalBefore({ exposed, outcome }: CausalInput): StudyRefusal | null {
  const has = exposed.reduce((sum, is) => sum + is, 0);
  const needed = LEAST_OF_A_GROUP;
  if (has < needed) return { reason: 'too few exposed', needed, has };
  if (exposed.length - has < needed)
    return { reason: 'too few unexposed', needed, has: exposed.length - has };
  const varies = [0, 1].some((arm) => {
    const first = outcome[exposed.indexOf(arm)];
    return outcome.some((value, i) => exposed[i] === arm && value !== first);
  });
  return varies ? null : { reason: 'does not vary', needed: 2, has: 1 };
}

function refusedWith({ exposed }: CausalInput, refused: StudyRefusal): CausalEstimate {
  return {
    estimate: null,
    standardError: null,
    low: null,
    high: null,
    spread: null,
    n: exposed.length,
    exposed: exposed.reduce((sum, is) => sum + is, 0),
    effectiveSampleSize: { exposed: 0, unexposed: 0 },
    clipped: 0,
    balance: [],
    refused,
  };
}

/** Standard error from the influence of the persons, and Welch–Satterthwaite degrees of freedom. */
function errorOf(influence: Float64Array, exposed: Uint8Array, effective: EffectiveSizes) {
  const squares = [0, 0];
  influence.forEach((value, i) => {
    squares[exposed[i]!]! += value * value;
  });
  const [unexposedPart, exposedPart] = squares as [number, number];
  const whole = unexposedPart + exposedPart;
  const df =
    whole ** 2 /
    (exposedPart ** 2 / (effective.exposed - 1) + unexposedPart ** 2 / (effective.unexposed - 1));
  const n = influence.length;
  return { standardError: Math.sqrt(whole / (n - 1) / n), df };
}

function share(values: Float64Array, holds: (value: number) => boolean): number {
  return values.reduce((count, value) => count + (holds(value) ? 1 : 0), 0) / values.length;
}
