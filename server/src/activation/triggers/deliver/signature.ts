import { createHmac, randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';
const BYTES = 32;

/** A new secret as Standard Webhooks writes one: `whsec_` and 32 random bytes in base64. */
export const newSecret = (): string => PREFIX + randomBytes(BYTES).toString('base64');

/**
 * The headers of a message by the specification of Standard Webhooks: HMAC-SHA256 over id, time and body, byte by byte.
 *
 * @param secret `whsec_` and the key in base64
 * @param now epoch milliseconds
 */
export function signed(secret: string, id: string, now: number, body: string): Record<string, string> {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  const timestamp = String(Math.floor(now / 1000));
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  };
}
