import { apportion } from '../../../clv/kpis/apportion';

/** Beyond this the shares are not those of one whole; below, it is rounding. */
const ROUNDING = 1e-6;

/**
 * Divides an amount by shares into whole minor units that sum to it exactly: the largest remainders get the units that
 * rounding leaves, the earlier of equal ones first. A refund is divided as the same amount the other way, so that it
 * undoes the credit of the order it gives back.
 *
 * @param amount whole minor units; may be negative
 * @param shares together 1; single ones may be below 0, as those of the Shapley value are
 * @throws RangeError when the amount is not whole or the shares do not sum to 1
 */
export function inMinorUnits(amount: number, shares: ArrayLike<number>): number[] {
  if (!Number.isSafeInteger(amount)) {
    throw new RangeError(`the amount must be a whole number of minor units, not ${amount}`);
  }
  let sum = 0;
  for (let i = 0; i < shares.length; i++) sum += shares[i]!;
  if (!(Math.abs(sum - 1) <= ROUNDING)) throw new RangeError(`the shares must sum to 1, not ${sum}`);
  const size = Math.abs(amount);
  const parts = apportion(
    size,
    Array.from(shares, (share) => (size * share) / sum),
  );
  return amount < 0 ? parts.map((part) => -part || 0) : parts;
}

/**
 * Divides the total of many orders by what a model of all of them credits, such as the `value` or the `conversions` of
 * `markov` and `shapley`.
 *
 * @param amount whole minor units; may be negative
 * @param credits by item, in any unit; together not 0
 * @returns whole minor units by item, which sum to the amount
 * @throws RangeError when the amount is not whole or the credits have no sum to take shares of
 */
export function totalInMinorUnits(amount: number, credits: ArrayLike<number>): number[] {
  let sum = 0;
  for (let i = 0; i < credits.length; i++) sum += credits[i]!;
  if (sum === 0 || !Number.isFinite(sum)) {
    throw new RangeError(`the credits must sum to a number other than 0, not ${sum}`);
  }
  return inMinorUnits(
    amount,
    Float64Array.from(credits, (credit) => credit / sum),
  );
}
