import type { Knex } from 'knex';
import { type Links, loadLinks, tabulateLinks } from './links';
import { ExposureLog, type Exposures } from './models/exposures';
import { divisionOf } from './models/landmark';
import { loadOrders } from './orders';
import { loadPersons, PersonNumbers } from './people';
import { type Content, rankableContents } from './queries/contents';
import { firstTouches } from './queries/first-touches';
import { createLinks } from './queries/links-table';
import type { RankingTaskData } from './rank.task';
import type { RunData } from './run-data';

/** Persons whose touches are read by one statement: so each is short, and a cancelled run ends soon. */
export const PERSONS_AT_ONCE = 2_500;

/**
 * Reads all that a run needs, once: who first touched what and when, and what everyone is worth. An exposure takes 12 bytes
 * here, so that everything asked of them afterwards, of any slice of the persons, costs no further question to the database.
 */
export async function loadRunData(
  knex: Knex,
  settings: RankingTaskData,
  report: (fraction: number) => void,
): Promise<RunData> {
  await createLinks(knex);
  const numbers = new PersonNumbers();
  const links = await loadLinks(knex, numbers);
  await tabulateLinks(knex, links);
  report(0.05);
  const log = new ExposureLog();
  await readExposures(knex, log, numbers.ids.length, settings.now, (done) => report(0.05 + 0.75 * done));
  const contents = await rankableContents(knex, log.contentIds());
  return loadRest(knex, settings, { numbers, links, contents, exposures: log.byItem(idsOf(contents)) });
}

/** Takes down the first touches of all whose links are in the temporary table. */
export async function readExposures(
  knex: Knex,
  log: ExposureLog,
  persons: number,
  until: number,
  report: (fraction: number) => void,
): Promise<void> {
  for (let from = 0; from < persons; from += PERSONS_AT_ONCE) {
    const to = Math.min(persons, from + PERSONS_AT_ONCE);
    for (const { person, content_id, first_at } of await firstTouches(knex, { from, to, until }))
      log.add(person, content_id, Number(first_at));
    report(to / persons);
  }
}

interface Read {
  /** Those with a browser so far. */
  numbers: PersonNumbers;
  links: Links;
  contents: Content[];
  exposures: Exposures;
}

/** Reads the rest of what a run needs, once it is known who touched what. */
export async function loadRest(
  knex: Knex,
  settings: RankingTaskData,
  { numbers, links, contents, exposures }: Read,
): Promise<RunData> {
  const linked = numbers.ids.length;
  const date = settings.landmarkDate && divisionOf(settings.landmarkDate, settings.timezone);
  const dateLandmark = typeof date === 'object' ? date?.at : undefined;
  const orders = await loadOrders(knex, settings, (personId) => numbers.of(personId));
  const firstTouchAt = firstOfAnything(exposures, linked);
  const persons = await loadPersons(knex, settings, numbers, firstTouchAt, dateLandmark, orders);
  const personIds = numbers.ids;
  const contentIds = idsOf(contents);
  const rankings: RunData['rankings'] = new Map();
  return {
    knex,
    settings,
    persons,
    orders,
    personIds,
    linked,
    links,
    contentIds,
    contents,
    exposures,
    rankings,
  };
}

export const idsOf = (contents: Content[]): number[] => contents.map(({ id }) => id);

/** When each person first touched any item; Infinity for who never did. */
function firstOfAnything({ person, firstAt }: Exposures, persons: number): Float64Array {
  const first = new Float64Array(persons).fill(Number.POSITIVE_INFINITY);
  for (let i = 0; i < person.length; i++)
    if (firstAt[i]! < first[person[i]!]!) first[person[i]!] = firstAt[i]!;
  return first;
}
