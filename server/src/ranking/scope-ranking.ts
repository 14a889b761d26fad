import { minorDigits } from '../clv/convert';
import type { RankingReport } from './api-types';
import { ITEMS_NEEDED } from './models/empirical-null';
import { falsify } from './models/falsification/falsify';
import { inMajorUnits } from './models/in-major-units';
import { type Division, divisionOf } from './models/landmark';
import { type Ranking, rank } from './models/rank';
import { scopeOf } from './models/scope';
import { NEEDED } from './models/verdict';
import type { RankingTaskData } from './rank.task';
import type { RunData } from './run-data';
import type { Slice } from './slices';
import type { SnapshotItem } from './snapshots/save';

/** A whole ranking of some persons at a landmark, best item first. */
export interface ScopeRanking {
  landmark: string;
  sliceOf: Slice['of'];
  slice: string;
  population: number;
  withValue: number;
  needed: number;
  report: RankingReport;
  items: SnapshotItem[];
  /** Of a slice: items of which there is not enough data there, and so nothing to keep. */
  leftOut: number;
  accounts: Slice['accounts'];
}

/** At what moments reading is divided from what came of it. */
export const landmarksOf = ({ landmarkDate, timezone }: RankingTaskData): [string, Division][] =>
  ['first-order', 'all', ...(landmarkDate ? [landmarkDate] : [])].map((name) => [
    name,
    divisionOf(name, timezone)!,
  ]);

export const everyoneOf = (run: RunData): Slice => ({ of: '', value: '', people: run, accounts: null });

/** @param checked whether to try to prove it wrong as well */
export function scopeRanking(
  { contents, settings, orders, rankings }: RunData,
  landmark: string,
  division: Division,
  { of, value, people: { persons, exposures }, accounts }: Slice,
  checked: boolean,
): ScopeRanking {
  const scope = scopeOf(persons, exposures, division);
  const { fdr, currency } = settings;
  const digits = minorDigits(currency);
  const publishedAt = contents.map((content) => content.publishedAt);
  const input = { persons, exposures, scope, publishedAt, unit: 10 ** digits, fdr };
  const ranking = rank(input);
  const everyone = of === '';
  if (everyone) rankings.set(landmark, { items: ranking.items, comparable: ranking.comparable });
  const kept = everyone
    ? ranking.items
    : ranking.items.filter(({ figures }) => figures.verdict !== 'not enough data');
  return {
    landmark,
    sliceOf: of,
    slice: value,
    population: scope.population.size,
    withValue: scope.population.withValue,
    needed: NEEDED,
    report: { ...reportOf(ranking), ...(checked && { falsification: falsify(input, ranking, orders) }) },
    items: kept.map(({ item, figures, detail }) => {
      const { id, kind, locale, title } = contents[item]!;
      const told = inMajorUnits(figures, digits);
      return { contentId: id, kind, locale, title, figures: told, detail: everyone ? detail : null };
    }),
    leftOut: ranking.items.length - kept.length,
    accounts,
  };
}

const reportOf = ({ typical, comparable }: Ranking): RankingReport => ({
  comparable,
  itemsNeeded: ITEMS_NEEDED,
  typical: typical && { spread: typical.spread, ordinary: typical.ordinary },
});
