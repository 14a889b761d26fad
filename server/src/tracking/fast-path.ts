import type { Strapi } from '../room';
import { guardBody } from './guard-body';
import { answer, type Context, type Next } from './http';

type Handler = (ctx: Context, next: Next) => unknown;
type Methods = Record<string, Handler>;

/**
 * Answers the busiest routes in front of Strapi's own middlewares: sessions, body parsing, security headers, routing and
 * permission checks together cost several times what storing an event does. Everything else passes through for the price
 * of one look-up.
 */
function middleware(paths: Map<string, Methods>) {
  return (ctx: Context, next: Next): unknown => {
    const { url = '' } = ctx.req;
    const query = url.indexOf('?');
    const methods = paths.get(query === -1 ? url : url.slice(0, query));
    if (methods === undefined) return next();
    const handler = methods[ctx.method] ?? methods.any;
    return handler(ctx, next);
  };
}

/** Answers by itself: Koa is told to leave the response alone. */
const alone =
  (handle: (ctx: Context) => unknown): Handler =>
  (ctx) => {
    ctx.respond = false;
    return handle(ctx);
  };

const passOn: Handler = (_, next) => next();

/** The routes of other rooms that anybody may post to, and those of them that the tracker uses. */
const OPEN_TO_POST = ['identify', 'consent', 'orders', 'customers'];
const OF_THE_TRACKER = ['identify', 'consent'];

export interface TrackingHandlers {
  collect(ctx: Context): unknown;
  script(ctx: Context): unknown;
  /** One more path for both; a tracker that was loaded from there sends to paths below it. */
  alias: string | undefined;
}

function addTracking(paths: Map<string, Methods>, base: string, handlers: TrackingHandlers): void {
  const refuse = (allowed: string) => alone(({ res }) => answer(res, 405, { Allow: allowed }));
  const collect = alone(handlers.collect);
  const script = alone(handlers.script);
  const collects = { POST: collect, OPTIONS: collect };
  const serves = { GET: script, HEAD: script, OPTIONS: script };
  paths.set(`${base}/collect`, { ...collects, any: refuse('POST, OPTIONS') });
  paths.set(`${base}/tracker.js`, { ...serves, any: refuse('GET, HEAD, OPTIONS') });
  const { alias } = handlers;
  if (!alias) return;
  paths.set(alias, { ...serves, ...collects, any: refuse('GET, HEAD, POST, OPTIONS') });
  paths.set(`${alias}/collect`, { ...collects, any: refuse('POST, OPTIONS') });
}

/** To be called in `register`, before Strapi builds its stack. Without handlers nothing is tracked. */
export function installFastPath(strapi: Strapi, handlers: TrackingHandlers | null): void {
  const prefix: string = strapi.config.get('api.rest.prefix', '/api');
  const paths = new Map<string, Methods>();
  if (handlers) addTracking(paths, `${prefix}/clv`, handlers);
  for (const route of OPEN_TO_POST) paths.set(`${prefix}/clv/${route}`, { POST: guardBody, any: passOn });
  const passTo = (place: string): Methods => ({
    POST: (ctx, next) => {
      ctx.url = place + ctx.search;
      return guardBody(ctx, next);
    },
    any: passOn,
  });
  if (handlers?.alias)
    for (const route of OF_THE_TRACKER)
      paths.set(`${handlers.alias}/${route}`, passTo(`${prefix}/clv/${route}`));
  // Where other programs send orders, whatever the prefix is.
  paths.set('/clv/orders', passTo(`${prefix}/clv/orders`));
  strapi.server.use(middleware(paths) as Parameters<typeof strapi.server.use>[0]);
}
