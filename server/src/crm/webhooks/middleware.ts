import { reasonOf } from '../../jobs/errors';
import type { Strapi } from '../../room';
import { rawBodyReader } from '../../tracking/body';
import { answer, type Context, discardRest, type Next, Refusal } from '../../tracking/http';
import type { WebhookRequest } from '../connector';
import { ConnectorError, type ErrorKind } from '../connector-error';
import { publicAddressOf } from './address';
import { webhookTaker } from './take';

const MOST_BYTES = 2 ** 20;
const MOST_OPEN = 64;

const STATUS: Record<ErrorKind, number> = {
  auth: 401,
  permanent: 400,
  // Everything else may be right the next time, so the sender shall try again.
  config: 503,
  'rate-limit': 503,
  transient: 503,
};

const NOT_FOUND = { error: 'There is no webhook here.' };

/**
 * `POST /api/clv/crm/:connectionId/webhook`, for CRMs that send by themselves. It stands in front of Strapi's body parser,
 * because signatures are made over the body byte by byte. 2xx means stored; after 5xx the message should come again.
 *
 * To be called in `register`, before Strapi builds its stack.
 */
export function installWebhooks(strapi: Strapi): void {
  const prefix: string = strapi.config.get('api.rest.prefix') ?? '/api';
  const path = new RegExp(`^${escaped(prefix)}/clv/crm/([0-9a-f-]{36})/webhook/?$`, 'i');
  const { open, take } = webhookTaker(strapi);
  const bodyOf = rawBodyReader({ maxBytes: MOST_BYTES, maxOpen: MOST_OPEN });

  async function handle(ctx: Context, connectionId: string): Promise<{ status: number; body: unknown }> {
    const connection = await open(connectionId);
    if (!connection) return { status: 404, body: NOT_FOUND };
    const request: WebhookRequest = {
      method: ctx.method,
      url: publicAddressOf(strapi, ctx.request),
      headers: headersOf(ctx.req.headers),
      body: await bodyOf(ctx.req),
    };
    try {
      return { status: 200, body: { status: await take(connection, request) } };
    } catch (error) {
      throw error instanceof ConnectorError ? connection.redact(error) : error;
    }
  }

  function refusal(error: unknown, connectionId: string): { status: number; body: unknown } {
    if (error instanceof Refusal) return { status: error.status, body: { error: error.message } };
    if (error instanceof ConnectorError && STATUS[error.kind] < 500) {
      return { status: STATUS[error.kind], body: { error: error.message } };
    }
    strapi.log.error(
      `[clv] a webhook of the connection ${connectionId} could not be taken: ${reasonOf(error)}`,
    );
    const status = error instanceof ConnectorError ? STATUS[error.kind] : 500;
    return { status, body: { error: 'The message could not be taken; send it again later.' } };
  }

  async function middleware(ctx: Context, next: Next): Promise<void> {
    const connectionId = ctx.method === 'POST' ? path.exec(ctx.path)?.[1]?.toLowerCase() : undefined;
    if (connectionId === undefined) return next();
    ctx.respond = false;
    const { status, body } = await handle(ctx, connectionId).catch((error) => refusal(error, connectionId));
    const headers = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' };
    answer(ctx.res, status, headers, JSON.stringify(body));
    discardRest(ctx.req);
  }

  strapi.server.use(middleware as Parameters<typeof strapi.server.use>[0]);
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Of a header that came several times its values are joined, as HTTP has it. */
const headersOf = (headers: Record<string, string | string[] | undefined>): WebhookRequest['headers'] =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]));
