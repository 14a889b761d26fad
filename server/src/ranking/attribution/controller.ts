import { checkedQuery } from '../../checked';
import type { JobsService } from '../../jobs/service';
import type { Strapi } from '../../room';
import { knexOf } from '../../storage/db';
import { attributionCsv } from './csv';
import { attributionExport, attributionPage } from './page';
import { attributionQuery } from './query';
import type { AttributionService } from './service';

// biome-ignore lint/suspicious/noExplicitAny: Strapi's request context
type Context = any;

export function attributionController({ strapi }: { strapi: Strapi }) {
  const jobs = (): JobsService => strapi.plugin('clv').service('jobs');
  const attribution = (): AttributionService => strapi.plugin('clv').service('attribution');

  return {
    async find(ctx: Context): Promise<void> {
      const query = checkedQuery(attributionQuery, ctx);
      if (query) ctx.body = await attributionPage(knexOf(strapi), query, await jobs().list('rank', 10));
    },

    async exportCsv(ctx: Context): Promise<void> {
      const query = checkedQuery(attributionQuery, ctx);
      if (!query) return;
      const found = await attributionExport(knexOf(strapi), query);
      if (!found) return ctx.notFound('No run has attributed any order yet; start a run first.');
      ctx.attachment(`clv-attribution-${new Date(found.report.createdAt).toISOString().slice(0, 10)}.csv`);
      ctx.type = 'text/csv; charset=utf-8';
      ctx.body = attributionCsv(found.report, found.items);
    },

    async order(ctx: Context): Promise<void> {
      const found = await attribution().orderCredits(ctx.params.orderId);
      if (found) ctx.body = found;
      else
        ctx.notFound('There is no such paid order of a known customer; a refund has no credit of its own.');
    },
  };
}
