import type { Effect } from './effects';

/** Fewer units in an arm say nothing. */
export const LEAST_UNITS = 30;
/** Where fewer bought, a single customer decides: no interval is to be trusted. */
const LEAST_BUYERS = 20;

/**
 * What may be said of an effect.
 *
 * @param buyers units with an order, of the variant and of the holdout
 * @param final false before the planned end of a fixed horizon
 * @param pValue after adjustment for the number of variants
 */
export function verdictOf(
  { perUnit, pValue }: Pick<Effect, 'perUnit' | 'pValue'>,
  { buyers, final, alpha }: { buyers: readonly number[]; final: boolean; alpha: number },
): 'more' | 'less' | 'no clear difference' | 'not enough data' {
  if (!final || buyers.some((count) => count < LEAST_BUYERS)) return 'not enough data';
  if (pValue >= alpha) return 'no clear difference';
  return perUnit.value > 0 ? 'more' : 'less';
}
