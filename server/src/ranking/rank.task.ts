import { minorDigits } from '../clv/convert';
import type { Task } from '../jobs/task';
import type { Falsification, RankingReport } from './api-types';
import type { AttributionSettings } from './attribution/settings';
import { loadRunData } from './load';
import { ITEMS_NEEDED } from './models/empirical-null';
import { falsify } from './models/falsification/falsify';
import { inMajorUnits } from './models/in-major-units';
import { type Division, divisionOf } from './models/landmark';
import { type Ranking, rank } from './models/rank';
import { scopeOf } from './models/scope';
import { NEEDED } from './models/verdict';
import { countAll, type DataCounts } from './queries/data-counts';
import type { RunData, Section } from './run-data';
import { SECTIONS } from './sections';
import type { SlicedBy } from './sliced-by';
import { type Slice, slicesOf } from './slices';
import type { SnapshotItem } from './snapshots/save';

/** Settings of one run. */
export interface RankingTaskData {
  /** Touches and costs count up to here. */
  now: number;
  value: 'clv' | 'margin' | 'revenue' | 'predicted' | 'total';
  fdr: number;
  /** YYYY-MM-DD, begun in the time zone. */
  landmarkDate: string | null;
  currency: string;
  rates: Record<string, number>;
  timezone: string;
  attribution: AttributionSettings;
  /** What is ranked beside everyone. */
  slices: SlicedBy[];
}

/** One message to the main thread: a whole ranking, best item first. */
export interface ScopeRanking {
  landmark: string;
  sliceOf: Slice['of'];
  slice: string;
  population: number;
  withValue: number;
  needed: number;
  report: RankingReport;
  data: DataCounts;
  items: SnapshotItem[];
  /** Of a slice: items of which there is not enough data there, and so nothing to keep. */
  leftOut: number;
  accounts: Slice['accounts'];
}

/** The other kind: what another screen reads, with its items by content id. */
export interface RunSection {
  section: string;
  body: string;
  items: { contentId: number; body: string }[];
}

const landmarksOf = ({ landmarkDate, timezone }: RankingTaskData): [string, Division][] =>
  ['first-order', 'all', ...(landmarkDate ? [landmarkDate] : [])].map((name) => [
    name,
    divisionOf(name, timezone)!,
  ]);

/** Shares of a run's time. */
const LOADED = 0.5;
const RANKED = 0.8;

/** Computes the ranking of every landmark in every slice, and what other screens read; each is sent by itself. */
export const rankTask: Task = async ({ knex, data, progress, send }) => {
  const settings = data as RankingTaskData;
  const run = await loadRunData(knex, settings, (done) => progress(LOADED * done, 'exposures'));
  const counts = await countAll(knex);
  const landmarks = landmarksOf(settings);
  const everyone: Slice = { of: '', value: '', people: run, accounts: null };
  for (const [i, [name, division]] of landmarks.entries()) {
    const report = (done: number) =>
      progress(LOADED + ((RANKED - LOADED) * (i + done)) / landmarks.length, 'rankings');
    await send(scopeRanking(run, counts, name, division, everyone));
    for (const slice of slicesOf(run, division, settings.slices, settings.timezone)) {
      report((1 + settings.slices.indexOf(slice.of as SlicedBy)) / (1 + settings.slices.length));
      await send(scopeRanking(run, counts, name, division, slice));
    }
    report(1);
  }
  for (const [i, section] of SECTIONS.entries()) {
    const begun = RANKED + ((1 - RANKED) * i) / SECTIONS.length;
    const made = await section(run, (done) =>
      progress(begun + ((1 - RANKED) * done) / SECTIONS.length, 'journeys'),
    );
    await send(runSection(run, made));
  }
};

function scopeRanking(
  { contents, settings, orders, rankings }: RunData,
  data: DataCounts,
  landmark: string,
  division: Division,
  { of, value, people: { persons, exposures }, accounts }: Slice,
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
    report: reportOf(ranking, everyone ? falsify(input, ranking, orders) : undefined),
    data,
    items: kept.map(({ item, figures, detail }) => {
      const { id, kind, locale, title } = contents[item]!;
      const told = inMajorUnits(figures, digits);
      return { contentId: id, kind, locale, title, figures: told, detail: everyone ? detail : null };
    }),
    leftOut: ranking.items.length - kept.length,
    accounts,
  };
}

function reportOf({ typical, comparable }: Ranking, falsification?: Falsification): RankingReport {
  return {
    comparable,
    itemsNeeded: ITEMS_NEEDED,
    typical: typical && { spread: typical.spread, ordinary: typical.ordinary },
    ...(falsification && { falsification }),
  };
}

function runSection({ contentIds }: RunData, { name, body, items = [] }: Section): RunSection {
  return {
    section: name,
    body: JSON.stringify(body),
    items: items.map((one) => ({ contentId: contentIds[one.item]!, body: JSON.stringify(one.body) })),
  };
}
