import type { Figures } from '../api-types';

const AMOUNTS = [
  'meanExposed',
  'meanUnexposed',
  'medianExposed',
  'medianUnexposed',
  'difference',
  'differenceLow',
  'differenceHigh',
  'adjustedDifference',
  'adjustedDifferenceLow',
  'adjustedDifferenceHigh',
] as const satisfies (keyof Figures)[];

/**
 * The same figures with their amounts in major units.
 *
 * @param digits decimals of the currency: 2 for EUR, 0 for JPY
 */
export function inMajorUnits(figures: Figures, digits: number): Figures {
  const unit = 10 ** digits;
  const result = { ...figures };
  for (const name of AMOUNTS) {
    const amount = figures[name];
    if (amount !== null) result[name] = amount / unit;
  }
  return result;
}
