import { checkedQuery } from '../checked';
import { configOf } from '../config';
import { answerStarted } from '../jobs/answer-started';
import type { JobsService } from '../jobs/service';
import type { Strapi } from '../room';
import { knexOf } from '../storage/db';
import type { RankedItem } from './api-types';
import { rankingCsv, rankingRows } from './csv';
import { dimensionsOf } from './dimensions';
import { itemQuery, rankingQuery } from './query';
import type { RankParams } from './refresh/run-refresh';
import { itemPanel } from './snapshots/item-panel';
import { rankingExport, rankingPage } from './snapshots/page';
import { workbook } from './workbook/workbook';

// biome-ignore lint/suspicious/noExplicitAny: Strapi's request context
type Context = any;

export function rankingsController({ strapi }: { strapi: Strapi }) {
  const jobs = (): JobsService => strapi.plugin('clv').service('jobs');

  /** The items of a file, which then has its name; null after the answer was given. */
  async function exported(ctx: Context, extension: string): Promise<RankedItem[] | null> {
    const query = checkedQuery(rankingQuery, ctx);
    if (!query) return null;
    const found = await rankingExport(knexOf(strapi), query);
    if (!found) {
      ctx.notFound('There is no such ranking yet; start a run first.');
      return null;
    }
    const { landmark, createdAt } = found.snapshot.head;
    ctx.attachment(`clv-ranking-${landmark}-${new Date(createdAt).toISOString().slice(0, 10)}.${extension}`);
    return found.items;
  }

  return {
    async find(ctx: Context): Promise<void> {
      const query = checkedQuery(rankingQuery, ctx);
      if (query) {
        const dimensions = dimensionsOf(configOf(strapi));
        ctx.body = await rankingPage(knexOf(strapi), query, await jobs().list('rank', 10), dimensions);
      }
    },

    async exportCsv(ctx: Context): Promise<void> {
      const items = await exported(ctx, 'csv');
      if (!items) return;
      ctx.type = 'text/csv; charset=utf-8';
      ctx.body = rankingCsv(items);
    },

    async exportXlsx(ctx: Context): Promise<void> {
      const items = await exported(ctx, 'xlsx');
      if (!items) return;
      ctx.type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
      ctx.body = workbook('Ranking', rankingRows(items));
    },

    async item(ctx: Context): Promise<void> {
      const query = checkedQuery(itemQuery, ctx);
      if (!query) return;
      const tracked = query.uid in configOf(strapi).contentTypes;
      ctx.body = await itemPanel(knexOf(strapi), query, tracked);
    },

    async run(ctx: Context): Promise<void> {
      const params: RankParams = ctx.request.body?.refresh === true ? { refresh: true } : {};
      const startedBy = `admin:${ctx.state.user.id}`;
      await answerStarted(ctx, jobs().start('rank', params, { startedBy, activeKey: 'rank' }));
    },
  };
}
