import { benjaminiHochberg } from '../../stats/benjamini-hochberg';
import { betweenVariance } from '../../stats/between-variance';
import { normalCdf } from '../../stats/normal-cdf';
import { normalQuantile } from '../../stats/normal-quantile';
import type { Figures, GroupFigures } from '../api-types';

/** What is asked of the items of a group. */
export type GroupItem = Pick<Figures, 'excess' | 'excessLow' | 'excessHigh' | 'verdict' | 'readers'>;

/** Items with an excess that a group needs before anything is said of it as a whole. */
export const ITEMS_OF_GROUP_NEEDED = 3;

const REACH = normalQuantile(0.975);

/**
 * The mean excess of each group's items, by the random-effects model (`betweenVariance`): the items scatter around it by their
 * own errors and by as much as they differ in truth. q-values (Benjamini–Hochberg) over all groups that have one. Items are
 * taken for independent, though the same persons read several of them: in simulated worlds that cost the intervals nothing.
 *
 * @param groups items by the group's value; an item may stand in several
 * @param fdr the false discovery rate up to which groups are called associated or below typical
 */
export function pooledGroups(groups: Map<string, GroupItem[]>, fdr: number): GroupFigures[] {
  const pooled = [...groups].map(([value, items]) => ({ value, items, mean: meanExcess(items) }));
  const tested = pooled.flatMap(({ mean }) => mean ?? []);
  const qValues = benjaminiHochberg(tested.map(({ pValue }) => pValue));
  const qOf = new Map(tested.map((mean, i) => [mean, qValues[i]!]));
  return pooled.map(({ value, items, mean }) => {
    const qValue = mean && qOf.get(mean)!;
    return {
      value,
      items: items.length,
      comparable: items.filter(({ excess }) => excess !== null).length,
      needed: ITEMS_OF_GROUP_NEEDED,
      associated: items.filter(({ verdict }) => verdict === 'associated').length,
      belowTypical: items.filter(({ verdict }) => verdict === 'below typical').length,
      excess: mean?.excess ?? null,
      excessLow: mean?.low ?? null,
      excessHigh: mean?.high ?? null,
      spread: mean?.spread ?? null,
      pValue: mean?.pValue ?? null,
      qValue,
      verdict: verdictOf(mean, qValue, fdr),
      readings: items.reduce((sum, { readers }) => sum + readers, 0),
    };
  });
}

interface MeanExcess {
  excess: number;
  low: number;
  high: number;
  /** By how much the items' true excesses differ (standard deviation). */
  spread: number;
  pValue: number;
}

function meanExcess(items: GroupItem[]): MeanExcess | null {
  const estimates = items.flatMap(({ excess, excessLow, excessHigh }) =>
    excess === null || excessLow === null || excessHigh === null
      ? []
      : { value: excess, variance: ((excessHigh - excessLow) / (2 * REACH)) ** 2 },
  );
  if (estimates.length < ITEMS_OF_GROUP_NEEDED) return null;
  const { mean, meanVariance, between } = betweenVariance(estimates);
  const standardError = Math.sqrt(meanVariance);
  return {
    excess: mean,
    low: mean - REACH * standardError,
    high: mean + REACH * standardError,
    spread: Math.sqrt(between),
    pValue: 2 * normalCdf(-Math.abs(mean / standardError)),
  };
}

function verdictOf(mean: MeanExcess | null, qValue: number | null, fdr: number): GroupFigures['verdict'] {
  if (mean === null || qValue === null) return 'not enough data';
  if (qValue > fdr) return 'not distinguishable';
  return mean.excess > 0 ? 'associated' : 'below typical';
}
