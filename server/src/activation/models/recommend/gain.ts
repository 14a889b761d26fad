import type { Prepared } from './prepared';
import type { RecommendationModel } from './types';

/**
 * What reading an ordinary item is taken to be worth, as a share of a person's value. Data cannot tell: an excess compares an
 * item with ordinary ones. It decides how much more a value must be expected of an item that is less likely to be read.
 */
const ORDINARY = 0.05;

/**
 * log of the value that reading each item is expected to go with, over that of reading an ordinary item: an excess is a
 * difference in log(1 + value), so that value is larger by e^excess − 1 of itself. Below zero the value of reading at all
 * fades out instead of ending, so that any two items can be told apart.
 */
export function gainsOf({ gains }: Prepared, { items }: RecommendationModel, tier: string | null) {
  let found = gains.get(tier);
  if (!found) {
    found = Float64Array.from(items, ({ excess, byTier }) =>
      logGain(tier === null ? excess : (byTier[tier] ?? excess)),
    );
    gains.set(tier, found);
  }
  return found;
}

export function logGain(excess: number): number {
  return excess > 0 ? Math.log1p(Math.expm1(excess) / ORDINARY) : excess / ORDINARY;
}
