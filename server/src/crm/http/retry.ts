const BACKOFF_MS = 500;
const LONGEST_MS = 30_000;

/**
 * How long to wait before the next attempt: what the CRM asked for and a little of chance on top, else exponential with
 * "full jitter" (M. Brooker, "Exponential Backoff And Jitter", 2015), so that many clients do not come back at once.
 *
 * @param attempt from 1
 */
export function backoff(attempt: number, retryAfterMs: number | undefined, unitMs = BACKOFF_MS): number {
  if (retryAfterMs !== undefined) return retryAfterMs + Math.random() * unitMs;
  return Math.random() * Math.min(LONGEST_MS, unitMs * 2 ** attempt);
}

/** What `Retry-After` asks for, in milliseconds: seconds or a date (RFC 9110, 10.2.3); undefined when it does not say. */
export function patienceIn(headers: Record<string, string>, now: number): number | undefined {
  const said = headers['retry-after'];
  if (said === undefined) return undefined;
  if (/^\d+(\.\d+)?$/.test(said)) return Number(said) * 1000;
  const at = Date.parse(said);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
