import { z } from 'zod';
import { checkedQuery } from '../../checked';
import { answerStarted } from '../../jobs/answer-started';
import type { JobsService } from '../../jobs/service';
import type { Strapi } from '../../room';
import { knexOf } from '../../storage/db';
import type { Context } from '../../tracking/http';
import { text } from '../query';
import type { StudyParams } from '../study/api-types';
import { comparePage, itemPage, studyKey } from './page';

const MOST_COMPARED = 5;
const contentId = z.coerce.number().int().min(1).max(2_147_483_647);
const landmark = text(16).optional();

export const itemPageQuery = z.object({ landmark });
export const compareQuery = z.object({
  items: z
    .string()
    .transform((list): unknown[] => [...new Set(list.split(','))])
    .pipe(z.array(contentId).min(1).max(MOST_COMPARED)),
  landmark,
});

/** One item, several beside each other, and the closer look at one. */
export function itemsController({ strapi }: { strapi: Strapi }) {
  const jobs = (): JobsService => strapi.plugin('clv').service('jobs');
  const knex = () => knexOf(strapi);

  /** The item of the route, or null after the answer was given. */
  async function pageOf(ctx: Context) {
    const query = checkedQuery(itemPageQuery, ctx);
    const id = contentId.safeParse(ctx.params.contentId);
    if (!query) return null;
    const page = id.success ? await itemPage(knex(), id.data, query.landmark) : null;
    if (!page) ctx.notFound(`There is no content item ${ctx.params.contentId}.`);
    return page;
  }

  return {
    async findOne(ctx: Context): Promise<void> {
      const page = await pageOf(ctx);
      if (page) ctx.body = page;
    },

    async compare(ctx: Context): Promise<void> {
      const query = checkedQuery(compareQuery, ctx);
      if (query) ctx.body = await comparePage(knex(), query.items, query.landmark);
    },

    async study(ctx: Context): Promise<void> {
      const page = await pageOf(ctx);
      if (!page) return;
      if (!page.ranked)
        return ctx.notFound(
          'The latest run does not rank this item there; start a run first, or choose another landmark.',
        );
      const params: StudyParams = {
        contentId: page.content.contentId,
        landmark: page.ranked.snapshot.landmark,
      };
      const startedBy = `admin:${ctx.state.user.id}`;
      const activeKey = studyKey(params.contentId);
      await answerStarted(ctx, jobs().start('study', params, { startedBy, activeKey }));
    },
  };
}
