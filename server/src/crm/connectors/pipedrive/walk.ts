import type { HttpRequest } from '../../http/client';
import { type Api, MOST_ROWS } from './api';
import { type Position, position } from './cursor';
import type { Changing, Listed } from './payloads';

/** Changes are read again this far back: what was written at the same time may come to light a little later. */
const OVERLAP_MS = 300_000;

/** A list of API v2 that can be sorted by the time of the latest change. */
export interface List {
  url: string;
  query?: HttpRequest['query'];
}

/** What changed in some lists, one after the other, in the order of the changes. Every list gives a page, even if empty. */
export async function* walk<Row extends Changing>(
  api: Api,
  lists: readonly List[],
  cursor: string | null,
): AsyncIterable<{ rows: Row[]; cursor: string }> {
  const { seen, at } = cursor === null ? beginning() : position.read(cursor);
  const first = Math.max(
    0,
    lists.findIndex(({ url }) => url === at?.list),
  );
  for (const [i, list] of lists.entries()) {
    if (i < first) continue;
    let rest: Rest | null = i === first ? (at?.rest ?? null) : null;
    do {
      const { body, since } = await pageOf<Row>(api, list, rest, seen[list.url]);
      const rows = body.data ?? [];
      const latest = Math.max(seen[list.url] ?? 0, ...rows.map(changedAt));
      if (latest > 0) seen[list.url] = latest;
      const next = body.additional_data?.next_cursor;
      rest = next ? { since, cursor: next } : null;
      yield { rows, cursor: position.write({ seen, at: placeAfter(list, rest, lists[i + 1]) }) };
    } while (rest !== null);
  }
}

const beginning = (): Position => ({ seen: {}, at: null });

type Rest = NonNullable<NonNullable<Position['at']>['rest']>;

function placeAfter(list: List, rest: Rest | null, next: List | undefined): Position['at'] {
  if (rest !== null) return { list: list.url, rest };
  return next ? { list: next.url, rest: null } : null;
}

/** The rest of a list; from the latest change on that was seen when the cursor of it is not accepted any more. */
async function pageOf<Row>(api: Api, { url, query }: List, rest: Rest | null, seen: number | undefined) {
  const ask = (since: string | null, cursor?: string) =>
    api.send<Listed<Row>>({
      method: 'GET',
      url,
      query: {
        ...query,
        limit: MOST_ROWS,
        sort_by: 'update_time',
        sort_direction: 'asc',
        updated_since: since ?? undefined,
        cursor,
      },
      accept: cursor === undefined ? [] : [400, 404, 410, 422],
    });
  if (rest !== null) {
    const { status, body } = await ask(rest.since, rest.cursor);
    if (status === 200) return { body, since: rest.since };
  }
  const since = seen === undefined ? null : inSeconds(seen - OVERLAP_MS);
  const { body } = await ask(since);
  return { body, since };
}

const changedAt = ({ update_time, add_time }: Changing): number =>
  Date.parse(update_time ?? add_time ?? '') || 0;

/** RFC 3339 without a fraction: Pipedrive refuses one here. */
const inSeconds = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;
