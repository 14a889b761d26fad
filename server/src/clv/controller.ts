import { configOf } from '../config';
import type { Strapi } from '../room';
import { knexOf } from '../storage/db';
import { personBreakdown } from './person-breakdown';

// biome-ignore lint/suspicious/noExplicitAny: Strapi's request context
type Context = any;

export function valuesController({ strapi }: { strapi: Strapi }) {
  return {
    async find(ctx: Context): Promise<void> {
      const { customer } = ctx.query;
      if (typeof customer !== 'string' || customer === '') {
        return ctx.badRequest('Say whose value: ?customer=<customer id>.');
      }
      const options = { ...configOf(strapi).value, now: Date.now() };
      const breakdown = await personBreakdown(knexOf(strapi), customer, options);
      if (!breakdown) return ctx.notFound('Nobody has this customer id. Ids are told apart by case.');
      ctx.body = breakdown;
    },
  };
}
