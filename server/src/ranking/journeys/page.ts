import type { Knex } from 'knex';
import { isDemonstration } from '../../storage/settings';
import { contentNames } from '../queries/content-names';
import { itemSection, publishedRun, runSection } from '../snapshots/sections';
import type {
  ItemJourneys,
  ItemJourneysAnswer,
  JourneysPage,
  JourneysReport,
  JourneysRun,
} from './api-types';
import { JOURNEYS } from './section';

/** The run that screens show, or null before the first. */
export async function journeysRun(knex: Knex): Promise<JourneysRun | null> {
  const run = await publishedRun(knex);
  return run && { ...run, simulated: await isDemonstration(knex) };
}

/** Everything that the Journeys page shows, with the titles that items have now. */
export async function journeysPage(knex: Knex): Promise<JourneysPage> {
  const run = await journeysRun(knex);
  const report = run && (await runSection<JourneysReport>(knex, run.jobId, JOURNEYS));
  return { run, report, contents: report ? await contentNames(knex, namedIn(report)) : [] };
}

/** The journeys through one item. */
export async function itemJourneysAnswer(knex: Knex, contentId: number): Promise<ItemJourneysAnswer> {
  const run = await journeysRun(knex);
  const item = run && (await itemSection<ItemJourneys>(knex, run.jobId, JOURNEYS, contentId));
  const others = item ? [...item.before, ...item.next].map((one) => one.contentId) : [];
  return { run, item, contents: await contentNames(knex, [contentId, ...others]) };
}

/** All items that a report speaks of. */
function namedIn({ flow, paths, topTier, entries, closings, items }: JourneysReport): Set<number> {
  const ids = new Set<number>();
  for (const { key } of flow.nodes) if (typeof key === 'number') ids.add(key);
  const allPaths = 'paths' in topTier ? [...paths, ...topTier.paths] : paths;
  for (const one of allPaths)
    for (const { contentIds } of one.paths) for (const id of contentIds) ids.add(id);
  for (const { contentId } of [...entries, ...closings, ...items]) ids.add(contentId);
  return ids;
}
