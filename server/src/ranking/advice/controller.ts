import { z } from 'zod';
import type { Strapi } from '../../room';
import { knexOf } from '../../storage/db';
import type { Context } from '../../tracking/http';
import { withoutEmpty } from '../query';
import { advicePage, itemAdviceAnswer } from './page';

/** What `GET /clv/advice/item` takes. */
export const itemAdviceQuery = z.object({ contentId: z.coerce.number().int().min(1).max(2_147_483_647) });

/** What the latest run means for an editor. */
export function adviceController({ strapi }: { strapi: Strapi }) {
  return {
    async find(ctx: Context): Promise<void> {
      ctx.body = await advicePage(knexOf(strapi));
    },

    async item(ctx: Context): Promise<void> {
      const parsed = itemAdviceQuery.safeParse(withoutEmpty(ctx.query));
      if (!parsed.success) return ctx.badRequest(z.prettifyError(parsed.error));
      ctx.body = await itemAdviceAnswer(knexOf(strapi), parsed.data.contentId);
    },
  };
}
