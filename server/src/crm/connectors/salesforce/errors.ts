import type { PushResult } from '../../connector';
import { ConnectorError, type ErrorKind } from '../../connector-error';
import type { HttpAnswer } from '../../http/client';

/** One entry of the list in an answer that is an error. */
interface ApiError {
  errorCode: string;
  message: string;
}

/** Why one record of a collection was not saved; older answers have its code under the other name. */
export interface SaveError {
  statusCode?: string;
  errorCode?: string;
  message: string;
  fields?: string[];
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const A_MOMENT = 10_000;

const HINT: Partial<Record<ErrorKind, string>> = {
  auth: ' Check the credentials, and that the user it runs as may use the API and see these records.',
  config:
    ' An object, a property that is mapped or an insight’s field is not there, or the user it runs as may not see it: check the mapping, create the fields, and grant access to them.',
};

const KINDS: Record<string, ErrorKind> = {
  INVALID_SESSION_ID: 'auth',
  INVALID_AUTH_HEADER: 'auth',
  INVALID_LOGIN: 'auth',
  API_DISABLED_FOR_ORG: 'auth',
  API_CURRENTLY_DISABLED: 'auth',
  INSUFFICIENT_ACCESS: 'auth',
  FUNCTIONALITY_NOT_ENABLED: 'auth',
  INVALID_FIELD: 'config',
  INVALID_FIELD_FOR_INSERT_UPDATE: 'config',
  INVALID_TYPE: 'config',
  NOT_FOUND: 'config',
  UNABLE_TO_LOCK_ROW: 'transient',
  QUERY_TIMEOUT: 'transient',
  SERVER_UNAVAILABLE: 'transient',
  REQUEST_RUNNING_TOO_LONG: 'transient',
  UNKNOWN_EXCEPTION: 'transient',
};

/** A record that is no more: deleted, merged into another, or a lead that became a contact. */
const GONE = new Set([
  'ENTITY_IS_DELETED',
  'NOT_FOUND',
  'INVALID_CROSS_REFERENCE_KEY',
  'CANNOT_UPDATE_CONVERTED_LEAD',
]);

/** The error of an answer in Salesforce's own form; null for any other. */
export function apiError(body: unknown): ApiError | null {
  const first: unknown = Array.isArray(body) ? body[0] : null;
  return first && typeof first === 'object' && 'errorCode' in first ? (first as ApiError) : null;
}

/** What an answer of the API means, where its status does not say it all. */
export function explainApi(now: () => number) {
  return ({ status, body }: HttpAnswer<unknown>): ConnectorError | null => {
    const error = apiError(body);
    if (!error || status >= 500 || status === 429) return null;
    const said = `Salesforce answered ${status} ${error.errorCode}: ${withoutIds(error.message).slice(0, 300)}`;
    if (error.errorCode === 'REQUEST_LIMIT_EXCEEDED') {
      return new ConnectorError('rate-limit', said, { retryAfterMs: patience(error.message, now()) });
    }
    const kind = KINDS[error.errorCode] ?? (status === 401 ? 'auth' : 'permanent');
    return new ConnectorError(kind, `${said}.${HINT[kind] ?? ''}`);
  };
}

/** An error may quote a query, and with it the ids of persons. */
const withoutIds = (message: string): string =>
  message.replace(/\b(?=[A-Za-z]*\d)[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?\b/g, '…');

/** Too many at once passes soon; the requests of a day are given again at its end, at midnight in UTC at the earliest. */
function patience(message: string, now: number): number {
  return /concurrent/i.test(message) ? A_MOMENT : Math.max(HOUR, DAY - (now % DAY));
}

/** What the token endpoint's refusal means: `{ error, error_description }`. */
export function explainToken({ status, body }: HttpAnswer<unknown>): ConnectorError | null {
  const { error, error_description: why } = (body ?? {}) as { error?: string; error_description?: string };
  if (!error || status >= 500 || status === 429) return null;
  const said = `Salesforce refuses to sign us in: ${error}${why ? ` (${why.slice(0, 200)})` : ''}.`;
  if (error === 'rate_limit_exceeded') return new ConnectorError('rate-limit', said);
  return new ConnectorError(
    'auth',
    `${said} Check the consumer key, its secret or certificate, the user to run as, and this server’s clock.`,
  );
}

/**
 * What became of one record of a collection. Messages may quote values, which are personal data; only those of a
 * validation rule, which an administrator wrote, are handed on.
 */
export function saveFailure(errors: SaveError[]): PushResult & { ok: false } {
  const [{ statusCode, errorCode, fields = [], message } = { message: '' } as SaveError] = errors;
  const code = statusCode ?? errorCode ?? 'UNKNOWN_EXCEPTION';
  const gone = GONE.has(code);
  const kind = gone ? 'permanent' : (KINDS[code] ?? 'permanent');
  const where = fields.length > 0 ? ` on ${fields.join(', ')}` : '';
  const why = code === 'FIELD_CUSTOM_VALIDATION_EXCEPTION' ? `: ${message.slice(0, 200)}` : '';
  const error = new ConnectorError(kind, `Salesforce did not save it: ${code}${where}${why}.`);
  return gone ? { ok: false, error, gone } : { ok: false, error };
}
