import type { Knex } from 'knex';
import { minorDigits } from '../clv/convert';
import type { Task } from '../jobs/task';
import { inMajorUnits } from './models/in-major-units';
import { type Division, divisionOf } from './models/landmark';
import { rank } from './models/rank';
import { NEEDED } from './models/verdict';
import { loadPeople, PERSONS_AT_ONCE, type People } from './people';
import { type Content, rankableContents } from './queries/contents';
import { countAll, type DataCounts } from './queries/data-counts';
import { type ExposureSums, exposureSums } from './queries/exposure-sums';
import { analyze, createTemporaryTables, fillMembers, MEMBERS } from './queries/temporary-tables';
import { busiestChannels, memberRows, type Scope, scopeOf } from './scopes';
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
}

/** One message to the main thread: a whole ranking, best item first. */
export interface ScopeRanking {
  landmark: string;
  channel: string;
  population: number;
  withValue: number;
  needed: number;
  data: DataCounts;
  items: SnapshotItem[];
}

const landmarksOf = ({ landmarkDate, timezone }: RankingTaskData): [string, Division][] =>
  ['first-order', 'all', ...(landmarkDate ? [landmarkDate] : [])].map((name) => [
    name,
    divisionOf(name, timezone)!,
  ]);

/** Every landmark over all channels, and in each of the busiest ones. */
function scopesOf(people: People, landmarks: [string, Division][]): Scope[] {
  return ['', ...busiestChannels(people)].flatMap((channel) =>
    landmarks.map(([name, division]) => scopeOf(people, name, division, channel)),
  );
}

/** Adds up what the touches of all persons say of all items, chunk by chunk of persons. */
async function sumExposures(
  knex: Knex,
  scopes: Scope[],
  persons: number,
  until: number,
  report: (fraction: number) => void,
): Promise<void> {
  for (let from = 0; from < persons; from += PERSONS_AT_ONCE) {
    const chunk = { from, to: from + PERSONS_AT_ONCE, until };
    for (const row of await exposureSums(knex, chunk)) {
      const { landmark, channel, statistics } = scopes[row.scope]!;
      statistics.add({
        contentId: row.content_id,
        bin: row.bin,
        exposed: Number(row.exposed),
        rankSum: Number(row.rank_sum),
        deviationSum: Number(row.deviation_sum),
        deviationSquares: Number(row.deviation_squares),
        readers: 0,
        readersAlreadyCustomers: 0,
      });
      // Who reads an item is the same at every landmark, and everyone who ever touched anything is in `all`.
      if (landmark === 'all') addReaders(scopes, channel, row);
    }
    report(Math.min(1, (from + PERSONS_AT_ONCE) / persons));
  }
}

function addReaders(scopes: Scope[], channel: string, row: ExposureSums): void {
  for (const scope of scopes) {
    if (scope.channel !== channel) continue;
    const sums = scope.statistics.sumsOf(row.content_id);
    sums.readers += Number(row.readers);
    sums.readersAlreadyCustomers += Number(row.already_customers);
  }
}

function rankItems(
  { population, statistics }: Scope,
  contents: Map<number, Content>,
  fdr: number,
  digits: number,
) {
  for (const id of contents.keys()) statistics.sumsOf(id);
  return rank(population, statistics, { fdr }).flatMap(({ contentId, figures }): SnapshotItem[] => {
    const content = contents.get(contentId);
    if (!content) return [];
    const { kind, locale, title } = content;
    return [{ contentId, kind, locale, title, figures: inMajorUnits(figures, digits) }];
  });
}

/** Computes the ranking of every scope, each sent to the main thread as one ScopeRanking. */
export const rankTask: Task = async ({ knex, data, progress, send }) => {
  const settings = data as RankingTaskData;
  const landmarks = landmarksOf(settings);
  const date = landmarks.map(([, division]) => division).find((division) => typeof division === 'object');

  await createTemporaryTables(knex);
  const people = await loadPeople(knex, settings, date?.at, (done) => progress(0.25 * done, 'population'));
  const scopes = scopesOf(people, landmarks);
  for (const [number, scope] of scopes.entries()) await fillMembers(knex, memberRows(people, scope, number));
  await analyze(knex, MEMBERS);
  await sumExposures(knex, scopes, people.linked, settings.now, (done) =>
    progress(0.25 + 0.65 * done, 'exposures'),
  );

  const counts = await countAll(knex);
  const touched = new Set(
    [...scopes].flatMap(({ statistics }) => [...statistics.entries()].map(([id]) => id)),
  );
  const contents = await rankableContents(knex, touched);
  for (const scope of scopes) {
    const ranking: ScopeRanking = {
      landmark: scope.landmark,
      channel: scope.channel,
      population: scope.population.size,
      withValue: scope.population.withValue,
      needed: NEEDED,
      data: counts,
      items: rankItems(scope, contents, settings.fdr, minorDigits(settings.currency)),
    };
    await send(ranking);
  }
};
