import { z } from 'zod';
import { checkedQuery } from '../../checked';
import type { Strapi } from '../../room';
import { knexOf } from '../../storage/db';
import type { Context } from '../../tracking/http';
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
      const query = checkedQuery(itemAdviceQuery, ctx);
      if (query) ctx.body = await itemAdviceAnswer(knexOf(strapi), query.contentId);
    },
  };
}
