import { z } from 'zod';
import type { Strapi } from '../room';
import type { ImportKind, OrdersResult } from './api-types';
import type { CrmService } from './service';

// biome-ignore lint/suspicious/noExplicitAny: Strapi's request context
type Context = any;

const MOST = 1_000;

/** The body `{ <kind>: [...] }`; its rows are judged one by one later. */
export const ingestBody = (kind: ImportKind) =>
  z.object(
    {
      [kind]: z
        .array(z.unknown(), { error: `must be a list of ${kind}` })
        .max(MOST, `holds more than ${MOST} rows; send them in several requests`),
    },
    { error: `must be JSON like { "${kind}": [...] }` },
  );

/** `POST /api/clv/orders`, `/customers`, `/costs` and `/subscriptions`, for shops and scripts with an API token. */
export const ingestController =
  (kind: ImportKind) =>
  ({ strapi }: { strapi: Strapi }) => {
    const schema = ingestBody(kind);
    return {
      async create(ctx: Context): Promise<void> {
        const body = schema.safeParse(ctx.request.body);
        if (!body.success) {
          const { path, message } = body.error.issues[0]!;
          return ctx.badRequest(`${path.join('.') || 'The body'} ${message}.`);
        }
        const crm: CrmService = strapi.plugin('clv').service('crm');
        const result: OrdersResult = await crm.upsert(kind, body.data[kind]!, 'api');
        ctx.body = result;
      },
    };
  };
