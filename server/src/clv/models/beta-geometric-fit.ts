import {
  type BetaGeometricKind,
  type BetaGeometricName,
  betaGeometricLikelihood,
} from './beta-geometric-likelihood';
import { fitMaximum } from './fit-maximum';
import type { Fit, FitOptions, Histories } from './types';

export const BETA_GEOMETRIC_NAMES: readonly BetaGeometricName[] = ['r', 'alpha', 'a', 'b'];

export const BETA_GEOMETRIC_STARTS: readonly (readonly number[])[] = [
  [0.5, 0.3, 1, 2],
  [1, 0.1, 0.3, 3],
  [2, 1, 3, 3],
];
/** Of many more different rows than this, the best start is found on about so many. */
const SAMPLE = 1000;

/**
 * Fits r, α, a and b by maximum likelihood.
 *
 * @param rows unique histories
 * @param starts tried first, with α in units of the largest age
 */
export function fitBetaGeometric(
  rows: Histories,
  kind: BetaGeometricKind,
  { penalty }: FitOptions = {},
  starts = BETA_GEOMETRIC_STARTS,
): Fit<BetaGeometricName> {
  const every = Math.ceil(rows.age.length / SAMPLE);
  return fitMaximum({
    names: BETA_GEOMETRIC_NAMES,
    units: [1, largestAge(rows), 1, 1],
    starts,
    ...problemOf(rows, kind),
    ...(every > 2 && { part: problemOf(everyNth(rows, every), kind) }),
    penalty,
  });
}

/** The time that α is measured in while fitting; 1 when nobody has an age. */
export const largestAge = ({ age }: Histories): number =>
  age.reduce((most, value) => Math.max(most, value), 0) || 1;

function problemOf(rows: Histories, kind: BetaGeometricKind) {
  const customers = rows.weight.reduce((sum, weight) => sum + weight, 0);
  return { logLikelihood: betaGeometricLikelihood(rows, kind), customers };
}

/** A part of the customers: every n-th row. */
export function everyNth({ frequency, recency, age, weight, logGaps }: Histories, n: number): Histories {
  const pick = (column: Float64Array) => column.filter((_, i) => i % n === 0);
  return {
    frequency: pick(frequency),
    recency: pick(recency),
    age: pick(age),
    weight: pick(weight),
    ...(logGaps && { logGaps: pick(logGaps) }),
  };
}
