import type { Weights } from './place-weights';

/** Half-life unless told: a week, as in Google Ads (AttributionModelEnum) and Salesforce. */
export const HALF_LIFE = 7;

/**
 * Each touch gets half of what it would get one half-life later: 2^(−age / halfLife), then normalised to 1.
 *
 * @param ages how long before the conversion each touch was; only differences matter, so days or steps of a path serve
 * @param halfLife in the unit of the ages
 * @throws RangeError when the half-life is not above zero
 */
export function timeDecayWeights(ages: ArrayLike<number>, halfLife = HALF_LIFE): Weights {
  if (!(halfLife > 0) || halfLife === Number.POSITIVE_INFINITY) {
    throw new RangeError(`the half-life must be a number above 0, not ${halfLife}`);
  }
  // Taken from the youngest on, so that not all of them vanish when every touch was long ago.
  let youngest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < ages.length; i++) youngest = Math.min(youngest, ages[i]!);
  const weights = Float64Array.from(ages, (age) => 2 ** ((youngest - age) / halfLife));
  let sum = 0;
  for (const weight of weights) sum += weight;
  for (let i = 0; i < weights.length; i++) weights[i]! /= sum;
  return weights;
}

/** Time decay where only the order of touches is known: the last one has age 0, the one before it 1, and so on. */
export function stepDecayWeights(touches: number, halfLifeInSteps = HALF_LIFE): Weights {
  return timeDecayWeights(
    Float64Array.from({ length: touches }, (_, i) => touches - 1 - i),
    halfLifeInSteps,
  );
}
