import type { HttpAnswer } from '../../http/client';
import { claimable, timeOf } from '../shared/cursor';
import type { Api } from './api';
import { paths } from './paths';
import type { CrmObject, ObjectPage } from './payloads';
import { BEGINNING, cursor, type Place } from './place';
import { changesFrom, countOf, SEARCH_PAGE, type Wanted } from './search';

/** Some records, or the ids of some that were deleted, and where to go on behind them. */
export interface Step {
  items: CrmObject[];
  gone: string[];
  cursor: string;
  total?: number;
  /** Whether the contacts of each record came along. */
  listed: boolean;
}

const LIST_PAGE = 100;
/** What was changed is found by a search some seconds later, on bad days a minute or two. */
const OVERLAP_MS = 5 * 60_000;

/**
 * Everything by the list, which has no end, then what changed by searches. A search never finds what was deleted, so
 * the list of deleted records, kept for 90 days, is read behind the changes.
 */
export async function* walk(api: Api, wanted: Wanted, from: string | null): AsyncGenerator<Step> {
  let place = from === null ? BEGINNING : cursor.read(from);
  if (place.phase === 'list') return yield* everything(api, wanted, place);
  if (place.phase === 'changes') place = yield* changes(api, wanted, place);
  yield* deletions(api, wanted, place);
}

type At<Phase extends Place['phase']> = Extract<Place, { phase: Phase }>;

async function* everything(api: Api, wanted: Wanted, place: At<'list'>): AsyncGenerator<Step> {
  const total = place.total ?? (await countOf(api, wanted.type));
  let { since, after } = place;
  do {
    const answer = await list(api, wanted, after, false);
    // Without a time by HubSpot's clock, the changes of all times are read once more.
    since ??= Math.max(0, (timeOf(answer) ?? 0) - OVERLAP_MS);
    const { results, paging } = answer.body;
    after = paging?.next?.after ?? null;
    const next: Place =
      after === null
        ? { phase: 'changes', from: since, id: null, swept: since }
        : { phase: 'list', since, after, total };
    yield { items: results, gone: [], cursor: cursor.write(next), total, listed: true };
  } while (after !== null);
}

async function* changes(
  api: Api,
  wanted: Wanted,
  { from: start, id: startId, swept }: At<'changes'>,
): AsyncGenerator<Step, At<'archived'>> {
  let from = start;
  let id = startId;
  for (;;) {
    const answer = await changesFrom(api, wanted, from, id);
    const { results } = answer.body;
    const now = timeOf(answer);
    const last = results.at(-1);
    const full = results.length === SEARCH_PAGE;
    const latest = last && id === null ? changedAt(last, wanted) : from;
    if (id === null && !full) {
      const done = Math.max(start, claimable(now ?? latest, now, OVERLAP_MS));
      const next: At<'archived'> = { phase: 'archived', from: done, swept, now: 0, after: null };
      yield { items: results, gone: [], cursor: cursor.write(next), listed: false };
      return next;
    }
    if (id !== null) {
      id = full ? last!.id : null;
      if (id === null) from += 1;
    } else if (latest > from) from = latest;
    // More than a page changed at once, by an import: these are read by their ids.
    else id = '0';

    const sure = Math.max(start, claimable(from, now, OVERLAP_MS));
    const next: Place = { phase: 'changes', from: sure, id: sure === from ? id : null, swept };
    yield { items: results, gone: [], cursor: cursor.write(next), listed: false };
  }
}

async function* deletions(
  api: Api,
  wanted: Wanted,
  { from, swept, now: begun, after: behind }: At<'archived'>,
): AsyncGenerator<Step> {
  let now = begun;
  let after = behind;
  do {
    const answer = await list(api, { ...wanted, properties: ['hs_object_id'], contacts: false }, after, true);
    now ||= Math.max(swept, (timeOf(answer) ?? 0) - OVERLAP_MS);
    const { results, paging } = answer.body;
    after = paging?.next?.after ?? null;
    const gone = results.filter(({ archivedAt }) => !archivedAt || Date.parse(archivedAt) >= swept);
    const next: Place =
      after === null
        ? { phase: 'changes', from, id: null, swept: now }
        : { phase: 'archived', from, swept, now, after };
    yield { items: [], gone: gone.map(({ id }) => id), cursor: cursor.write(next), listed: false };
  } while (after !== null);
}

function list(
  api: Api,
  { type, properties, contacts }: Wanted,
  after: string | null,
  archived: boolean,
): Promise<HttpAnswer<ObjectPage>> {
  return api.send<ObjectPage>({
    method: 'GET',
    url: paths.objects(type),
    query: {
      limit: LIST_PAGE,
      after: after ?? undefined,
      archived,
      properties: properties.join(','),
      associations: contacts ? 'contacts' : undefined,
    },
  });
}

const changedAt = ({ properties, updatedAt }: CrmObject, { modified }: Wanted): number =>
  Date.parse(properties[modified] ?? updatedAt);
