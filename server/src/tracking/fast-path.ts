import type { Strapi } from '../room';
import { answer, type Context, type Next } from './http';

type Handler = (ctx: Context) => unknown;

/** The handlers of a path by method; a string stands for a path that Strapi's own router serves. */
type Paths = Map<string, Record<string, Handler> | string>;

/**
 * Answers the busiest routes in front of Strapi's own middlewares: sessions, body parsing, security headers, routing and
 * permission checks together cost several times what storing an event does. Everything else passes through for the price
 * of one look-up.
 */
function middleware(paths: Paths) {
  return (ctx: Context, next: Next): unknown => {
    const { url = '' } = ctx.req;
    const query = url.indexOf('?');
    const found = paths.get(query === -1 ? url : url.slice(0, query));
    if (found === undefined) return next();
    if (typeof found === 'string') {
      if (ctx.method === 'POST') ctx.url = query === -1 ? found : found + url.slice(query);
      return next();
    }
    ctx.respond = false;
    const handler = found[ctx.method];
    if (handler) return handler(ctx);
    return answer(ctx.res, 405, { Allow: Object.keys(found).join(', ') });
  };
}

/** To be called in `register`, before Strapi builds its stack. The handlers are asked for when the first request comes. */
export function installFastPath(options: {
  strapi: Strapi;
  alias: string | undefined;
  collect: Handler;
  script: Handler;
}): void {
  const { strapi, alias, collect, script } = options;
  const prefix: string = strapi.config.get('api.rest.prefix', '/api');
  const collects = { POST: collect, OPTIONS: collect };
  const serves = { GET: script, HEAD: script, OPTIONS: script };
  const paths: Paths = new Map<string, Record<string, Handler> | string>([
    [`${prefix}/clv/collect`, collects],
    [`${prefix}/clv/tracker.js`, serves],
    // Where other programs send orders, whatever the prefix is; the crm room serves it.
    ['/clv/orders', `${prefix}/clv/orders`],
  ]);
  if (alias) paths.set(alias, { ...serves, ...collects });
  strapi.server.use(middleware(paths) as Parameters<typeof strapi.server.use>[0]);
}
