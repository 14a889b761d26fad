import type { Figures, Verdict } from '../api-types';

/** Persons that each side of a comparison needs before anything is said of it: below it a test has hardly any power. */
export const NEEDED = 30;

/** Of how many readers of an item most must have been customers before it is called support-like. */
export const READERS_NEEDED = 30;

/** Whether an item has enough persons on both sides to be tested. */
export function isTestable({ exposed, unexposed }: Pick<Figures, 'exposed' | 'unexposed'>): boolean {
  return exposed >= NEEDED && unexposed >= NEEDED;
}

/** The word for an item: what its figures allow to say at a false discovery rate. */
export function verdict(figures: Omit<Figures, 'score' | 'verdict'>, fdr: number): Verdict {
  const { readers, readersAlreadyCustomers, qValue, difference, rankBiserial } = figures;
  if (readers >= READERS_NEEDED && readersAlreadyCustomers > readers / 2) return 'support-like';
  if (!isTestable(figures)) return 'not enough data';
  if (qValue === null || qValue > fdr || difference === null || rankBiserial === null) {
    return 'not distinguishable';
  }
  if (difference > 0 && rankBiserial > 0) return 'associated';
  if (difference < 0 && rankBiserial < 0) return 'below typical';
  return 'not distinguishable';
}
