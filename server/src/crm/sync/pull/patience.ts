import { setTimeout as sleep } from 'node:timers/promises';
import { ConnectorError } from '../../connector-error';
import { backoff } from '../../http/retry';

/** A run waits that long for the CRM; for more than that it ends, and the next one begins where it was. */
const LONGEST_WAIT_MS = 60_000;
const ATTEMPTS = 5;
const UNIT_MS = 1_000;

/**
 * Waits after failures that may pass. Each page that arrives gives new patience, so that a run of hours outlives many of
 * them, but not a CRM that is down.
 */
export function patience(signal: AbortSignal) {
  let failures = 0;
  return {
    renew(): void {
      failures = 0;
    },

    /** Returns when it is worth another attempt. @throws the error when it is not */
    async after(error: unknown): Promise<void> {
      signal.throwIfAborted();
      const passing =
        error instanceof ConnectorError && (error.kind === 'transient' || error.kind === 'rate-limit');
      if (!passing) throw error;
      failures += 1;
      const wait = backoff(failures, error.retryAfterMs, UNIT_MS);
      if (failures === ATTEMPTS || wait > LONGEST_WAIT_MS) throw error;
      await sleep(wait, undefined, { signal });
    },
  };
}
