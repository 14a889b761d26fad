import { configOf } from '../../config';
import type { ConnectionsService } from '../../crm/sync/connections/service';
import { may } from '../../permissions';
import type { Strapi } from '../../room';
import { knexOf } from '../../storage/db';
import type { Context } from '../../tracking/http';
import { answering } from '../refused';
import type { Trigger, TriggerList } from './api-types';
import { deliveryChoice, logQuery, triggerInput } from './input';
import { describeTriggers, triggerList } from './list';
import { triggerLog } from './log';
import { parsed } from './parsed';
import type { TriggersService } from './service';
import { dropDeliveries, retryDeliveries } from './store/change-deliveries';
import { changeTrigger, createTrigger, deleteTrigger } from './store/change-trigger';
import { triggerById } from './store/triggers';

/** The address without what comes after its host. */
const hostOf = (url: string): string => new URL(url).origin;

/** Triggers and what they sent; see `api-types.ts`. */
export function triggersController({ strapi }: { strapi: Strapi }) {
  const knex = () => knexOf(strapi);
  const triggers = (): TriggersService => strapi.plugin('clv').service('triggers');

  /** Connections that take notes, and are pushed to. */
  async function noteTakers(): Promise<TriggerList['connections']> {
    const service: ConnectionsService = strapi.plugin('clv').service('connections');
    const takers: TriggerList['connections'] = [];
    for (const { id, name, kind, push, enabled } of await service.list()) {
      if (!enabled || !push.enabled) continue;
      const { capabilities } = await service.detail(id);
      if (capabilities.notes) takers.push({ id, name, kind });
    }
    return takers;
  }

  async function described(id: string): Promise<Trigger> {
    const trigger = await triggerById(knex(), id);
    const [answer] = await describeTriggers(knex(), trigger ? [trigger] : [], Date.now());
    return answer!;
  }

  return {
    find: answering(async (ctx: Context) => {
      const list = await triggerList(knex(), configOf(strapi), await noteTakers(), Date.now());
      // The path of an address is often as good as a password.
      const mayManage = may(ctx, 'triggers.manage');
      const endpoints = list.endpoints.map((one) => (mayManage ? one : { ...one, url: hostOf(one.url) }));
      ctx.body = { ...list, endpoints } satisfies TriggerList;
    }),

    create: answering(async (ctx: Context) => {
      const input = parsed(triggerInput, ctx.request.body);
      ctx.created(await described(await createTrigger(knex(), input, Date.now())));
    }),

    update: answering(async (ctx: Context) => {
      const input = parsed(triggerInput, ctx.request.body);
      await changeTrigger(knex(), ctx.params.id, input, Date.now());
      ctx.body = await described(ctx.params.id);
    }),

    remove: answering(async (ctx: Context) => {
      await deleteTrigger(knex(), ctx.params.id);
      ctx.body = {};
    }),

    preview: answering(async (ctx: Context) => {
      ctx.body = await triggers().preview(parsed(triggerInput, ctx.request.body));
    }),

    log: answering(async (ctx: Context) => {
      const given = Object.entries(ctx.query).filter(([, value]) => value !== '');
      ctx.body = await triggerLog(knex(), parsed(logQuery, Object.fromEntries(given)));
    }),

    retry: answering(async (ctx: Context) => {
      const choice = parsed(deliveryChoice, ctx.request.body);
      ctx.body = { changed: await retryDeliveries(knex(), choice, Date.now()) };
    }),

    drop: answering(async (ctx: Context) => {
      ctx.body = { changed: await dropDeliveries(knex(), parsed(deliveryChoice, ctx.request.body)) };
    }),
  };
}
