import { Refusal } from './refusal';

const WINDOW_MS = 2_000;

export interface LimitRules {
  /** Requests within two seconds. */
  burst: number;
  /** Tokens of a day. */
  tokens: number;
  /** Whether answers tell of the limits; Pipedrive's do not always. */
  told: boolean;
}

/** Requests within a window that slides, and tokens within a day. */
export function limitsOf(rules: LimitRules) {
  let recent: number[] = [];
  let spent = 0;

  const headers = (now: number): Record<string, string> => (rules.told ? told(now) : {});
  const told = (now: number) => ({
    'x-ratelimit-limit': String(rules.burst),
    'x-ratelimit-remaining': String(Math.max(0, rules.burst - recent.length)),
    'x-ratelimit-reset': String(Math.max(1, Math.ceil(((recent[0] ?? now) + WINDOW_MS - now) / 1000))),
    'x-daily-ratelimit-token-limit': String(rules.tokens),
    'x-daily-ratelimit-token-remaining': String(Math.max(0, rules.tokens - spent)),
  });

  return {
    headers,
    /** Takes what a request costs. @throws Refusal 429 */
    take(cost: number, now: number): void {
      recent = recent.filter((at) => at > now - WINDOW_MS);
      if (recent.length >= rules.burst) {
        const seconds = Math.ceil((recent[0]! + WINDOW_MS - now) / 1000);
        throw new Refusal(429, 'Rate limit exceeded', {
          ...headers(now),
          'retry-after': String(Math.max(1, seconds)),
        });
      }
      recent.push(now);
      if (spent + cost > rules.tokens) {
        spent = rules.tokens;
        throw new Refusal(429, 'Daily token budget exceeded', headers(now));
      }
      spent += cost;
    },
    /** Tokens that were spent so far. */
    spent: () => spent,
    /** A new day. */
    renew(): void {
      spent = 0;
    },
  };
}
