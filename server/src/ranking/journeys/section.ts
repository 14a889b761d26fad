import { minorDigits } from '../../clv/convert';
import { analyseJourneys, type JourneysAnalysis } from '../models/journeys';
import { READING_DAYS } from '../models/journeys/outcomes';
import { FEWEST, NEEDED } from '../models/journeys/thresholds';
import type { RunData, Section } from '../run-data';
import type { JourneysReport } from './api-types';
import { Told } from './told';
import { topTierPersons } from './top-tier';

/** The name under which a run keeps its journeys. */
export const JOURNEYS = 'journeys';

/** Entry and closing items that the screen lists. */
const LISTED = 100;

/** What people read on the way to their first order: of the whole run, and of the journeys through each item. */
export async function journeysSection(
  { knex, settings, persons, personIds, contentIds, exposures }: RunData,
  progress: (fraction: number) => void,
): Promise<Section> {
  const { now, currency, value } = settings;
  const top = await topTierPersons(knex);
  const isTopTier =
    typeof top === 'string' ? null : (person: number) => top.personIds.has(personIds[person]!);
  const analysis = analyseJourneys({ exposures, persons, now, isTopTier }, progress);
  const told = new Told(contentIds, 10 ** minorDigits(currency));
  const topTier =
    typeof top === 'string'
      ? { missing: top }
      : { tier: top.tier, paths: told.paths(analysis.topTierPaths ?? []) };
  return {
    name: JOURNEYS,
    body: { currency, value, topTier, ...journeysReport(analysis, told) } satisfies JourneysReport,
    items: analysis.items.map((one) => ({ item: one.item, body: told.item(one) })),
  };
}

/** What the models say of everyone, as screens are told it. */
export function journeysReport(
  { counts, flow, paths, time, entries, closings, items }: JourneysAnalysis,
  told: Told,
): Omit<JourneysReport, 'currency' | 'value' | 'topTier'> {
  return {
    fewest: FEWEST,
    needed: NEEDED,
    readingDays: READING_DAYS,
    counts,
    flow: told.flow(flow),
    paths: told.paths(paths),
    time,
    entries: entries.slice(0, LISTED).map((one) => told.row(one)),
    closings: closings.slice(0, LISTED).map((one) => told.row(one)),
    entryItems: entries.length,
    closingItems: closings.length,
    items: items
      .toSorted((a, b) => b.readers - a.readers || a.item - b.item)
      .map(({ item, readers }) => told.row({ item, readers })),
  };
}
