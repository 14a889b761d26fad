import { minorDigits } from '../../clv/convert';
import type { Task } from '../../jobs/task';
import { loadRunData, PERSONS_AT_ONCE } from '../load';
import { itemStudy } from '../models/item-study';
import { divisionOf } from '../models/landmark';
import { type Scope, scopeOf } from '../models/scope';
import { itemTouches } from '../queries/item-touches';
import type { RankingTaskData } from '../rank.task';
import type { RunData } from '../run-data';
import type { Dose, ItemStudy, StudyParams } from './api-types';

export interface StudyTaskData extends StudyParams {
  settings: RankingTaskData;
}

/** Shares of the time. */
const LOADED = 0.6;
const TOUCHES = 0.7;

/** Looks closely at one item; what it found is the result. It reads what a run reads, for it compares the same persons. */
export const studyTask: Task = async ({ knex, data, progress }): Promise<ItemStudy> => {
  const { contentId, landmark, settings } = data as StudyTaskData;
  const run = await loadRunData(knex, settings, (done) => progress(LOADED * done, 'exposures'));
  const item = run.contentIds.indexOf(contentId);
  const division = divisionOf(landmark, settings.timezone);
  if (item < 0 || division === undefined)
    throw new Error(`There is no item ${contentId} to study at "${landmark}".`);
  const { persons, exposures } = run;
  const scope = scopeOf(persons, exposures, division);
  const doses = await readDoses(run, scope, contentId);
  progress(TOUCHES, 'study');
  return itemStudy({
    persons,
    exposures,
    scope,
    item,
    publishedAt: run.contents[item]!.publishedAt,
    unit: 10 ** minorDigits(settings.currency),
    doses,
  });
};

/** How often, how long and how far down each person read an item before their boundary. */
async function readDoses(
  { knex, linked, settings }: RunData,
  { placeOf, boundaries }: Scope,
  contentId: number,
): Promise<Map<number, Record<Dose, number>>> {
  const doses = new Map<number, Record<Dose, number>>();
  for (let from = 0; from < linked; from += PERSONS_AT_ONCE) {
    const range = { from, to: from + PERSONS_AT_ONCE, until: settings.now };
    for (const { person, occurred_at, seconds, depth } of await itemTouches(knex, range, contentId)) {
      const place = placeOf[person]!;
      if (place < 0 || Number(occurred_at) >= boundaries[place]!) continue;
      const dose = doses.get(person) ?? { touches: 0, seconds: 0, depth: 0 };
      dose.touches += 1;
      dose.seconds += Number(seconds);
      dose.depth = Math.max(dose.depth, Number(depth));
      doses.set(person, dose);
    }
  }
  return doses;
}
