import { createHmac, timingSafeEqual } from 'node:crypto';
import type { WebhookRequest } from '../../connector';
import { ConnectorError } from '../../connector-error';

/** Of the sender's clock and of ours, either way. */
const TOLERANCE_S = 300;

const refused = (message: string) => new ConnectorError('auth', message);

/**
 * Checks a message by the specification of Standard Webhooks: HMAC-SHA256 over id, time and body. While the sender
 * changes its secret it signs with both, so that several signatures stand in the header.
 *
 * @param secret `whsec_` and the key in base64
 * @param now epoch milliseconds
 * @returns the message's id
 * @throws ConnectorError auth
 */
export function checkedId(secret: string, { headers, body }: WebhookRequest, now: number): string {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = headers;
  if (!id || !timestamp || !signatures) {
    throw refused('The message needs the headers webhook-id, webhook-timestamp and webhook-signature.');
  }
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
  // All of them are compared, each in constant time.
  const matches = signatures.split(' ').filter((signature) => isEqual(signature, expected));
  if (matches.length === 0) throw refused('The signature of the message is wrong.');
  const off = Math.abs(now / 1000 - Number(timestamp));
  if (!/^\d{1,12}$/.test(timestamp) || off > TOLERANCE_S) {
    throw refused('The message is more than five minutes old, or its clock is wrong.');
  }
  return id;
}

function isEqual(signature: string, expected: Buffer): boolean {
  if (!signature.startsWith('v1,')) return false;
  const given = Buffer.from(signature.slice(3), 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
