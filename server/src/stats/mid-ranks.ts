/**
 * Ranks from 1 in ascending order; equal values share the mean of the ranks they take (mid-ranks).
 *
 * @example midRanks([10, 20, 20, 5]) // [2, 3.5, 3.5, 1]
 * @returns an empty array for an empty one; values must not be NaN
 */
export function midRanks(values: ArrayLike<number>): Float64Array {
  const order = Uint32Array.from(values, (_, i) => i).sort((i, j) => values[i]! - values[j]!);
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let i = start; i < end; i++) ranks[order[i]!] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}
