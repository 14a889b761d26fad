/**
 * p-values adjusted so that the chance of any false rejection is bounded. S. Holm, Scand. J. Statistics 6 (1979).
 *
 * @param pValues of one family; none of them NaN
 */
export function holm(pValues: ArrayLike<number>): number[] {
  const n = pValues.length;
  const order = Array.from(pValues, (_, i) => i).sort((i, j) => pValues[i]! - pValues[j]!);
  const adjusted = new Array<number>(n);
  let largest = 0;
  order.forEach((index, place) => {
    largest = Math.min(1, Math.max(largest, pValues[index]! * (n - place)));
    adjusted[index] = largest;
  });
  return adjusted;
}
