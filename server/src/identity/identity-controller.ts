import { z } from 'zod';
import { configOf } from '../config';
import type { Strapi } from '../room';
import { factsOf, objectionOf } from '../tracking/filters';
import type { Context } from '../tracking/http';
import type { IdentifyAnswer } from './api-types';
import { customerIdSchema, emailSchema, visitorSchema } from './identifiers';
import { prove } from './proof/prove';
import { publicRequests } from './public-request';
import type { IdentityService } from './service';

const LONGEST_TOKEN = 4096;

export const identifyBody = z.strictObject({
  visitor: visitorSchema.optional(),
  token: z.string('is not text').max(LONGEST_TOKEN, `is longer than ${LONGEST_TOKEN} characters`).optional(),
  customerId: customerIdSchema.optional(),
  email: emailSchema.optional(),
});

export function identityController({ strapi }: { strapi: Strapi }) {
  const requests = publicRequests(strapi);
  const service = (): IdentityService => strapi.plugin('clv').service('identity');

  return {
    /** `POST /api/clv/identify`; see IdentifyBody for the proofs. */
    identify: (ctx: Context): Promise<void> =>
      requests.answer(ctx, async (): Promise<IdentifyAnswer> => {
        const body = requests.bodyOf(ctx, identifyBody);
        const proof = await prove(strapi, ctx, body);
        const reason = objectionOf(factsOf(ctx.req.headers), configOf(strapi).consent);
        if (reason) return { linked: false, reason };
        const visitorKey = body.visitor ?? requests.visitorOf(ctx.req.headers);
        // A server may tell that two identifiers are one person; a browser without a visitor tells nothing.
        if (!visitorKey && proof.source !== 'api') return { linked: false, reason: 'no-visitor' };
        const answer = await service().identify({ visitorKey, ...proof });
        return {
          linked: answer.visitorLinked,
          reason: answer.reason ?? (visitorKey ? undefined : 'no-visitor'),
        };
      }),
  };
}
