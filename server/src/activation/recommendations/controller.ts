import type { z } from 'zod';
import type { Strapi } from '../../room';
import { type Context, Refusal } from '../../tracking/http';
import { recommendationAnswers } from './answers';
import { openRequests, share } from './http';
import { customerQuery, problemOf, recommendationsQuery } from './query';
import { readableTypes } from './readable';
import type { RecommendationsService } from './service';

/** @throws Refusal 400 with the first thing that is wrong */
export function parsedQuery<T>(schema: z.ZodType<T>, query: unknown): T {
  const parsed = schema.safeParse(query);
  if (parsed.success) return parsed.data;
  throw new Refusal(400, problemOf(parsed.error));
}

export function recommendationsController({ strapi }: { strapi: Strapi }) {
  const service = (): RecommendationsService => strapi.plugin('clv').service('recommendations');
  const readableBy = readableTypes(strapi);
  const requests = openRequests(strapi, readableBy);
  const answers = recommendationAnswers(strapi, readableBy);

  return {
    /** `GET /api/clv/me` */
    me: (ctx: Context): Promise<void> =>
      requests.answer(ctx, async () => service().me(await service().audienceOf(ctx.req.headers))),

    /** `GET /api/clv/recommendations` */
    find: (ctx: Context): Promise<void> =>
      requests.answer(ctx, async () => {
        const query = parsedQuery(recommendationsQuery, ctx.query);
        if (query.tier === undefined) {
          const audience = await service().audienceOf(ctx.req.headers, query.channel);
          return answers.recommendations(ctx, query, audience);
        }
        const answer = await answers.recommendations(ctx, query, await answers.ofTier(query.tier));
        share(ctx);
        return answer;
      }),

    /** `GET /api/clv/recommendations/customer?customerId=`, for mail tools and other programs. */
    forCustomer: (ctx: Context): Promise<void> =>
      requests.answer(ctx, async () => {
        const { customerId, ...query } = parsedQuery(customerQuery, ctx.query);
        return answers.recommendations(ctx, query, await service().customer(customerId));
      }),
  };
}
