import type { Strapi } from '../room';
import type { TrackedType } from './contents/tracked-types';
import { watchDocuments } from './documents';
import { factsOf } from './filters';
import type { Context } from './http';
import type { Seen } from './touch-buffer';
import type { VisitorReader } from './visitor';

interface Document {
  documentId?: string;
  locale?: string | null;
}

interface ReadParams {
  status?: string;
  locale?: string;
  filters?: object;
}

/** Stands in the parameters of a question that the plugin puts to the document service itself: nobody reads its answer. */
export const NO_READ = Symbol('clv.no-read');

/** The one entry that a read returned, or null when it was no read of one entry. */
function entryOf(action: string, params: ReadParams | undefined, result: unknown): Document | null {
  if (action === 'findOne' || action === 'findFirst') return result as Document | null;
  if (action !== 'findMany' || !Array.isArray(result) || result.length !== 1) return null;
  // Sites fetch an entry by its slug; a list that happens to hold one entry has no filter.
  return params?.filters && Object.keys(params.filters).length > 0 ? result[0] : null;
}

/**
 * Watches the document service for content that a visitor's request reads through the content API. It only takes
 * notes: whether they count is decided later, outside the request.
 *
 * @returns the function that ends it
 */
export function watchReads(options: {
  strapi: Strapi;
  types: ReadonlyMap<string, TrackedType>;
  visitorOf: VisitorReader;
  push(seen: Seen): void;
  onError(error: unknown): void;
}): () => void {
  const { strapi, types, visitorOf, push, onError } = options;
  const graphqlPath: string | undefined = strapi.plugin('graphql')?.config('endpoint');
  /** What a request was seen to read, so that one request counts an entry once. */
  const reads = new WeakMap<object, Set<string>>();

  function isContentRequest(ctx: Context): boolean {
    if (ctx.state.route?.info?.type !== 'content-api') return false;
    return ctx.method === 'GET' || (ctx.method === 'POST' && ctx.path === graphqlPath);
  }

  function note(type: TrackedType, action: string, params: ReadParams | undefined, result: unknown): void {
    if (params && NO_READ in params) return;
    // Without a status the document service reads the draft.
    if (type.draftAndPublish && params?.status !== 'published') return;
    const entry = entryOf(action, params, result);
    if (!entry?.documentId) return;
    const ctx = strapi.requestContext.get() as Context | undefined;
    if (!ctx || !isContentRequest(ctx)) return;
    const visitor = visitorOf(ctx.req.headers);
    if (!visitor) return;

    const locale = type.localized ? (entry.locale ?? params?.locale) : undefined;
    const content = `${type.uid}/${entry.documentId}${locale ? `/${locale}` : ''}`;
    const already = reads.get(ctx.req);
    if (already?.has(content)) return;
    if (already) already.add(content);
    else reads.set(ctx.req, new Set([content]));
    push({
      visitor,
      content,
      kind: 'view',
      source: 'hook',
      at: Date.now(),
      request: factsOf(ctx.req.headers),
    });
  }

  return watchDocuments(strapi, async (context, next) => {
    const result = await next();
    const type = types.get(context.uid);
    if (type && context.action.startsWith('find')) {
      try {
        note(type, context.action, context.params as ReadParams | undefined, result);
      } catch (error) {
        onError(error);
      }
    }
    return result;
  });
}
