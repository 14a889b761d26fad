import { configOf } from '../../../config';
import type { Strapi } from '../../../room';
import type { ContentsService } from '../../../tracking/contents/service';
import { watchDocuments } from '../../../tracking/documents';
import type { Context } from '../../../tracking/http';
import { VARIES_BY } from '../http';
import type { Placed, RecommendationsService } from '../service';
import { strapiErrors } from '../strapi-errors';
import { type Entry, orderedPage, type Params } from './order-collection';

/** The parameter of content routes, and what it may say. */
export const PARAMETER = 'clv';
export const ORDERS = ['recommended'] as const;

interface ContentRoute {
  method: string;
  handler: unknown;
  request?: { query?: object };
}

/** Lets strict apps know the parameter, on routes that list entries of tracked types; to be called in `register`. */
export function offerParameter(strapi: Strapi): void {
  const api = strapi.contentAPI as { addQueryParams?: (params: object) => void };
  const handlers = Object.keys(configOf(strapi).contentTypes).map((uid) => `${uid}.find`);
  api.addQueryParams?.({
    [PARAMETER]: {
      // Any text: what it may say is told by us, also where Strapi would drop what it does not know.
      schema: (z: { string(): { optional(): unknown } }) => z.string().optional(),
      matchRoute: ({ method, handler, request }: ContentRoute) =>
        method === 'GET' &&
        handlers.includes(String(handler)) &&
        // An app's routes outlive its Strapi: they have it when one boots again in the same process.
        !(PARAMETER in (request?.query ?? {})),
    },
  });
}

type Asked = Params & { clv?: unknown; status?: string; locale?: unknown };

/** All of a question but what says nothing of how many entries there are. */
const narrowed = (uid: string, params: Asked): string =>
  JSON.stringify([uid, { ...params, start: 0, limit: 0, sort: 0, fields: 0, populate: 0 }]);

/**
 * Puts collections in order for the visitor where `?clv=recommended` asks for it. Whatever goes wrong here, the answer is the
 * plain one.
 *
 * @returns the function that ends it
 */
export function orderCollections(strapi: Strapi): () => void {
  const contents = (): ContentsService => strapi.plugin('clv').service('contents');
  const service = (): RecommendationsService => strapi.plugin('clv').service('recommendations');
  /** By request: how many entries there are, which Strapi asks for right after a page of them. */
  const totals = new WeakMap<Context, { asked: string; total: number }>();

  /** Null where the plain order stands. */
  async function placedFor(ctx: Context, uid: string, locale: string | undefined): Promise<Placed[] | null> {
    try {
      return service().order(await service().audienceOf(ctx.req.headers), uid, locale || null);
    } catch (error) {
      service().report(error);
      return null;
    }
  }

  return watchDocuments(strapi, async (context, next) => {
    const { clv, ...params } = (context.params ?? {}) as Asked;
    const type = clv === undefined ? undefined : contents().types().get(context.uid);
    if (!type || !['findMany', 'count'].includes(context.action)) return next();
    const ctx = strapi.requestContext.get() as Context | undefined;
    if (ctx && context.action === 'count') {
      const known = totals.get(ctx);
      return (known?.asked === narrowed(context.uid, params) ? known.total : next()) as never;
    }
    if (ctx?.method !== 'GET' || ctx.state.route?.info?.type !== 'content-api') return next();
    if (!ORDERS.includes(clv as never)) {
      const { ValidationError } = strapiErrors(strapi);
      throw new ValidationError(
        `"${PARAMETER}" names no order that there is. There are: ${ORDERS.join(', ')}.`,
      );
    }
    if (type.draftAndPublish && params.status !== 'published') return next();
    // One entry for each document, or the order of documents says nothing.
    const { locale } = params;
    if (locale === '*' || (locale !== undefined && typeof locale !== 'string')) return next();

    ctx.set('Cache-Control', 'private, no-store');
    ctx.vary(VARIES_BY);
    const placed = await placedFor(ctx, context.uid, locale);
    if (!placed) return next();

    const asked = context.params;
    let isAsked = false;
    const ask = async (changed: Params) => {
      isAsked = true;
      context.params = changed as typeof asked;
      return (await next()) as Entry[];
    };
    try {
      const { entries, total } = await orderedPage(strapi, context.uid, params, placed, ask);
      totals.set(ctx, { asked: narrowed(context.uid, params), total });
      return entries as never;
    } catch (error) {
      // Their question failed, not our order.
      if (isAsked) throw error;
      service().report(error);
      return next();
    } finally {
      // Those around this one see what was asked.
      context.params = asked;
    }
  });
}
