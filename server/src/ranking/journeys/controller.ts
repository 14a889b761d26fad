import { z } from 'zod';
import { checkedQuery } from '../../checked';
import type { Strapi } from '../../room';
import { knexOf } from '../../storage/db';
import type { Context } from '../../tracking/http';
import { itemSections } from '../snapshots/sections';
import type { ItemJourneys } from './api-types';
import { journeysCsv, TABLES } from './csv';
import { itemJourneysAnswer, journeysPage } from './page';
import { JOURNEYS } from './section';

/** What `GET /clv/journeys/item` and `GET /clv/journeys/export.csv` take. */
export const itemJourneysQuery = z.object({ contentId: z.coerce.number().int().min(1).max(2_147_483_647) });
export const journeysExportQuery = z.object({ table: z.enum(TABLES).default('paths') });

/** What people read on the way to their first order, from what the latest run kept. */
export function journeysController({ strapi }: { strapi: Strapi }) {
  const knex = () => knexOf(strapi);

  return {
    async find(ctx: Context): Promise<void> {
      ctx.body = await journeysPage(knex());
    },

    async item(ctx: Context): Promise<void> {
      const query = checkedQuery(itemJourneysQuery, ctx);
      if (query) ctx.body = await itemJourneysAnswer(knex(), query.contentId);
    },

    async exportCsv(ctx: Context): Promise<void> {
      const query = checkedQuery(journeysExportQuery, ctx);
      if (!query) return;
      const { run, report, contents } = await journeysPage(knex());
      if (!run || !report)
        return ctx.notFound('There are no journeys yet; start a run of the rankings first.');
      const { table } = query;
      const items = table === 'next' ? await itemSections<ItemJourneys>(knex(), run.jobId, JOURNEYS) : [];
      ctx.attachment(`clv-journeys-${table}-${new Date(run.createdAt).toISOString().slice(0, 10)}.csv`);
      ctx.type = 'text/csv; charset=utf-8';
      ctx.body = journeysCsv(table, report, items, contents);
    },
  };
}
