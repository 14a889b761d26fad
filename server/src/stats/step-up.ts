/**
 * Adjusts p-values from the largest to the smallest: each becomes p × factor × n / rank, but never more than a larger
 * one's, nor than 1.
 */
export function stepUp(pValues: ArrayLike<number>, factor: number): number[] {
  const n = pValues.length;
  const order = Array.from(pValues, (_, i) => i).sort((i, j) => pValues[j]! - pValues[i]!);
  const adjusted = new Array<number>(n);
  let smallest = 1;
  order.forEach((index, place) => {
    smallest = Math.min(smallest, (pValues[index]! * factor * n) / (n - place));
    adjusted[index] = smallest;
  });
  return adjusted;
}
