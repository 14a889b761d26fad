import { configOf } from '../../config';
import { withoutValues } from '../../identity/atomically';
import { reasonOf } from '../../jobs/errors';
import type { Strapi } from '../../room';
import { originPolicy, PREFLIGHT } from '../../tracking/cors';
import { answer, type Context, type Next, Refusal } from '../../tracking/http';
import { addressKey, rateLimiter } from '../../tracking/rate-limit';
import type { Readable } from './readable';

/** Names what an answer for one visitor depends on. */
export const VARIES_BY = 'Origin, Cookie, X-Clv-Visitor, Authorization, Sec-GPC, DNT';

/** How long an answer for everyone of a tier may be kept by browsers and CDNs. */
const SHARED_SECONDS = 300;

/** Routes that pages of other origins ask with the visitor's header, which browsers ask leave for first. */
const ROUTES = ['me', 'recommendations'] as const;

const policyOf = (strapi: Strapi) =>
  originPolicy(() => configOf(strapi).tracking.origins ?? [], strapi.config.get('server.absoluteUrl'));

type Handler = (ctx: Context) => Promise<void>;

/**
 * Answers in front of Strapi's own middlewares, which cost more than a recommendation does; and preflights, since Strapi's CORS
 * does not know the visitor's header. What asks for entries goes Strapi's way: their query is read there. To be called in
 * `register`.
 */
export function answerInFront(strapi: Strapi, handlers: Record<(typeof ROUTES)[number], Handler>): void {
  const cors = policyOf(strapi);
  const base = `${strapi.config.get('api.rest.prefix', '/api')}/clv`;
  const byPath = new Map(ROUTES.map((route) => [`${base}/${route}`, handlers[route]]));

  function preflight(ctx: Context): void {
    ctx.respond = false;
    const headers = cors.headersFor(ctx);
    if (!headers) answer(ctx.res, 403, {});
    else answer(ctx.res, 204, { ...headers, ...PREFLIGHT, 'Access-Control-Allow-Methods': 'GET' });
  }

  async function serve(ctx: Context, handle: Handler): Promise<void> {
    ctx.set('X-Content-Type-Options', 'nosniff');
    try {
      await handle(ctx);
    } catch (error) {
      strapi.log.error(`[clv] ${ctx.path} failed: ${reasonOf(error)}`);
      ctx.status = 500;
      ctx.body = { error: 'Something went wrong here; the server’s log says what.' };
    }
  }

  const middleware = (ctx: Context, next: Next) => {
    const handle = byPath.get(ctx.path);
    if (handle === undefined) return next();
    if (ctx.method === 'OPTIONS') return preflight(ctx);
    const forEntries = /\[|%5B|[?&](filters|fields|populate)=/i.test(ctx.url);
    return ctx.method === 'GET' && !forEntries ? serve(ctx, handle) : next();
  };
  strapi.server.use(middleware as Parameters<typeof strapi.server.use>[0]);
}

/** Makes what routes share that anybody may ask: who may, how often, and in what words they are refused. */
export function openRequests(strapi: Strapi, readableBy: (ctx: Context) => Promise<Readable>) {
  const cors = policyOf(strapi);
  const limiter = rateLimiter(configOf(strapi).tracking.rateLimit.perAddress);

  /** Servers that ask for many visitors have one address: those with an API token are not counted. */
  async function limit(ctx: Context): Promise<void> {
    if (ctx.req.headers.authorization !== undefined && (await readableBy(ctx)).byToken) return;
    const wait = limiter.take(addressKey(ctx.ip));
    if (wait > 0)
      throw new Refusal(429, `Too many requests from this address; try again in ${wait} s.`, wait);
  }

  /** @throws Refusal 403 to pages of origins that may not ask; returns the headers for the others */
  function admitted(ctx: Context): Record<string, string> {
    const headers = cors.headersFor(ctx);
    if (headers) return headers;
    throw new Refusal(403, 'This origin may not ask; add it to clv.config.tracking.origins.');
  }

  return {
    limit,
    admitted,

    /** Answers with what `work` returns, or with the status and the words of its Refusal. */
    async answer(ctx: Context, work: () => Promise<object>): Promise<void> {
      try {
        ctx.set({ ...admitted(ctx), Vary: VARIES_BY, 'Cache-Control': 'private, no-store' });
        await limit(ctx);
        ctx.body = await work();
      } catch (error) {
        if (!(error instanceof Refusal)) throw withoutValues(error);
        ctx.set('Cache-Control', 'no-store');
        if (error.retryAfter) ctx.set('Retry-After', String(error.retryAfter));
        ctx.status = error.status;
        ctx.body = { error: error.message };
      }
    },
  };
}

/** Lets browsers and CDNs keep an answer: it is the same for everyone who asks as the public. */
export function share(ctx: Context): void {
  if (ctx.req.headers.authorization !== undefined) return;
  ctx.set({ 'Cache-Control': `public, max-age=${SHARED_SECONDS}`, Vary: 'Origin' });
}
