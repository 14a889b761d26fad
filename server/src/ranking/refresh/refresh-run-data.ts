import type { Knex } from 'knex';
import { type Links, loadLinks, tabulateLinks } from '../links';
import { idsOf, loadRest, readExposures } from '../load';
import { ExposureLog } from '../models/exposures';
import { PersonNumbers } from '../people';
import { rankableContents } from '../queries/contents';
import { createLinks } from '../queries/links-table';
import { type NewTouch, newTouches } from '../queries/new-touches';
import type { RankingTaskData } from '../rank.task';
import type { RunData } from '../run-data';
import { mergeExposures } from './merge-exposures';
import { peopleOf, type WarmPeople, type WarmRun } from './warm-run';

/**
 * Touches are asked for from that long before the last time: they wait a moment before they are stored, and clocks differ.
 * One that is known already changes nothing.
 */
const OVERLAP_MS = 3_600_000;
/** With more new touches than this a whole run is as good. */
const MOST_TOUCHES = 1_000_000;

/** What a refresh found. */
export interface Refreshed {
  /** Touches that came in since, some of them known already. */
  touches: number;
  /** Persons whose browsers changed, and whose touches were read anew. */
  reread: number;
}

/**
 * What `loadRunData` reads, from what a run left in memory and what changed since: of persons whose browsers are the same the
 * new touches are added, of all others all touches are read. Orders and what else is known of persons is read anew.
 *
 * @returns null when so much is new that a whole run is as good
 */
export async function refreshRunData(
  knex: Knex,
  settings: RankingTaskData,
  warm: WarmRun,
): Promise<{ run: RunData; refreshed: Refreshed } | null> {
  const numbers = new PersonNumbers();
  const links = await loadLinks(knex, numbers);
  const people = peopleOf(warm);
  const personOf = unchanged(people, links, numbers);
  const isKnown = new Uint8Array(numbers.ids.length);
  for (const person of personOf) if (person >= 0) isKnown[person] = 1;

  const since = warm.until - OVERLAP_MS;
  const touches = await newTouches(knex, since, settings.now, MOST_TOUCHES);
  if (touches.length === MOST_TOUCHES) return null;
  const log = new ExposureLog();
  addTouches(log, touches, links);
  await createLinks(knex);
  await tabulateLinks(knex, links, (person) => !isKnown[person]);
  await readExposures(knex, log, numbers.ids.length, settings.now, () => {});

  const contents = await rankableContents(knex, touchedOf(warm, personOf, log));
  const contentIds = idsOf(contents);
  const numberBefore = new Map(warm.contentIds.map((id, item) => [id, item]));
  const itemBefore = Int32Array.from(contentIds, (id) => numberBefore.get(id) ?? -1);
  const renumbering = { personOf, itemBefore, persons: numbers.ids.length };
  const exposures = mergeExposures(warm.exposures, log.byItem(contentIds), renumbering);
  const reread = isKnown.reduce((count, known) => count + 1 - known, 0);
  return {
    run: await loadRest(knex, settings, { numbers, links, contents, exposures }),
    refreshed: { touches: touches.length, reread },
  };
}

/** The number now of each person of before who has the same browsers as then; −1 of all others. */
function unchanged({ personIds, links: before }: WarmPeople, now: Links, numbers: PersonNumbers): Int32Array {
  const known = new Map(personIds.map((id, person) => [id, person]));
  const personOf = new Int32Array(personIds.length).fill(-1);
  const [then, today] = [describe(before, personIds.length), describe(now, numbers.ids.length)];
  for (const [number, id] of numbers.ids.entries()) {
    const person = known.get(id);
    if (person !== undefined && then[person] === today[number]) personOf[person] = number;
  }
  return personOf;
}

/** Each person's browsers and their times, in the order of the links. */
function describe({ person, visitorKey, validFrom, validTo }: Links, persons: number): string[] {
  const told = new Array<string>(persons).fill('');
  for (const [i, number] of person.entries())
    told[number] += `${visitorKey[i]}\n${validFrom[i]}\n${validTo[i]}\n`;
  return told;
}

/** Takes down touches of whose browser it was at that time; those of nobody's browser are left out. */
function addTouches(log: ExposureLog, touches: NewTouch[], links: Links): void {
  const { person, visitorKey, validFrom, validTo } = links;
  const linksOf = new Map<string, number[]>();
  for (const [link, key] of visitorKey.entries()) {
    const those = linksOf.get(key);
    if (those) those.push(link);
    else linksOf.set(key, [link]);
  }
  for (const { visitor_key, content_id, occurred_at } of touches) {
    const at = Number(occurred_at);
    for (const link of linksOf.get(visitor_key) ?? [])
      if (at >= validFrom[link]! && at < validTo[link]!) log.add(person[link]!, content_id, at);
  }
}

/** Ids of the items that anyone has touched. */
function touchedOf(
  { contentIds, exposures: { start, person } }: WarmRun,
  personOf: Int32Array,
  log: ExposureLog,
): Set<number> {
  const touched = log.contentIds();
  for (const [item, id] of contentIds.entries()) {
    for (let i = start[item]!; i < start[item + 1]! && !touched.has(id); i++)
      if (personOf[person[i]!]! >= 0) touched.add(id);
  }
  return touched;
}
