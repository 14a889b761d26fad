import { ConnectorError } from '../../connector-error';
import type { HttpAnswer } from '../../http/client';
import { patienceIn } from '../../http/retry';
import { dayIsSpent, windowEndsIn } from './limits';

/** The day ends at midnight where the company's server is, which nothing tells: an hour later it may have ended. */
const DAY_SPENT_MS = 3_600_000;
/** Who goes on asking after 429 is shut out for a while, by a page for people. */
const SHUT_OUT_MS = 600_000;

/** What Pipedrive means by an answer that is no success; null where the status alone tells it. */
export function explain({ status, headers, body }: HttpAnswer<unknown>, now: number): ConnectorError | null {
  const where = `Pipedrive answered ${status}${said(body)}.`;
  if (status === 429) {
    const asked = patienceIn(headers, now);
    if (!dayIsSpent(headers)) {
      return new ConnectorError('rate-limit', where, { retryAfterMs: asked ?? windowEndsIn(headers) });
    }
    return new ConnectorError(
      'rate-limit',
      `${where} The company has spent its tokens of the day; more can be bought, or wait for the next day.`,
      { retryAfterMs: Math.max(asked ?? 0, DAY_SPENT_MS) },
    );
  }
  if (status === 403 && typeof body === 'string') {
    const message = 'Pipedrive shuts us out for a while, after too many requests.';
    return new ConnectorError('rate-limit', message, { retryAfterMs: SHUT_OUT_MS });
  }
  if (status === 401) return new ConnectorError('auth', `${where} Check the credentials.`);
  if (status === 402) return new ConnectorError('config', `${where} The company's account is not open.`);
  if (status === 403) {
    return new ConnectorError('auth', `${where} The user or the app lacks a right; grant it in Pipedrive.`);
  }
  if (status >= 400 && status < 500 && status !== 408) return new ConnectorError('permanent', where);
  return null;
}

/** Pipedrive's own words, cut short. */
export function said(body: unknown): string {
  if (typeof body !== 'object' || body === null) return '';
  const { error } = body as { error?: unknown };
  return typeof error === 'string' && error !== '' ? `: ${error.replace(/[.\s]+$/, '').slice(0, 300)}` : '';
}
