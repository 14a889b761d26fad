/**
 * Σ (t³ − t) over the groups of equal values, t being a group's size: what ties take from the variance of ranks.
 *
 * @returns 0 when all values differ
 */
export function tieSum(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  let sum = 0;
  for (let start = 0; start < sorted.length; ) {
    let end = start + 1;
    while (end < sorted.length && sorted[end] === sorted[start]) end++;
    const t = end - start;
    sum += t * t * t - t;
    start = end;
  }
  return sum;
}
