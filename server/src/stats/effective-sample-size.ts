/**
 * How many persons of equal weight would tell as much as these weighted ones: (Σw)² / Σw². L. Kish, "Survey Sampling",
 * 1965, 11.2.
 *
 * @param weights none below zero; their scale does not matter
 * @returns 0 when all weights are 0
 */
export function effectiveSampleSize(weights: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < weights.length; i++) largest = Math.max(largest, weights[i]!);
  if (largest === 0) return 0;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < weights.length; i++) {
    // Measured by the largest, so that the square of a tiny weight is not nothing.
    const weight = weights[i]! / largest;
    sum += weight;
    squares += weight * weight;
  }
  return (sum * sum) / squares;
}
