import { median } from '../../stats/median';
import type { Figures, Verdict } from '../api-types';

/** Persons that each side of a comparison needs before anything is said of it: below it a test has hardly any power. */
export const NEEDED = 30;

/** Of how many readers of an item most must have been customers before it is called support-like. */
export const READERS_NEEDED = 30;

/** Whether an item has enough persons on both sides to be tested. */
export function isTestable({ exposed, unexposed }: Pick<Figures, 'exposed' | 'unexposed'>): boolean {
  return exposed >= NEEDED && unexposed >= NEEDED;
}

/** Items of which it is known when they are read, before a typical one can be told. */
const ITEMS_NEEDED = 15;
/** Odds of an item's readers to have been customers, over those of the typical item. */
const FAR_FROM_TYPICAL = 3;

type Readers = Pick<Figures, 'readers' | 'readersAlreadyCustomers'>;

/**
 * From which share of customers among its readers on an item is read by those who bought: more than half, and three times
 * the odds of the typical item, since on a site that customers keep coming back to they are among the readers of all.
 */
export function supportShareOf(items: Readers[]): number {
  const shares = items
    .filter(({ readers }) => readers >= READERS_NEEDED)
    .map(({ readers, readersAlreadyCustomers }) => readersAlreadyCustomers / readers);
  if (shares.length < ITEMS_NEEDED) return 0.5;
  const typical = median(shares);
  const odds = FAR_FROM_TYPICAL * typical;
  return Math.max(0.5, odds / (1 - typical + odds));
}

/** Whether an item is read by those who bought, rather than by those who are going to. */
export function isSupportLike({ readers, readersAlreadyCustomers }: Readers, supportShare: number): boolean {
  return readers >= READERS_NEEDED && readersAlreadyCustomers > supportShare * readers;
}

/** The word for an item: what its excess allows to say at a false discovery rate. */
export function verdict(
  figures: Omit<Figures, 'score' | 'verdict'>,
  fdr: number,
  supportShare: number,
): Verdict {
  if (isSupportLike(figures, supportShare)) return 'support-like';
  if (!isTestable(figures)) return 'not enough data';
  const { qValue, excess } = figures;
  if (qValue === null || excess === null || qValue > fdr) return 'not distinguishable';
  return excess > 0 ? 'associated' : 'below typical';
}
