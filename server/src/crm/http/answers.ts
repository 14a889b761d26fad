import { ConnectorError } from '../connector-error';
import type { HttpAnswer } from './client';
import { patienceIn } from './retry';

/** An answer of 2xx that is not whole JSON was cut off on its way. */
export function wholeJson(text: string, host: string): unknown {
  if (text === '' || text === undefined) return null;
  try {
    return JSON.parse(text);
  } catch {
    throw new ConnectorError(
      'transient',
      `The CRM at ${host} answered with something that is no whole JSON; the answer may have been cut off.`,
    );
  }
}

/** The body of an error, of which messages quote a part: without secrets before one of them is cut in two. */
export function quotable(text: string, redact: (text: string) => string): unknown {
  if (text === '' || text === undefined) return null;
  try {
    return JSON.parse(text, (_, value) => (typeof value === 'string' ? redact(value) : value));
  } catch {
    return redact(text);
  }
}

/** What a status means where the CRM does not say it better. */
export function byStatus({ status, headers, body }: HttpAnswer<unknown>, host: string): ConnectorError {
  const said = words(body);
  const where = `The CRM at ${host} answered ${status}${said ? `: ${said}` : ''}.`;
  const retryAfterMs = patienceIn(headers, Date.now());
  if (status === 401) return new ConnectorError('auth', `${where} Check the credentials.`);
  if (status === 403) {
    return new ConnectorError('auth', `${where} The credentials lack a right; grant it in the CRM.`);
  }
  if (status === 429) return new ConnectorError('rate-limit', where, { retryAfterMs });
  if (status === 408 || status >= 500) return new ConnectorError('transient', where, { retryAfterMs });
  return new ConnectorError('permanent', where);
}

/** Where APIs put the reason of an error, the plainest first: their own, OAuth's, and RFC 9457's. */
const WORDS = ['message', 'error_description', 'detail', 'error', 'title'];

/** The CRM's own words in an error, cut short. */
function words(body: unknown): string {
  if (typeof body !== 'object' || body === null) return '';
  const told = body as Record<string, unknown>;
  const inside = (told.error as { message?: unknown } | null | undefined)?.message;
  const found = [...WORDS.map((name) => told[name]), inside].find((each) => typeof each === 'string' && each);
  return String(found ?? '')
    .replace(/[.\s]+$/, '')
    .slice(0, 300);
}
