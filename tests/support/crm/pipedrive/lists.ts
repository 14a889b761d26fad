import type { Asked } from '../served';
import { demand, onlyKnown } from './refusal';
import type { Stored } from './store';

const MOST = 500;
const COMMON = ['limit', 'cursor', 'sort_by', 'sort_direction', 'updated_since', 'updated_until', 'ids'];
const VIEW = ['custom_fields', 'include_fields', 'include_option_labels', 'include_labels'];

/** What a cursor of ours holds: where the next page begins, for these parameters alone. */
interface Place {
  after: [key: number, id: number];
  query: string;
  epoch: number;
}

export interface ListRules {
  /** Parameters of this list beyond those of all. */
  filters: readonly string[];
  /** Cursors that were handed out before are refused. */
  epoch: number;
}

/** One page of a list of API v2. */
export function pageOf<Row extends Stored>(asked: Asked, rows: Row[], { filters, epoch }: ListRules) {
  const { query } = asked;
  onlyKnown(query.keys(), [...COMMON, ...VIEW, ...filters], 'parameter');
  const limit = numberIn(query.get('limit') ?? '100', 1, MOST, 'limit');
  const sort = query.get('sort_by') ?? 'id';
  demand(
    ['id', 'update_time', 'add_time'].includes(sort),
    'sort_by must be one of id, update_time, add_time',
  );
  const direction = query.get('sort_direction') ?? 'asc';
  demand(['asc', 'desc'].includes(direction), 'sort_direction must be asc or desc');
  const since = timeIn(query.get('updated_since'), 'updated_since') ?? Number.NEGATIVE_INFINITY;
  const until = timeIn(query.get('updated_until'), 'updated_until') ?? Number.POSITIVE_INFINITY;
  const custom = query.get('custom_fields');
  demand(custom === null || custom.split(',').length <= 15, 'custom_fields may name 15 fields at most');
  const ids = query.get('ids')?.split(',').map(Number);
  demand(!ids || ids.length <= 100, 'ids may hold 100 ids at most');

  const key = (row: Row) => (sort === 'id' ? 0 : sort === 'add_time' ? row.addedAt : row.changedAt);
  const sign = direction === 'asc' ? 1 : -1;
  const compare = (a: [number, number], b: [number, number]) => sign * (a[0] - b[0] || a[1] - b[1]);
  const found = rows
    .filter((row) => (!ids || ids.includes(row.id)) && row.changedAt >= since && row.changedAt < until)
    .sort((a, b) => compare([key(a), a.id], [key(b), b.id]));
  const place = placeIn(query, epoch);
  const rest = place ? found.filter((row) => compare([key(row), row.id], place.after) > 0) : found;
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  const more = rest.length > page.length && last !== undefined;
  const next = more ? cursorOf({ after: [key(last), last.id], query: parameters(query), epoch }) : null;
  return { rows: page, next };
}

const parameters = (query: URLSearchParams): string =>
  [...query]
    .filter(([name]) => name !== 'cursor' && name !== 'limit')
    .map((pair) => pair.join('='))
    .sort()
    .join('&');

const cursorOf = (place: Place): string => Buffer.from(JSON.stringify(place)).toString('base64url');

function placeIn(query: URLSearchParams, epoch: number): Place | null {
  const cursor = query.get('cursor');
  if (cursor === null) return null;
  let place: Place;
  try {
    place = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    place = { after: [0, 0], query: '', epoch: -1 };
  }
  demand(place.epoch === epoch && place.query === parameters(query), 'Invalid cursor');
  return place;
}

/** API v1 pages by offset, and never complains of a parameter that it does not know. */
export function offsetPage<Row>(asked: Asked, rows: Row[]) {
  const start = numberIn(asked.query.get('start') ?? '0', 0, Number.MAX_SAFE_INTEGER, 'start');
  const limit = numberIn(asked.query.get('limit') ?? '100', 1, MOST, 'limit');
  const more = rows.length > start + limit;
  return {
    rows: rows.slice(start, start + limit),
    pagination: {
      start,
      limit,
      more_items_in_collection: more,
      ...(more ? { next_start: start + limit } : {}),
    },
  };
}

export function numberIn(text: string, least: number, most: number, name: string): number {
  const value = Number(text);
  demand(
    /^\d+$/.test(text) && value >= least && value <= most,
    `${name} must be an integer from ${least} to ${most}`,
  );
  return value;
}

/** RFC 3339 in whole seconds; a fraction is refused. */
function timeIn(text: string | null, name: string): number | null {
  if (text === null) return null;
  const good = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/.test(text);
  demand(good, `${name} must be in RFC3339 format`);
  return Date.parse(text);
}
