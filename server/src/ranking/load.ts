import type { Knex } from 'knex';
import { ExposureLog } from './models/exposures';
import { divisionOf } from './models/landmark';
import { loadOrders } from './orders';
import { loadLinks, loadPersons, PersonNumbers } from './people';
import { rankableContents } from './queries/contents';
import { firstTouches } from './queries/first-touches';
import { createLinks } from './queries/links-table';
import type { RankingTaskData } from './rank.task';
import type { RunData } from './run-data';

/** Persons whose touches are read by one statement: so each is short, and a cancelled run ends soon. */
export const PERSONS_AT_ONCE = 2_500;

/**
 * Reads all that a run needs, once: who first touched what and when, and what everyone is worth. An exposure takes 16 bytes
 * here, so that everything asked of them afterwards, of any slice of the persons, costs no further question to the database.
 */
export async function loadRunData(
  knex: Knex,
  settings: RankingTaskData,
  report: (fraction: number) => void,
): Promise<RunData> {
  await createLinks(knex);
  const numbers = new PersonNumbers();
  await loadLinks(knex, numbers);
  const linked = numbers.ids.length;
  report(0.05);

  const log = new ExposureLog();
  const firstTouchAt = new Float64Array(linked).fill(Number.POSITIVE_INFINITY);
  for (let from = 0; from < linked; from += PERSONS_AT_ONCE) {
    const range = { from, to: from + PERSONS_AT_ONCE, until: settings.now };
    for (const { person, content_id, first_at } of await firstTouches(knex, range)) {
      const at = Number(first_at);
      log.add(person, content_id, at);
      if (at < firstTouchAt[person]!) firstTouchAt[person] = at;
    }
    report(0.05 + (0.75 * Math.min(linked, from + PERSONS_AT_ONCE)) / linked);
  }

  const contents = await rankableContents(knex, log.contentIds());
  const date = settings.landmarkDate && divisionOf(settings.landmarkDate, settings.timezone);
  const dateLandmark = typeof date === 'object' ? date?.at : undefined;
  const orders = await loadOrders(knex, settings, (personId) => numbers.of(personId));
  const persons = await loadPersons(knex, settings, numbers, firstTouchAt, dateLandmark, orders);
  const contentIds = contents.map(({ id }) => id);
  return {
    knex,
    settings,
    persons,
    orders,
    personIds: numbers.ids,
    linked,
    contentIds,
    contents,
    exposures: log.byItem(contentIds),
    rankings: new Map(),
  };
}
