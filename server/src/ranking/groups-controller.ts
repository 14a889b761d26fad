import { checkedQuery } from '../checked';
import { configOf } from '../config';
import type { Strapi } from '../room';
import { knexOf } from '../storage/db';
import type { Context } from '../tracking/http';
import type { GroupValues } from './api-types';
import { dimensionsOf } from './dimensions';
import { groupsCsv } from './groups-csv';
import { groupValues } from './queries/group-values';
import { groupQuery, groupValuesQuery } from './query';
import { groupedRanking, groupPage } from './snapshots/groups';
import { searchable } from './snapshots/searchable';

/** Rankings by what content belongs to: authors, categories, tags. */
export function rankingGroupsController({ strapi }: { strapi: Strapi }) {
  const named = () => dimensionsOf(configOf(strapi));
  const dimensions = () => ['kind', 'locale', ...named()];

  /** Says what there is instead when a dimension is not known. */
  function known(ctx: Context, dimension: string, there: string[]): boolean {
    if (there.includes(dimension)) return true;
    ctx.badRequest(
      `There is no group "${dimension}"; there are: ${there.join(', ') || 'none'}. Others are set under contentTypes[…].groups.`,
    );
    return false;
  }

  return {
    async find(ctx: Context): Promise<void> {
      const query = checkedQuery(groupQuery, ctx);
      if (query && known(ctx, query.by, dimensions()))
        ctx.body = await groupPage(knexOf(strapi), query, dimensions());
    },

    async exportCsv(ctx: Context): Promise<void> {
      const query = checkedQuery(groupQuery, ctx);
      if (!query || !known(ctx, query.by, dimensions())) return;
      const found = await groupedRanking(knexOf(strapi), query);
      if (!found) return ctx.notFound('There is no such ranking yet; start a run first.');
      const { landmark, createdAt } = found.snapshot.head;
      const day = new Date(createdAt).toISOString().slice(0, 10);
      ctx.attachment(`clv-ranking-${query.by}-${landmark}-${day}.csv`);
      ctx.type = 'text/csv; charset=utf-8';
      ctx.body = groupsCsv(query.by, found.groups);
    },

    async values(ctx: Context): Promise<void> {
      const query = checkedQuery(groupValuesQuery, ctx);
      if (!query || !known(ctx, query.by, named())) return;
      const wanted = searchable(query.search ?? '');
      const all = await groupValues(knexOf(strapi), query.by);
      const found = all.filter(({ value }) => searchable(value).includes(wanted));
      const body: GroupValues = { values: found.slice(0, query.limit), total: found.length };
      ctx.body = body;
    },
  };
}
