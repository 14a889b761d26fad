import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Webhook, WebhookNews, WebhookRequest } from '../../connector';
import { ConnectorError } from '../../connector-error';
import type { PipedriveOptions } from './options';

/** Pipedrive tries four times within about three minutes; what comes much later is not from there. */
const OLDEST_MS = 900_000;

const id = z.union([z.string().regex(/^\w[\w-]*$/), z.number().int()]).transform(String);

/** Webhooks of version 2. Of a merge come two: one deleted with `merged_to_id`, one changed. */
const schema = z.object({
  meta: z.object({
    id,
    webhook_id: id.optional(),
    version: z.literal('2.0'),
    entity: z.string(),
    entity_id: id,
    action: z.enum(['create', 'change', 'delete']),
    timestamp: z.union([z.iso.datetime(), z.number(), z.string().regex(/^\d{10}$/)]).transform(timeOf),
    merged_to_id: id.optional(),
  }),
});
type Meta = z.output<typeof schema>['meta'];

/** @throws ConnectorError auth | permanent */
export function parseWebhook(
  options: Pick<PipedriveOptions, 'webhookUser' | 'webhookPassword'>,
  now: number,
  { headers, body }: WebhookRequest,
): Webhook {
  assertSender(options, headers.authorization);
  const { meta } = read(body);
  if (Math.abs(now - meta.timestamp) > OLDEST_MS) {
    throw new ConnectorError('auth', 'This webhook of Pipedrive is older than 15 minutes, and is refused.');
  }
  return { key: `${meta.webhook_id ?? ''}:${meta.id}`, news: newsOf(meta) };
}

function assertSender(
  { webhookUser, webhookPassword }: Pick<PipedriveOptions, 'webhookUser' | 'webhookPassword'>,
  given: string | undefined,
): void {
  if (webhookUser === '' || webhookPassword === '') {
    throw new ConnectorError(
      'auth',
      'This connection takes no webhooks yet; choose a user name and a password for them in its settings.',
    );
  }
  const expected = `Basic ${Buffer.from(`${webhookUser}:${webhookPassword}`).toString('base64')}`;
  if (timingSafeEqual(digest(given ?? ''), digest(expected))) return;
  throw new ConnectorError('auth', 'The user name or the password of this webhook is wrong.');
}

/** Of equal length whatever was sent. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

function read(body: Buffer): { meta: Meta } {
  try {
    return schema.parse(JSON.parse(body.toString('utf8')));
  } catch {
    throw new ConnectorError('permanent', 'This is no webhook of Pipedrive, version 2.0.');
  }
}

/** As text, or as seconds since 1970. */
function timeOf(said: string | number): number {
  const seconds = Number(said);
  return Number.isNaN(seconds) ? Date.parse(String(said)) : seconds * 1000;
}

function newsOf({ entity, action, entity_id, merged_to_id }: Meta): WebhookNews {
  if (entity !== 'person' && entity !== 'deal') return { changed: [] };
  const stream = entity === 'person' ? 'customers' : 'orders';
  if (action !== 'delete') return { changed: [stream] };
  if (entity === 'person' && merged_to_id !== undefined) {
    // Deals of the one are now the other's.
    return { changed: ['customers', 'orders'], merged: [{ from: entity_id, into: merged_to_id }] };
  }
  return { changed: [], gone: [{ stream, ids: [entity_id] }] };
}
