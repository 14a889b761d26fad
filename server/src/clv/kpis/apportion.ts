/**
 * Divides a whole number into whole parts that sum to it, each next to its exact share: the largest remainders get the
 * units that rounding down leaves (Hamilton's method). Shares may be negative, as those of refunds are.
 *
 * @param total a whole number
 * @param exact the exact shares; they should sum to about `total`
 * @returns an empty list for an empty one, whatever the total
 */
export function apportion(total: number, exact: ArrayLike<number>): number[] {
  const parts = Array.from(exact, Math.floor);
  if (parts.length === 0) return parts;
  let left = total - parts.reduce((sum, part) => sum + part, 0);
  const byRemainder = parts
    .map((part, i) => ({ i, remainder: exact[i]! - part }))
    .sort((a, b) => b.remainder - a.remainder || a.i - b.i);
  // A difference beyond one round comes from floating point alone; it is spread evenly.
  const step = Math.sign(left);
  for (let turn = 0; left !== 0; turn++, left -= step) {
    const place = turn % parts.length;
    parts[byRemainder[step > 0 ? place : parts.length - 1 - place]!.i]! += step;
  }
  return parts.map((part) => part || 0); // never -0
}

/**
 * Divides a whole number in proportion to weights.
 *
 * @param weights at least zero; where all are zero, everything goes to the first
 */
export function apportionBy(total: number, weights: ArrayLike<number>): number[] {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i]!;
  const exact = Array.from(weights, (weight, i) => (sum > 0 ? (total * weight) / sum : i === 0 ? total : 0));
  return apportion(total, exact);
}
