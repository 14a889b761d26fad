import { vaultOf } from '../../crm/sync/connections/vault';
import type { Strapi } from '../../room';
import { knexOf } from '../../storage/db';
import type { Context } from '../../tracking/http';
import { answering } from '../refused';
import type { Endpoint } from './api-types';
import { newSecret } from './deliver/signature';
import { endpointInput } from './input';
import { describeEndpoints } from './list';
import { parsed } from './parsed';
import type { TriggersService } from './service';
import {
  changeEndpoint,
  changeSecret,
  createEndpoint,
  deleteEndpoint,
  knownEndpoint,
} from './store/change-endpoint';

/** Programs that take signed webhooks; see `api-types.ts`. A secret is in the answer that makes it, and in no other. */
export function endpointsController({ strapi }: { strapi: Strapi }) {
  const knex = () => knexOf(strapi);
  const triggers = (): TriggersService => strapi.plugin('clv').service('triggers');

  async function described(id: string): Promise<Endpoint> {
    const [endpoint] = await describeEndpoints(knex(), [await knownEndpoint(knex(), id)], Date.now());
    return endpoint!;
  }

  function judged(ctx: Context) {
    const input = parsed(endpointInput, ctx.request.body);
    triggers().checkAddress(input.url);
    return input;
  }

  return {
    create: answering(async (ctx: Context) => {
      const input = judged(ctx);
      const secret = newSecret();
      const id = await createEndpoint(knex(), input, vaultOf(strapi).seal(secret), Date.now());
      ctx.created({ endpoint: await described(id), secret });
    }),

    update: answering(async (ctx: Context) => {
      await changeEndpoint(knex(), ctx.params.id, judged(ctx), Date.now());
      ctx.body = await described(ctx.params.id);
    }),

    remove: answering(async (ctx: Context) => {
      await deleteEndpoint(knex(), ctx.params.id);
      ctx.body = {};
    }),

    secret: answering(async (ctx: Context) => {
      const secret = newSecret();
      await changeSecret(knex(), ctx.params.id, vaultOf(strapi).seal(secret), Date.now());
      ctx.body = { endpoint: await described(ctx.params.id), secret };
    }),

    test: answering(async (ctx: Context) => {
      ctx.body = await triggers().test(ctx.params.id);
    }),
  };
}
