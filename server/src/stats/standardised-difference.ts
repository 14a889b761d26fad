/**
 * Standardised difference of means between two groups: the difference of their weighted means over the root of the mean
 * of their variances. P. Austin, "Balance diagnostics for comparing the distribution of baseline covariates between
 * treatment groups in propensity-score matched samples", Statistics in Medicine 28 (2009). The variances are those
 * without weights, so that before and after weighting are measured with the same rod (E. Stuart, "Matching methods for
 * causal inference", Statistical Science 25, 2010). Under 0.1 in size counts as balanced.
 *
 * @param values one for each person
 * @param inFirst 1 for the persons of the first group, 0 for those of the other
 * @param weights one for each person, none below zero; all the same unless told
 * @returns first less other; 0 when nothing varies; null when only the groups differ, or a group has no weight
 */
export function standardisedDifference(
  values: ArrayLike<number>,
  inFirst: Uint8Array,
  weights?: ArrayLike<number>,
): number | null {
  const first = momentsOf(values, inFirst, 1, weights);
  const other = momentsOf(values, inFirst, 0, weights);
  const difference = first.weightedMean - other.weightedMean;
  const spread = Math.sqrt((first.variance + other.variance) / 2);
  if (spread > 0 && Number.isFinite(difference)) return difference / spread;
  return difference === 0 ? 0 : null;
}

function momentsOf(
  values: ArrayLike<number>,
  inFirst: Uint8Array,
  group: number,
  weights: ArrayLike<number> | undefined,
) {
  // From a value of the group itself, so that a group of equal values varies by nothing at all.
  const origin = values[inFirst.indexOf(group)]!;
  let n = 0;
  let sum = 0;
  let weightSum = 0;
  let weightedSum = 0;
  for (let i = 0; i < inFirst.length; i++) {
    if (inFirst[i] !== group) continue;
    const weight = weights ? weights[i]! : 1;
    const deviation = values[i]! - origin;
    n++;
    sum += deviation;
    weightSum += weight;
    weightedSum += weight * deviation;
  }
  let squares = 0;
  for (let i = 0; i < inFirst.length; i++) {
    if (inFirst[i] === group) squares += (values[i]! - origin - sum / n) ** 2;
  }
  return { weightedMean: origin + weightedSum / weightSum, variance: n < 2 ? 0 : squares / (n - 1) };
}
