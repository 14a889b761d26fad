import type { Strapi } from '../../room';
import { type Context, Refusal } from '../../tracking/http';
import { recommendationAnswers } from './answers';
import type { Recommendations } from './api-types';
import { parsedQuery } from './controller';
import { openRequests } from './http';
import { recommendationsQuery } from './query';
import { readableTypes } from './readable';
import type { RecommendationsService } from './service';
import { strapiErrors } from './strapi-errors';

const TYPES = `
  type ClvShare { name: String! share: Float! }
  type ClvInterests { topics: [ClvShare!]! kinds: [ClvShare!]! }
  type ClvMe {
    known: Boolean!
    tier: String
    stage: String
    value: String
    interests: ClvInterests!
    segments: [String!]!
    arm: String
    token: String
  }
  "What speaks for an item: kind is topic, read-together, value, channel, new, popular or read-before."
  type ClvReason { kind: String! topic: String key: String title: String tier: String channel: String }
  type ClvRecommendation {
    key: String!
    uid: String!
    documentId: ID!
    locale: String
    kind: String!
    title: String!
    score: Float!
    reason: ClvReason!
  }
  type ClvRecommendationsMeta { personalised: String! strategy: String! arm: String computedAt: Float }
  type ClvRecommendations { data: [ClvRecommendation!]! meta: ClvRecommendationsMeta! }
  extend type Query {
    clvMe: ClvMe!
    clvRecommendations(
      type: [String!]
      locale: String
      limit: Int
      exclude: [String!]
      content: String
      channel: String
      tier: String
    ): ClvRecommendations!
  }
`;

type Arguments = Record<string, unknown> & { limit?: number | null };
type Resolver = (parent: unknown, args: Arguments, context: { koaContext: Context }) => Promise<object>;

interface Extension {
  use(extension: object): void;
}

/** Adds the queries `clvMe` and `clvRecommendations` where the app has GraphQL; to be called in `register`. */
export function extendGraphql(strapi: Strapi): void {
  if (!strapi.plugin('graphql')) return;
  const extension: Extension = strapi.plugin('graphql').service('extension');
  const service = (): RecommendationsService => strapi.plugin('clv').service('recommendations');

  extension.use(() => {
    const readableBy = readableTypes(strapi);
    const requests = openRequests(strapi, readableBy);
    const answers = recommendationAnswers(strapi, readableBy);

    /** With the words of a Refusal, which Strapi would hide. */
    const answered =
      (work: (ctx: Context, args: Arguments) => Promise<object>): Resolver =>
      async (_parent, args, { koaContext: ctx }) => {
        try {
          // Strapi lets pages of every origin ask, and read what is about their visitor.
          requests.admitted(ctx);
          await requests.limit(ctx);
          ctx.set('Cache-Control', 'private, no-store');
          return await work(ctx, args);
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          const { ValidationError, ApplicationError } = strapiErrors(strapi);
          throw new (error.status === 400 ? ValidationError : ApplicationError)(error.message);
        }
      };

    async function recommendations(ctx: Context, args: Arguments): Promise<Recommendations> {
      const given = Object.entries(args).filter(([, value]) => value !== null && value !== undefined);
      const query = parsedQuery(recommendationsQuery, {
        ...Object.fromEntries(given),
        ...(typeof args.limit === 'number' && { limit: String(args.limit) }),
      });
      const audience =
        query.tier === undefined
          ? await service().audienceOf(ctx.req.headers, query.channel)
          : await answers.ofTier(query.tier);
      return answers.recommendations(ctx, query, audience);
    }

    return {
      typeDefs: TYPES,
      resolvers: {
        Query: {
          clvMe: answered(async (ctx) => service().me(await service().audienceOf(ctx.req.headers))),
          clvRecommendations: answered(recommendations),
        },
      },
      // They guard themselves, as their routes do.
      resolversConfig: { 'Query.clvMe': { auth: false }, 'Query.clvRecommendations': { auth: false } },
    };
  });
}
