import type { Task } from '../jobs/task';
import type { AttributionSettings } from './attribution/settings';
import { loadRunData } from './load';
import { countAll, type DataCounts } from './queries/data-counts';
import { keepWarm, type WarmRun } from './refresh/warm-run';
import type { RunData, Section } from './run-data';
import { everyoneOf, landmarksOf, type ScopeRanking, scopeRanking } from './scope-ranking';
import { SECTIONS } from './sections';
import type { SlicedBy } from './sliced-by';
import { slicesOf } from './slices';

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

/** One message to the main thread: a whole ranking, and what there was to rank. */
export interface CountedRanking extends ScopeRanking {
  data: DataCounts;
}

/** Another kind: what another screen reads, with its items by content id. */
export interface RunSection {
  section: string;
  body: string;
  items: { contentId: number; body: string }[];
}

/** The last kind: what is kept for refreshes. */
export interface WarmMessage {
  warm: WarmRun;
}

export interface RankTask {
  settings: RankingTaskData;
  /** Whether to leave what was read for refreshes. */
  keepsWarm: boolean;
}

/** Shares of a run's time. */
const LOADED = 0.5;
const RANKED = 0.8;

/** Computes the ranking of every landmark in every slice, and what other screens read; each is sent by itself. */
export const rankTask: Task = async ({ knex, data, progress, send }) => {
  const { settings, keepsWarm } = data as RankTask;
  const run = await loadRunData(knex, settings, (done) => progress(LOADED * done, 'exposures'));
  const counts = await countAll(knex);
  const landmarks = landmarksOf(settings);
  const counted = (ranking: ScopeRanking): CountedRanking => ({ ...ranking, data: counts });
  for (const [i, [name, division]] of landmarks.entries()) {
    const report = (done: number) =>
      progress(LOADED + ((RANKED - LOADED) * (i + done)) / landmarks.length, 'rankings');
    await send(counted(scopeRanking(run, name, division, everyoneOf(run), true)));
    for (const slice of slicesOf(run, division, settings.slices, settings.timezone)) {
      report((1 + settings.slices.indexOf(slice.of as SlicedBy)) / (1 + settings.slices.length));
      await send(counted(scopeRanking(run, name, division, slice, false)));
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
  if (keepsWarm) await send({ warm: keepWarm(run) } satisfies WarmMessage);
};

function runSection({ contentIds }: RunData, { name, body, items = [] }: Section): RunSection {
  return {
    section: name,
    body: JSON.stringify(body),
    items: items.map((one) => ({ contentId: contentIds[one.item]!, body: JSON.stringify(one.body) })),
  };
}
