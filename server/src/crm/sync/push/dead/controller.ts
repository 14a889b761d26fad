import { z } from 'zod';
import { firstProblem } from '../../../../identity/identifiers';
import type { Strapi } from '../../../../room';
import { knexOf } from '../../../../storage/db';
import type { Context } from '../../../../tracking/http';
import type { PushService } from '../service';
import { dropDead, listDead, replayDead } from './dead-letters';

export const deadQuery = z.object({ page: z.coerce.number().int().min(1).max(1_000_000).default(1) });
export const deadChoice = z.strictObject({ ids: z.array(z.string().max(36)).min(1).max(1_000).optional() });

/** Messages to a CRM that were given up: `/crm/connections/:id/dead`. */
export function deadController({ strapi }: { strapi: Strapi }) {
  const knex = () => knexOf(strapi);
  const push = (): PushService => strapi.plugin('clv').service('push');

  async function known(ctx: Context): Promise<boolean> {
    if (await knex()('clv_connections').where({ id: ctx.params.id }).first('id')) return true;
    ctx.notFound(`There is no connection ${ctx.params.id}; it may have been removed.`);
    return false;
  }

  /** Does something with all letters of a connection, or with those that the body names. */
  const change = (work: typeof dropDead) => async (ctx: Context) => {
    if (!(await known(ctx))) return 0;
    const body = deadChoice.safeParse(ctx.request.body ?? {});
    if (!body.success) {
      ctx.badRequest(firstProblem(body.error));
      return 0;
    }
    const count = await work(knex(), ctx.params.id, body.data.ids);
    ctx.body = { count };
    return count;
  };
  const replay = change(replayDead);
  const drop = change(dropDead);

  return {
    async list(ctx: Context): Promise<void> {
      if (!(await known(ctx))) return;
      const query = deadQuery.safeParse(ctx.query);
      if (!query.success) return ctx.badRequest(firstProblem(query.error));
      ctx.body = await listDead(knex(), ctx.params.id, query.data.page);
    },
    async replay(ctx: Context): Promise<void> {
      if ((await replay(ctx)) > 0) await push().startNow(ctx.params.id, `admin:${ctx.state.user.id}`);
    },
    async drop(ctx: Context): Promise<void> {
      await drop(ctx);
    },
  };
}
