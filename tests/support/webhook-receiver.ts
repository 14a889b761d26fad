import { createHmac, timingSafeEqual } from 'node:crypto';
import type { TriggerMessage } from '../../server/src/activation/triggers/api-types';
import { type Answered, type Asked, type Served, serve } from './crm/served';

/** A message as it came, when its signature was right. */
export interface Received {
  id: string;
  type: string;
  timestamp: string;
  data: TriggerMessage;
}

export interface Receiver {
  server: Served;
  /** Address of the webhook. */
  url: string;
  /** Set it to what the endpoint was given. */
  secret: string;
  /** Taken with 2xx, in the order of arrival; the same id may stand here twice. */
  taken: Received[];
  /** What was wrong with requests that no sender of Standard Webhooks makes. */
  wrong: string[];
  /** What it answers; 204 unless told. Without 2xx a message is not taken. */
  answer: (message: Received) => Answered | Promise<Answered>;
  ids(): Set<string>;
}

/** A program that takes webhooks over a socket, and verifies each by the text of Standard Webhooks. */
export async function openReceiver(): Promise<Receiver> {
  const receiver = {
    secret: '',
    taken: [] as Received[],
    wrong: [] as string[],
    answer: () => ({ status: 204 }),
  } as unknown as Receiver;
  receiver.server = await serve(async (asked) => {
    const message = verified(asked, receiver.secret);
    if (typeof message === 'string') {
      receiver.wrong.push(message);
      return { status: 400 };
    }
    const answered = await receiver.answer(message);
    if (answered.status >= 200 && answered.status < 300) receiver.taken.push(message);
    return answered;
  });
  receiver.url = `${receiver.server.url}/hooks/clv`;
  receiver.ids = () => new Set(receiver.taken.map(({ id }) => id));
  return receiver;
}

function verified({ method, path, headers, raw }: Asked, secret: string): Received | string {
  if (method !== 'POST' || path !== '/hooks/clv') return `${method} ${path}`;
  if (headers['content-type'] !== 'application/json') return `content-type ${headers['content-type']}`;
  const id = String(headers['webhook-id'] ?? '');
  const timestamp = String(headers['webhook-timestamp'] ?? '');
  const signature = String(headers['webhook-signature'] ?? '');
  if (!/^[\w-]{16,}$/.test(id)) return `webhook-id "${id}"`;
  if (!/^\d{10}$/.test(timestamp)) return `webhook-timestamp "${timestamp}"`;
  if (!signature.startsWith('v1,')) return `webhook-signature "${signature}"`;
  const expected = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'))
    .update(Buffer.concat([Buffer.from(`${id}.${timestamp}.`), raw]))
    .digest();
  const given = Buffer.from(signature.slice(3), 'base64');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return `signature of ${id}`;
  const body = JSON.parse(raw.toString('utf8'));
  const keys = Object.keys(body).sort().join();
  return keys === 'data,timestamp,type' ? { id, ...body } : `body with ${keys}`;
}
