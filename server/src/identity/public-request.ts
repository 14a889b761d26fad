import type { z } from 'zod';
import { configOf } from '../config';
import type { Strapi } from '../room';
import { originPolicy } from '../tracking/cors';
import type { Context } from '../tracking/http';
import { addressKey, rateLimiter } from '../tracking/rate-limit';
import { visitorReader } from '../tracking/visitor';
import { withoutValues } from './atomically';
import { firstProblem } from './identifiers';
import { IdentityError } from './identity-error';

/** A beacon's body is text and needs no preflight; Strapi hands it over unread. */
function parsedBody(body: unknown): unknown {
  if (typeof body !== 'string') return body;
  try {
    return JSON.parse(body);
  } catch {
    throw new IdentityError(400, 'The body is not JSON.');
  }
}

/** What routes that anybody may call have in common: who may ask, how often, and in what words they are refused. */
export function publicRequests(strapi: Strapi) {
  const { tracking } = configOf(strapi);
  const cors = originPolicy(
    () => configOf(strapi).tracking.origins ?? [],
    strapi.config.get('server.absoluteUrl'),
  );
  const limiter = rateLimiter(tracking.rateLimit.perAddress);

  function admit(ctx: Context): boolean {
    const headers = cors.headersFor(ctx);
    if (!headers) {
      ctx.status = 403;
      ctx.body = { error: 'This origin may not send; add it to clv.config.tracking.origins.' };
      return false;
    }
    ctx.set({ ...headers, 'Cache-Control': 'no-store' });
    const wait = limiter.take(addressKey(ctx.ip));
    if (wait === 0) return true;
    ctx.status = 429;
    ctx.set('Retry-After', String(wait));
    ctx.body = { error: `Too many requests from this address; try again in ${wait} s.` };
    return false;
  }

  return {
    /** The visitor that the header or the cookie names. */
    visitorOf: visitorReader(tracking.cookie),

    /** @throws IdentityError 400 with the first thing that is wrong */
    bodyOf<T>(ctx: Context, schema: z.ZodType<T>): T {
      const body = schema.safeParse(parsedBody(ctx.request.body));
      if (body.success) return body.data;
      throw new IdentityError(400, firstProblem(body.error));
    },

    /** Answers with what `work` returns, or with the status and the words of its IdentityError. */
    async answer(ctx: Context, work: () => Promise<object>): Promise<void> {
      if (!admit(ctx)) return;
      try {
        ctx.body = await work();
      } catch (error) {
        if (!(error instanceof IdentityError)) throw withoutValues(error);
        ctx.status = error.status;
        ctx.body = { error: error.message };
      }
    },
  };
}
