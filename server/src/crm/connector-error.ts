/**
 * What went wrong between us and a CRM, by what is to be done about it:
 * `auth` the credentials are not (or no longer) accepted; `config` a setting is wrong, and somebody must change it;
 * `rate-limit` the CRM asks for patience; `transient` the same request may work in a while; `permanent` it never will.
 */
export type ErrorKind = 'auth' | 'config' | 'rate-limit' | 'transient' | 'permanent';

/** No CRM's limit lasts longer than a day; who asks for more is mistaken, and would be left alone for ever. */
const MOST_PATIENCE_MS = 86_400_000;

/** An error of a connector. Its message says what was wrong, where, and what to do next, and never holds a secret. */
export class ConnectorError extends Error {
  override name = 'ConnectorError';
  /** When the CRM said how long to wait. */
  readonly retryAfterMs?: number;

  constructor(
    readonly kind: ErrorKind,
    message: string,
    { retryAfterMs }: { retryAfterMs?: number } = {},
  ) {
    super(message);
    if (retryAfterMs !== undefined && retryAfterMs >= 0) {
      this.retryAfterMs = Math.min(retryAfterMs, MOST_PATIENCE_MS);
    }
  }
}
