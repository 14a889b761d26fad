import { effectiveSampleSize } from '../../../stats/effective-sample-size';

export interface EffectiveSizes {
  exposed: number;
  unexposed: number;
}

/** Persons in a stratum of like propensity. */
const STRATUM = 5;

/** Kish's effective size of either group. */
export function effectiveSizes(exposed: Uint8Array, weights: Float64Array): EffectiveSizes {
  const sizeOf = (arm: number) => effectiveSampleSize(weights.filter((_, i) => exposed[i] === arm));
  return { exposed: sizeOf(1), unexposed: sizeOf(0) };
}

/**
 * How many persons a trial with two equal groups would need to tell as much: by the weights 4 / (1/a + 1/b), for groups
 * of effective sizes a and b, or by the persons who can be compared, whichever is less.
 */
export function sizeOfEqualTrial(
  exposed: Uint8Array,
  propensity: Float64Array,
  foldOf: Uint8Array,
  { exposed: a, unexposed: b }: EffectiveSizes,
): number {
  return Math.min(4 / (1 / a + 1 / b), 4 * comparisons(exposed, propensity, foldOf));
}

/**
 * Σ n₁ n₀ / (n₁ + n₀ − 1) over strata of like propensity, by which strata are weighed together (W. Cochran, "Some methods
 * for strengthening the common χ² tests", Biometrics 10, 1954). It counts who is truly there: where a covariate tells
 * the groups apart few strata have both, however mild the propensities that a ridge leaves. Each fold has strata of its
 * own, for it has propensities from a model of its own.
 */
function comparisons(exposed: Uint8Array, propensity: Float64Array, foldOf: Uint8Array): number {
  const order = Uint32Array.from(propensity.keys()).sort(
    (i, j) => foldOf[i]! - foldOf[j]! || propensity[i]! - propensity[j]!,
  );
  const areAlike = (i: number, j: number) => foldOf[i] === foldOf[j] && propensity[i] === propensity[j];
  let sum = 0;
  for (let start = 0, end = 0; start < order.length; start = end) {
    let ofExposed = 0;
    const fold = foldOf[order[start]!];
    while (end < order.length && foldOf[order[end]!] === fold) {
      if (end - start >= STRATUM && !areAlike(order[end]!, order[end - 1]!)) break;
      ofExposed += exposed[order[end++]!]!;
    }
    sum += (ofExposed * (end - start - ofExposed)) / Math.max(1, end - start - 1);
  }
  return sum;
}
