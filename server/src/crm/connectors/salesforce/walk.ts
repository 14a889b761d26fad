import type { Api, SObject } from './api';
import type { Place } from './cursor';
import { moment, quoted, stampOf } from './soql';

/*
 * SystemModstamp is set while a transaction runs, and what it changed is seen when it ends: ten minutes later at the
 * most. So a pull begins that long before the last one began.
 */
const OVERLAP_MS = 600_000;

/** What to read of an object; deleted records are read with the others. */
export interface Source {
  object: string;
  /** Beside Id, SystemModstamp and IsDeleted. */
  select: string[];
}

export interface Step {
  records: SObject[];
  place: Place;
}

const START: Place = { at: null, id: null, since: null };

/** Reads an object from a place to the end. The last step's place is where the next walk begins; there is always one. */
export async function* walk(api: Api, source: Source, from: Place = START): AsyncIterable<Step> {
  let place = from;
  let page = await api.query(soqlOf(source, place), true);
  const since = from.since ?? page.at;
  for (;;) {
    const { records, nextRecordsUrl } = page;
    const last = records.at(-1);
    if (last) place = { at: stampOf(String(last.SystemModstamp)), id: last.Id, since };
    if (!nextRecordsUrl) break;
    yield { records, place };
    page = (await api.more(nextRecordsUrl)) ?? (await api.query(soqlOf(source, place), true));
  }
  yield { records: page.records, place: after(place, since) };
}

/** How many records there are, with those that were deleted lately. */
export async function count(api: Api, objects: string[]): Promise<number> {
  let total = 0;
  for (const object of objects) total += (await api.query(`SELECT COUNT() FROM ${object}`, true)).totalSize;
  return total;
}

/** Where the walk behind a whole one begins; without a clock of Salesforce's, behind the last record. */
export const after = (place: Place, since: number | null): Place => {
  const upTo = since ?? place.at;
  return { at: upTo === null ? null : upTo - OVERLAP_MS, id: null, since: null };
};

function soqlOf({ object, select }: Source, { at, id }: Place): string {
  const fields = ['Id', 'SystemModstamp', 'IsDeleted', ...select].join(', ');
  return `SELECT ${fields} FROM ${object}${where(at, id)} ORDER BY SystemModstamp ASC, Id ASC`;
}

function where(at: number | null, id: string | null): string {
  if (at === null) return '';
  if (id === null) return ` WHERE SystemModstamp >= ${moment(at)}`;
  const time = moment(at);
  return ` WHERE SystemModstamp >= ${time} AND (SystemModstamp > ${time} OR Id > ${quoted(id)})`;
}
