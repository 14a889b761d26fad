import { z } from 'zod';
import { configOf } from '../config';
import type { Strapi } from '../room';
import type { Context } from '../tracking/http';
import type { ConsentAnswer } from './api-types';
import { visitorSchema } from './identifiers';
import { IdentityError } from './identity-error';
import { publicRequests } from './public-request';
import type { IdentityService } from './service';

export const consentBody = z.strictObject({
  visitor: visitorSchema.optional(),
  state: z.enum(['granted', 'denied', 'unknown'], 'is not granted, denied or unknown'),
});

export function consentController({ strapi }: { strapi: Strapi }) {
  const requests = publicRequests(strapi);
  const service = (): IdentityService => strapi.plugin('clv').service('identity');

  async function currentState(visitorKey: string | undefined): Promise<ConsentAnswer> {
    const consent = visitorKey ? await service().readConsent(visitorKey) : null;
    return {
      state: consent?.state ?? 'unknown',
      at: consent?.at ?? null,
      mode: configOf(strapi).consent.mode,
    };
  }

  return {
    /** `GET /api/clv/consent` */
    read: (ctx: Context): Promise<void> =>
      requests.answer(ctx, () => currentState(requests.visitorOf(ctx.req.headers))),

    /** `POST /api/clv/consent` */
    write: (ctx: Context): Promise<void> =>
      requests.answer(ctx, async () => {
        const body = requests.bodyOf(ctx, consentBody);
        const visitorKey = body.visitor ?? requests.visitorOf(ctx.req.headers);
        if (!visitorKey) {
          throw new IdentityError(
            400,
            'No visitor is named: send it in the body, in the x-clv-visitor header or as the cookie.',
          );
        }
        await service().setConsent({ visitorKey, state: body.state, source: 'visitor' });
        return currentState(visitorKey);
      }),
  };
}
