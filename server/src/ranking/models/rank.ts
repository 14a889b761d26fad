import { benjaminiHochberg } from '../../stats/benjamini-hochberg';
import type { Figures } from '../api-types';
import { association } from './association';
import type { ItemStatistics } from './item-statistics';
import type { Population } from './population';
import { shrunkenScores } from './shrunken-score';
import { isTestable, verdict } from './verdict';

export interface Ranked<Key> {
  contentId: Key;
  figures: Figures;
}

/**
 * Ranks items by how they go with the value of a population. Items with too few persons on a side are compared but not
 * tested: they have no p-value, no score, and no part in the correction for many tests.
 *
 * @param statistics every item to list, those that nobody took too
 * @param fdr the false discovery rate up to which items are called associated or below typical
 * @returns best score first, those without one last; amounts in the unit of the population's values
 */
export function rank<Key>(
  population: Population,
  statistics: ItemStatistics<Key>,
  { fdr }: { fdr: number },
): Ranked<Key>[] {
  const items = Array.from(statistics.entries(), ([contentId, sums]) => {
    const { figures, standardError } = association(population, sums);
    const pValue = isTestable(figures) ? figures.pValue : null;
    return { contentId, figures: { ...figures, pValue }, standardError };
  });

  const tested = items.filter(({ figures }) => figures.pValue !== null);
  const qValues = benjaminiHochberg(tested.map(({ figures }) => figures.pValue!));
  const qValueOf = new Map(tested.map(({ contentId }, i) => [contentId, qValues[i]!]));

  const scores = shrunkenScores(
    tested.map(({ figures, standardError }) => ({
      value: figures.difference!,
      variance: standardError! ** 2,
    })),
  );
  const scoreOf = new Map(tested.map(({ contentId }, i) => [contentId, scores[i]!]));

  const ranked = items.map(({ contentId, figures }) => {
    const withQ = { ...figures, qValue: qValueOf.get(contentId) ?? null };
    const score = scoreOf.get(contentId) ?? null;
    return { contentId, figures: { ...withQ, score, verdict: verdict(withQ, fdr) } };
  });
  return ranked.sort(byScore);
}

function byScore<Key>({ figures: a }: Ranked<Key>, { figures: b }: Ranked<Key>): number {
  if (a.score !== null && b.score !== null) return b.score - a.score || b.exposed - a.exposed;
  if (a.score === null && b.score === null) return b.exposed - a.exposed;
  return a.score === null ? 1 : -1;
}
