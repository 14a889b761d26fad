import type { Figures, Verdict } from '../api-types';

/** Persons that each side of a comparison needs before anything is said of it: below it a test has hardly any power. */
export const NEEDED = 30;

/** Of how many readers of an item most must have been customers before it is called support-like. */
export const READERS_NEEDED = 30;

/** Whether an item has enough persons on both sides to be tested. */
export function isTestable({ exposed, unexposed }: Pick<Figures, 'exposed' | 'unexposed'>): boolean {
  return exposed >= NEEDED && unexposed >= NEEDED;
}

/** Whether most readers of an item were customers before they read it. */
export function isSupportLike({
  readers,
  readersAlreadyCustomers,
}: Pick<Figures, 'readers' | 'readersAlreadyCustomers'>): boolean {
  return readers >= READERS_NEEDED && readersAlreadyCustomers > readers / 2;
}

/** The word for an item: what its excess allows to say at a false discovery rate. */
export function verdict(figures: Omit<Figures, 'score' | 'verdict'>, fdr: number): Verdict {
  if (isSupportLike(figures)) return 'support-like';
  if (!isTestable(figures)) return 'not enough data';
  const { qValue, excess } = figures;
  if (qValue === null || excess === null || qValue > fdr) return 'not distinguishable';
  return excess > 0 ? 'associated' : 'below typical';
}
