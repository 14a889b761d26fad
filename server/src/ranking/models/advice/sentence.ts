import type { Interval, ItemSentence } from '../../advice/api-types';
import type { Figures, Refusal } from '../../api-types';
import { NEEDED } from '../verdict';

/** What the ranking knows of itself, as far as a sentence on one item needs it. */
export interface Judged {
  /** Items that can be compared with what is typical, and how many that takes. */
  comparable: number;
  itemsNeeded: number;
}

/**
 * What the figures of an item say, by rules alone. An explanation comes before a mere "nothing found": it is what somebody
 * who has seen the plain figure needs to know.
 *
 * @param refused why the item has no adjusted figures, if it has none
 */
export function sentenceOf(
  figures: Figures,
  refused: Refusal | null,
  { comparable, itemsNeeded }: Judged,
): ItemSentence {
  const { exposed: readers, unexposed, verdict } = figures;
  if (verdict === 'support-like')
    return { code: 'support', already: figures.readersAlreadyCustomers, readers: figures.readers };
  if (readers < NEEDED) return { code: 'few-readers', n: readers, needed: NEEDED };
  if (unexposed < NEEDED) return { code: 'few-others', n: unexposed, needed: NEEDED };
  if (refused) return { code: refused === 'no overlap' ? 'no-overlap' : 'little-overlap', readers };
  const { adjustedDifference, adjustedDifferenceLow, adjustedDifferenceHigh } = figures;
  const adjusted = interval(adjustedDifference, adjustedDifferenceLow, adjustedDifferenceHigh);
  const excess = interval(figures.excess, figures.excessLow, figures.excessHigh);
  if (!excess) {
    return adjusted && comparable < itemsNeeded
      ? { code: 'no-typical', n: comparable, needed: itemsNeeded, adjusted, readers }
      : { code: 'no-variance', readers };
  }
  if (verdict === 'associated') return { code: 'associated', excess, readers };
  if (verdict === 'below typical') return { code: 'below-typical', excess, readers };
  const difference = interval(figures.difference, figures.differenceLow, figures.differenceHigh);
  if (difference && adjusted && difference.low > 0 && adjusted.low <= 0)
    return { code: 'explained', difference, adjusted, readers };
  return { code: 'ordinary', excess, readers };
}

const interval = (value: number | null, low: number | null, high: number | null): Interval | null =>
  value === null || low === null || high === null ? null : { value, low, high };
