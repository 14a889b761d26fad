import { z } from 'zod';
import { ConnectorError } from '../../connector-error';
import type { Http } from '../../http/client';
import { cursorOf, timeOf } from '../shared/cursor';
import type { List } from './description';
import { valueAt } from './field-path';
import { nextPlace, type Place, requestFor } from './paging';
import { timeAs } from './values';

/** APIs show what was changed late, and their clocks differ. */
const OVERLAP_MS = 5 * 60_000;

const stateSchema = z.object({
  /** From when on a pull asks for changes; null for everything. */
  since: z.number().nullable(),
  /** When this pull began, by the CRM's clock; null before its first answer and after its last. */
  began: z.number().nullable(),
  place: z.union([z.string(), z.number()]).nullable(),
  /** Which list is read: that of the records, or that of those that were deleted. */
  list: z.enum(['records', 'deleted']).default('records'),
});
/** How far a stream is. */
export type State = z.output<typeof stateSchema>;

const cursors = cursorOf<State>(stateSchema);
export const writeState = cursors.write;

/** @throws ConnectorError config */
export const readState = (cursor: string | null): State =>
  cursor === null ? { since: null, began: null, place: null, list: 'records' } : cursors.read(cursor);

/** What the next pull asks from on. */
export const afterwards = ({ since, began }: State): State => ({
  since: began === null ? since : Math.max(since ?? 0, began - OVERLAP_MS),
  began: null,
  place: null,
  list: 'records',
});

export interface Reader {
  http: Http;
  baseUrl: string;
  /** A query parameter that authorises; an address that the API gives may hold it. */
  secretParameter: string | null;
}

export interface Read {
  records: unknown[];
  /** Behind this page; its `place` is null after the last one. */
  state: State;
  total?: number;
}

/** Reads a list from a place to its end. @param changedAt of a record, for an API that does not tell the time */
export async function* walk(
  { http, baseUrl, secretParameter }: Reader,
  list: List,
  from: State,
  changedAt: (record: unknown) => number | null = () => null,
): AsyncGenerator<Read> {
  let state = from;
  let firstOfPage: string | null = null;
  for (;;) {
    const { url, query } = requestFor(list, state.place);
    const later = state.place !== null;
    const since =
      list.since && state.since !== null && !(later && list.paging.style === 'link')
        ? { [list.since.query]: timeAs(state.since, list.since.format) }
        : {};
    // Some APIs have no page behind the last one, and say so.
    const accept = later && list.paging.style === 'page' ? [404] : [];
    const answer = await http({ method: 'GET', url, query: { ...query, ...since }, accept });
    const records = answer.status === 404 ? [] : recordsIn(answer.body, list);
    const first = records.length > 0 ? JSON.stringify(records[0]) : null;
    if (first !== null && first === firstOfPage) {
      throw new ConnectorError(
        'config',
        `Two pages of ${list.path} begin with the same record; check "paging" in the description of the API.`,
      );
    }
    firstOfPage = first;
    const changes = records.map(changedAt).filter((at) => at !== null);
    const began = state.began ?? timeOf(answer) ?? (changes.length > 0 ? Math.max(...changes) : null);
    const address = new URL(url.replace(/^\//, ''), `${baseUrl.replace(/\/*$/, '')}/`);
    const next = nextPlace(list, state.place, answer, records.length, address);
    state = { ...state, began, place: without(secretParameter, next) };
    const total = Number(list.total ? (valueAt(answer.body, list.total) ?? Number.NaN) : Number.NaN);
    yield { records, state, ...(Number.isInteger(total) && { total }) };
    if (state.place === null) return;
  }
}

/** Reads the first page of a list. @throws ConnectorError also when there is no list where it should be, but one elsewhere */
export async function tryList(reader: Reader, list: List): Promise<void> {
  const { url, query } = requestFor(list, null);
  const { body } = await reader.http({ method: 'GET', url, query });
  const [first] = recordsIn(body, list);
  if (first !== undefined) idOf(first, list);
  const elsewhere = valueAt(body, list.records) === undefined ? listsIn(body) : [];
  if (elsewhere.length === 0) return;
  throw new ConnectorError(
    'config',
    `The answer of ${list.path} holds no list at "${list.records}", but one at "${elsewhere.join('" and "')}"; check "records" in the description of the API.`,
  );
}

/** The paths to lists of records within an answer. */
function listsIn(value: unknown, depth = 3, path: string[] = []): string[] {
  if (Array.isArray(value)) return typeof value[0] === 'object' && value[0] !== null ? [path.join('.')] : [];
  if (typeof value !== 'object' || value === null || depth === 0) return [];
  return Object.entries(value).flatMap(([name, inside]) => listsIn(inside, depth - 1, [...path, name]));
}

function recordsIn(body: unknown, { path, records }: List): unknown[] {
  const found = valueAt(body, records);
  if (Array.isArray(found)) return found;
  // An empty list is left out by some.
  if (found === undefined && records !== '' && typeof body === 'object' && body !== null) return [];
  if (found === null) return [];
  throw new ConnectorError(
    'config',
    `The answer of ${path} holds no list ${records === '' ? 'by itself' : `at "${records}"`}; check "records" in the description of the API.`,
  );
}

/** The id of a record. @throws ConnectorError config */
export function idOf(record: unknown, { path, id }: List): string {
  const found = valueAt(record, id);
  if ((typeof found === 'string' && found !== '') || typeof found === 'number') return String(found);
  throw new ConnectorError(
    'config',
    `A record of ${path} has no id at "${id}"; check "id" in the description of the API.`,
  );
}

function without(parameter: string | null, place: Place): Place {
  if (parameter === null || typeof place !== 'string' || !URL.canParse(place)) return place;
  const address = new URL(place);
  address.searchParams.delete(parameter);
  return address.href;
}
