import { z } from 'zod';
import { checked } from '../../checked';
import { configOf } from '../../config';
import type { Strapi } from '../../room';
import { knexOf } from '../../storage/db';
import type { Context } from '../../tracking/http';
import type { OutgoingSegments } from './api-types';
import { outgoingMembers } from './members/outgoing';
import type { SegmentsService } from './service';

export const outgoingMembersQuery = z.object({
  after: z
    .string()
    .max(36)
    .regex(/^[\w-]*$/, 'is not a "next" that this address gave')
    .default(''),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});

/** Segments for API tokens, such as those of mail tools. */
export function segmentsController({ strapi }: { strapi: Strapi }) {
  const segments = (): SegmentsService => strapi.plugin('clv').service('segments');

  return {
    async find(ctx: Context): Promise<void> {
      const all = await segments().list();
      const data: OutgoingSegments['data'] = all.segments.map(
        ({ slug, name, description, membership, members }) => ({
          slug,
          name,
          description,
          membership,
          members,
        }),
      );
      ctx.body = { data };
    },

    async members(ctx: Context): Promise<void> {
      const query = checked(outgoingMembersQuery, ctx, ctx.query);
      if (!query) return;
      const segment = await segments().bySlug(ctx.params.slug);
      if (!segment) return ctx.notFound('No segment has this slug.');
      ctx.body = await outgoingMembers(knexOf(strapi), segment, configOf(strapi), query);
    },
  };
}
