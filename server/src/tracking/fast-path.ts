import type { Strapi } from '../room';
import { guardBody } from './guard-body';
import { answer, type Context, type Next } from './http';

/** Strapi's router takes a path in any case and with a slash at the end, so it has to be guarded in each of them. */
const spelling = (path: string) => path.toLowerCase().replace(/\/$/, '');

type Handler = (ctx: Context, next: Next) => unknown;
type Methods = Record<string, Handler>;

/**
 * Answers the busiest routes in front of Strapi's own middlewares: sessions, body parsing, security headers, routing and
 * permission checks together cost several times what storing an event does. Everything else passes through for the price
 * of one look-up.
 */
function middleware(paths: Map<string, Methods>, alias: string | undefined) {
  const maybeOurs = new RegExp(alias ? `/clv/|${alias}` : '/clv/', 'i');
  return (ctx: Context, next: Next): unknown => {
    const { url = '' } = ctx.req;
    const query = url.indexOf('?');
    let methods = paths.get(query === -1 ? url : url.slice(0, query));
    if (methods === undefined && maybeOurs.test(url)) methods = paths.get(spelling(ctx.path ?? ''));
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

/** Lets Strapi serve another path instead. */
const served =
  (path: string, handle: Handler): Handler =>
  (ctx, next) => {
    const { url } = ctx;
    const query = url.indexOf('?');
    ctx.url = query === -1 ? path : path + url.slice(query);
    return handle(ctx, next);
  };

/** The routes of other rooms that anybody may post to. */
const OPEN_TO_POST = ['identify', 'consent', 'orders', 'customers'];
/** Those of them that the browser tracker uses. */
const USED_BY_TRACKER = ['identify', 'consent'];

export interface TrackingHandlers {
  collect(ctx: Context): unknown;
  script(ctx: Context): unknown;
  /** One more path below which the tracker finds all that it needs. */
  alias: string | undefined;
}

function addTracking(paths: Map<string, Methods>, base: string, handlers: TrackingHandlers): void {
  const refuse = (allowed: string) => alone(({ res }) => answer(res, 405, { Allow: allowed }));
  const collect = alone(handlers.collect);
  const script = alone(handlers.script);
  const collects = { POST: collect, OPTIONS: collect };
  const serves = { GET: script, HEAD: script, OPTIONS: script };
  const { alias } = handlers;
  for (const at of alias ? [base, alias] : [base]) {
    paths.set(`${at}/collect`, { ...collects, any: refuse('POST, OPTIONS') });
    paths.set(`${at}/tracker.js`, { ...serves, any: refuse('GET, HEAD, OPTIONS') });
  }
  if (!alias) return;
  paths.set(alias, { ...serves, ...collects, any: refuse('GET, HEAD, POST, OPTIONS') });
  for (const route of USED_BY_TRACKER) {
    const path = `${base}/${route}`;
    paths.set(`${alias}/${route}`, { POST: served(path, guardBody), any: served(path, passOn) });
  }
}

/** To be called in `register`, before Strapi builds its stack. Without handlers nothing is tracked. */
export function installFastPath(strapi: Strapi, handlers: TrackingHandlers | null): void {
  const base = `${strapi.config.get('api.rest.prefix', '/api')}/clv`;
  const paths = new Map<string, Methods>();
  for (const route of OPEN_TO_POST) paths.set(`${base}/${route}`, { POST: guardBody, any: passOn });
  // Where other programs send orders, whatever the prefix is.
  paths.set('/clv/orders', { POST: served(`${base}/orders`, guardBody), any: passOn });
  if (handlers) addTracking(paths, base, handlers);
  for (const [path, methods] of [...paths]) paths.set(spelling(path), methods);
  strapi.server.use(middleware(paths, handlers?.alias) as Parameters<typeof strapi.server.use>[0]);
}
