import type { Strapi } from '../../../room';
import { NO_READ } from '../../../tracking/read-hook';
import type { Placed } from '../service';
import { arranged, inOrder } from './pages';

export interface Entry {
  documentId: string;
}

/** Parameters of the document service, so far as they decide what is on a page. */
export interface Params {
  filters?: object;
  sort?: unknown;
  _q?: string;
  start?: number | string;
  limit?: number | string;
  publicationFilter?: unknown;
  hasPublishedVersion?: unknown;
}

interface Documents {
  findMany(params: object): Promise<Entry[]>;
  count(params: object): Promise<number>;
}

export interface Page {
  entries: Entry[];
  /** Of all pages. */
  total: number;
}

/** What narrows a collection down besides its pages. */
const NARROWING = ['filters', '_q', 'publicationFilter', 'hasPublishedVersion'] as const;

const isSet = (value: unknown) =>
  value !== undefined &&
  value !== '' &&
  !(typeof value === 'object' && Object.keys(value ?? {}).length === 0);

const among = (params: Params, documentIds: string[]): Params => {
  const these = { documentId: { $in: documentIds } };
  const filters = isSet(params.filters) ? { $and: [params.filters, these] } : these;
  return { ...params, filters, start: 0, limit: Math.max(1, documentIds.length) };
};

/**
 * Answers a question for a page of a collection with the collection in another order. Where nothing narrows it down, the
 * order alone says what stands on a page; else the ids of all that is asked for are read first.
 *
 * @param ask puts the question with other parameters, once, the usual way
 */
export async function orderedPage(
  strapi: Strapi,
  uid: string,
  params: Params,
  placed: readonly Placed[],
  ask: (params: Params) => Promise<Entry[]>,
): Promise<Page> {
  const documents = strapi.documents(uid as never) as unknown as Documents;
  const start = Number(params.start ?? 0);
  const limit = Number(params.limit ?? -1);
  const page = (ids: string[]) => (limit < 0 ? ids.slice(start) : ids.slice(start, start + limit));
  const isWhole = !NARROWING.some((name) => isSet(params[name])) && !isSet(params.sort);

  if (isWhole && limit > 0) {
    const ids = page(placed.map(({ documentId }) => documentId));
    // Where an entry came or went a moment ago, or the app hides some, places do not tell what stands on a page.
    if (ids.length === limit && (await documents.count(params)) === placed.length) {
      const entries = inOrder(await ask(among(params, ids)), ids);
      // Fewer when one was unpublished a moment ago.
      if (entries.length === limit) return { entries, total: placed.length };
      const all = arranged(placed, await idsOf(documents, params));
      const read = await documents.findMany({ ...among(params, page(all)), [NO_READ]: true });
      return { entries: inOrder(read, page(all)), total: all.length };
    }
  }
  const all = arranged(placed, await idsOf(documents, params));
  const ids = page(all);
  // A page past the end is empty whatever is asked; it is asked all the same, for those who listen.
  const entries = await ask(ids.length > 0 ? among(params, ids) : params);
  return { entries: inOrder(entries, ids), total: all.length };
}

async function idsOf(documents: Documents, params: Params): Promise<string[]> {
  const entries = await documents.findMany({
    ...params,
    populate: undefined,
    fields: ['documentId'],
    start: 0,
    limit: -1,
    [NO_READ]: true,
  });
  return entries.map(({ documentId }) => documentId);
}
