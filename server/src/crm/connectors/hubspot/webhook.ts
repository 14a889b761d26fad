import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Stream, Webhook, WebhookNews, WebhookRequest } from '../../connector';
import { ConnectorError } from '../../connector-error';
import type { HubSpotOptions } from './options';
import type { HubEvent } from './payloads';

const OLDEST_MS = 5 * 60_000;

const STREAMS: Record<string, Stream> = {
  contact: 'customers',
  '0-1': 'customers',
  deal: 'orders',
  '0-3': 'orders',
};

/** HubSpot signs the method, the address, the body and the time; of the address, these characters as they are read. */
const READ_AS: [escaped: RegExp, character: string][] = [
  [/%3A/gi, ':'],
  [/%2F/gi, '/'],
  [/%3F/gi, '?'],
  [/%40/g, '@'],
  [/%21/g, '!'],
  [/%24/g, '$'],
  [/%27/g, "'"],
  [/%28/g, '('],
  [/%29/g, ')'],
  [/%2A/gi, '*'],
  [/%2C/gi, ','],
  [/%3B/gi, ';'],
];

/** Reads what HubSpot sends, signed by its third scheme (`X-HubSpot-Signature-v3`). */
export function parseWebhook(options: HubSpotOptions, now: number, request: WebhookRequest): Webhook {
  const signature = signatureOf(options.clientSecret, now, request);
  return { key: signature, news: newsOf(eventsIn(request, options)) };
}

function signatureOf(secret: string, now: number, { method, url, headers, body }: WebhookRequest): string {
  if (!secret) {
    throw new ConnectorError(
      'config',
      'Webhooks of HubSpot are signed with the client secret of the app; add it to this connection.',
    );
  }
  const timestamp = headers['x-hubspot-request-timestamp'] ?? '';
  const given = headers['x-hubspot-signature-v3'] ?? '';
  if (!/^\d{1,15}$/.test(timestamp) || Math.abs(now - Number(timestamp)) > OLDEST_MS) {
    throw new ConnectorError('auth', 'The webhook is older than five minutes, or its time is missing.');
  }
  const address = READ_AS.reduce((text, [escaped, character]) => text.replace(escaped, character), url);
  const mac = createHmac('sha256', secret).update(method).update(address).update(body).update(timestamp);
  const right = Buffer.from(mac.digest('base64'));
  const told = Buffer.from(given);
  if (told.length !== right.length || !timingSafeEqual(told, right)) {
    throw new ConnectorError('auth', 'The signature of the webhook is wrong; check the client secret.');
  }
  return given;
}

/** Of the account that is connected: the webhook of an app tells of every account that installed it. */
function eventsIn({ body }: WebhookRequest, options: HubSpotOptions): HubEvent[] {
  let events: unknown;
  try {
    events = JSON.parse(body.toString());
  } catch {
    events = null;
  }
  if (!Array.isArray(events)) {
    throw new ConnectorError('permanent', 'The webhook holds no list of events.');
  }
  return events.filter(
    (event): event is HubEvent =>
      typeof event?.subscriptionType === 'string' &&
      (options.auth === 'token' || String(event.portalId) === options.hubId),
  );
}

function newsOf(events: HubEvent[]): WebhookNews {
  const changed = new Set<Stream>();
  const gone: Record<Stream, Set<string>> = {
    customers: new Set(),
    orders: new Set(),
    subscriptions: new Set(),
  };
  const erased = new Set<string>();
  const merged: { from: string; into: string }[] = [];

  for (const event of events) {
    const [type = '', what = ''] = event.subscriptionType.split('.');
    const stream = STREAMS[type === 'object' ? (event.objectTypeId ?? '') : type];
    if (!stream || isOurOwn(event)) continue;
    const id = String(event.objectId ?? '');
    if (what === 'privacyDeletion') erased.add(id);
    else if (what === 'deletion') gone[stream].add(id);
    else changed.add(stream);
    if (what !== 'merge') continue;
    for (const { from, into } of mergesIn(event)) {
      if (stream === 'customers') merged.push({ from, into });
      else gone[stream].add(from);
    }
  }
  // A contact that asked to be forgotten is told as deleted as well.
  for (const id of erased) gone.customers.delete(id);
  return {
    changed: [...changed],
    gone: (['customers', 'orders'] as const)
      .map((stream) => ({ stream, ids: [...gone[stream]] }))
      .filter(({ ids }) => ids.length > 0),
    erased: [...erased],
    merged,
  };
}

/** What we write to contacts ourselves is no news. */
const isOurOwn = ({ subscriptionType, propertyName = '' }: HubEvent): boolean =>
  subscriptionType.endsWith('propertyChange') && propertyName.startsWith('clv_');

function mergesIn({ primaryObjectId, newObjectId, mergedObjectIds = [] }: HubEvent) {
  const into = newObjectId ?? primaryObjectId;
  if (into === undefined) return [];
  const losers = new Set([...mergedObjectIds, ...(primaryObjectId === undefined ? [] : [primaryObjectId])]);
  losers.delete(into);
  return [...losers].map((from) => ({ from: String(from), into: String(into) }));
}
