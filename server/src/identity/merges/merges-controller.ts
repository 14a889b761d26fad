import { z } from 'zod';
import type { Strapi } from '../../room';
import type { Context } from '../../tracking/http';
import { firstProblem } from '../identifiers';
import { IdentityError } from '../identity-error';
import type { IdentityService } from '../service';

export const mergesQuery = z.object({
  state: z.enum(['suggested', 'merged', 'undone', 'dismissed']).optional(),
  page: z.coerce.number().int().min(1).default(1),
});

export const mergeBody = z.strictObject({
  from: z.uuid('is not the id of a person'),
  into: z.uuid('is not the id of a person'),
  reason: z.string('is not text').trim().min(1, 'is empty; say why they are one person').max(255),
});

function parsed<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new IdentityError(400, firstProblem(result.error));
}

/** Who decides, for the log. */
const decider = (ctx: Context) => `admin:${ctx.state.user.id}`;

/** Answers an IdentityError in the form that Strapi's admin expects. */
async function answering(ctx: Context, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof IdentityError)) throw error;
    if (error.status === 404) ctx.notFound(error.message);
    else if (error.status === 409) ctx.conflict(error.message);
    else ctx.badRequest(error.message);
  }
}

export function mergesController({ strapi }: { strapi: Strapi }) {
  const service = (): IdentityService => strapi.plugin('clv').service('identity');

  const decide = (decision: 'acceptMerge' | 'dismissMerge' | 'undoMerge') => (ctx: Context) =>
    answering(ctx, async () => {
      await service()[decision](ctx.params.id, decider(ctx));
      ctx.status = 204;
    });

  return {
    list: (ctx: Context) =>
      answering(ctx, async () => {
        const { state, page } = parsed(mergesQuery, ctx.query);
        ctx.body = await service().listMerges(state, page);
      }),

    create: (ctx: Context) =>
      answering(ctx, async () => {
        const { from, into, reason } = parsed(mergeBody, ctx.request.body);
        const id = await service().merge(from, into, decider(ctx), reason);
        ctx.created({ id });
      }),

    accept: decide('acceptMerge'),
    dismiss: decide('dismissMerge'),
    undo: decide('undoMerge'),
  };
}
