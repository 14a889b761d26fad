import type { RunData, Section } from '../run-data';
import { sectionOf } from './body';
import { markovOf, shapleyOf } from './data-models';
import { readJourneys } from './read-journeys';

/** Shares of the time. */
const READ = 0.7;
const CHAIN = 0.85;

/** The section `attribution`: who has how much credit for the orders of the window, by every model. */
export async function attributionSection(
  data: RunData,
  progress: (fraction: number) => void,
): Promise<Section> {
  const settings = data.settings.attribution;
  const journeys = await readJourneys(data, settings, (done) => progress(READ * done));
  const paths = journeys.paths.list();
  const { revenueWithContent } = journeys.sums;
  const items = data.contentIds.length;
  const markov = markovOf(paths, revenueWithContent, items, settings.markovOrder);
  progress(CHAIN);
  const shapley = shapleyOf(paths, revenueWithContent, items);
  progress(1);
  return sectionOf(data, settings, { journeys, markov, shapley });
}
