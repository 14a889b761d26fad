import type { Strapi } from '../../../room';
import type { Context } from '../../../tracking/http';
import { ConnectorError } from '../../connector-error';
import { fieldsFor } from '../../insight-fields';
import { answering, parsed } from '../answering';
import type { SyncService } from '../service';
import { checkInput, connectionChange, connectionInput } from './input';
import { asking } from './make-connector';
import type { ConnectorsService } from './registry';
import type { ConnectionsService } from './service';

/** Which CRMs are connected, and how; see `api-types.ts`. */
export function connectionsController({ strapi }: { strapi: Strapi }) {
  const connectors = (): ConnectorsService => strapi.plugin('clv').service('connectors');
  const connections = (): ConnectionsService => strapi.plugin('clv').service('connections');
  const sync = (): SyncService => strapi.plugin('clv').service('sync');

  /** Answers about the connection of the route. */
  const about = (work: (ctx: Context, id: string) => Promise<void>) => (ctx: Context) =>
    answering(ctx, async () => {
      const { id } = ctx.params;
      if (await connections().get(id)) await work(ctx, id);
      else ctx.notFound(`There is no connection ${id}; it may have been removed.`);
    });

  return {
    kinds(ctx: Context): void {
      ctx.body = { kinds: connectors().kinds() };
    },

    check: (ctx: Context) =>
      answering(ctx, async () => {
        ctx.body = await connections().check(parsed(checkInput, ctx.request.body));
      }),

    async find(ctx: Context): Promise<void> {
      ctx.body = { connections: await connections().summaries() };
    },

    create: (ctx: Context) =>
      answering(ctx, async () => {
        ctx.created(await connections().create(parsed(connectionInput, ctx.request.body)));
      }),

    findOne: about(async (ctx, id) => {
      ctx.body = await connections().detail(id);
    }),

    update: about(async (ctx, id) => {
      const change = parsed(connectionChange, ctx.request.body);
      ctx.body = await connections().change(id, change);
      if (change.enabled === false) await sync().cancel(id);
    }),

    remove: about(async (ctx, id) => {
      await sync().cancel(id);
      await connections().remove(id);
      ctx.body = {};
    }),

    schema: about(async (ctx, id) => {
      const connection = await connections().open(id);
      ctx.body = await asking(connection, (connector) =>
        connector.ensureSchema(fieldsFor(connection.push.fields)),
      );
    }),

    authorize: about(async (ctx, id) => {
      ctx.body = { url: await connections().authorizeUrl(id) };
    }),

    /** Where the CRM sends its user back to, with a code. */
    async authorized(ctx: Context): Promise<void> {
      const { state, code } = ctx.query;
      try {
        if (typeof state !== 'string' || typeof code !== 'string') {
          throw new ConnectorError('auth', 'The CRM gave no consent; begin it again on the CRM page.');
        }
        const id = await connections().authorize(state, code);
        const admin: string = strapi.config.get('admin.absoluteUrl');
        ctx.redirect(`${admin.replace(/\/$/, '')}/plugins/clv/crm/${id}/edit?authorized=1`);
      } catch (error) {
        if (!(error instanceof ConnectorError)) throw error;
        ctx.unprocessableEntity(error.message, { kind: error.kind });
      }
    },
  };
}
