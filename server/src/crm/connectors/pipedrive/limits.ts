import type { Budget } from '../../connector';
import type { Limit } from '../../http/limiter';

/*
 * Two limits: requests within two seconds, by user and plan, and tokens within a day, by company; a request costs some
 * tokens each. The headers of the second one are missing at times.
 */

const WINDOW_MS = 2_000;
/** Of the smallest plan. */
const SMALLEST_BURST = 20;
const WRITES_A_DAY = 10_000;
const DAY_MS = 86_400_000;

type Headers = Record<string, string>;

function numberIn(headers: Headers, name: string): number | null {
  const text = headers[name];
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : null;
}

export const burstIn = (headers: Headers): number | null => numberIn(headers, 'x-ratelimit-limit') || null;

/**
 * How fast to ask: a tenth of the window at once and nine tenths evenly, so that no window of two seconds holds more
 * requests than the plan allows.
 */
export function limitFor(burst: number | null): Limit {
  const allowed = burst ?? SMALLEST_BURST;
  const atOnce = Math.max(1, Math.floor(allowed / 10));
  const perSecond = ((allowed - atOnce) * 1000) / WINDOW_MS;
  return { requests: atOnce, perMs: (atOnce * 1000) / perSecond, concurrent: 10 };
}

/** What is left: of the day when the headers tell it, else of the window. */
export function budgetIn(headers: Headers, now: number, before: Budget | null): Budget | null {
  const tokens = numberIn(headers, 'x-daily-ratelimit-token-remaining');
  if (tokens !== null) {
    const limit = numberIn(headers, 'x-daily-ratelimit-token-limit') ?? tokens;
    // It ends at midnight where the company's server is, which nothing tells.
    return { remaining: tokens, limit, per: 'day', resetsAt: null };
  }
  if (before?.per === 'day' && before.resetsAt === null) return before;
  const writes = numberIn(headers, 'x-daily-requests-left');
  if (writes !== null) {
    const midnight = (Math.floor(now / DAY_MS) + 1) * DAY_MS;
    return { remaining: writes, limit: Math.max(WRITES_A_DAY, writes), per: 'day', resetsAt: midnight };
  }
  const remaining = numberIn(headers, 'x-ratelimit-remaining');
  const limit = burstIn(headers);
  if (remaining === null || limit === null || before?.per === 'day') return before;
  const seconds = numberIn(headers, 'x-ratelimit-reset') ?? WINDOW_MS / 1000;
  return { remaining, limit, per: 'seconds', resetsAt: now + seconds * 1000 };
}

export const dayIsSpent = (headers: Headers): boolean =>
  numberIn(headers, 'x-daily-ratelimit-token-remaining') === 0 ||
  numberIn(headers, 'x-daily-requests-left') === 0;

/** Until the window of two seconds ends. */
export const windowEndsIn = (headers: Headers): number =>
  (numberIn(headers, 'x-ratelimit-reset') ?? WINDOW_MS / 1000) * 1000;
