import type { Strapi } from '../../room';
import { knexOf } from '../../storage/db';
import type { Context } from '../../tracking/http';
import { rulesOf } from '../rows/rules';
import type { CrmService } from '../service';
import { answering, parsed } from '../sync/answering';
import type { CostKey, CostProblem, CostsPage } from './api-types';
import { removeCost, saveCost } from './change';
import { costInput, costKeyInput, costsQuery } from './input';
import { findCost, listCosts } from './list';
import { namesOf } from './names';

const named = ({ month, channel, product_line, segment }: CostKey) =>
  [month, channel, product_line, segment].filter(Boolean).join(', ');

/** What marketing and sales cost, as administrators see and change it; see `api-types.ts`. */
export function costsAdminController({ strapi }: { strapi: Strapi }) {
  const knex = () => knexOf(strapi);

  return {
    find: (ctx: Context) =>
      answering(ctx, async () => {
        const query = parsed(costsQuery, ctx.query);
        const { currency, rates } = rulesOf(strapi);
        const page: CostsPage = {
          ...(await listCosts(knex(), query)),
          ...(await namesOf(knex())),
          currencies: [currency, ...Object.keys(rates).sort()],
        };
        ctx.body = page;
      }),

    save: (ctx: Context) =>
      answering(ctx, async () => {
        const { cost, replaces } = parsed(costInput, ctx.request.body);
        const crm: CrmService = strapi.plugin('clv').service('crm');
        const saved = await saveCost(knex(), crm, cost, replaces);
        if ('problem' in saved) {
          const details: CostProblem = { field: saved.problem.field };
          return ctx.badRequest(`The cost is not saved: ${saved.problem.reason}.`, details);
        }
        if ('taken' in saved) {
          return ctx.conflict(
            'There is a cost of this month, channel, product line and segment already. Change that one, or choose others.',
          );
        }
        if ('gone' in saved) {
          return ctx.conflict('The cost that you change is there no more. Load the list again.');
        }
        ctx.body = await findCost(knex(), saved.key);
      }),

    remove: (ctx: Context) =>
      answering(ctx, async () => {
        const key = parsed(costKeyInput, ctx.query);
        if (await removeCost(knex(), key)) ctx.body = {};
        else ctx.notFound(`There is no cost of ${named(key)} (any more). Load the list again.`);
      }),
  };
}
