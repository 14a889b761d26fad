import type { IncomingHttpHeaders } from 'node:http';
import { isbot } from 'isbot';
import type { ClvConfig } from '../config';

/** What a request tells about whether it may be counted. */
export interface RequestFacts {
  userAgent: string | undefined;
  purpose: string | undefined;
  gpc: boolean;
  dnt: boolean;
}

export type Drop = 'bot' | 'prefetch' | 'gpc' | 'dnt';

/** What the sender is told. */
export const DROP_REASONS: Record<Drop, string> = {
  bot: 'no browser: the user agent is missing or a bot',
  prefetch: 'fetched ahead, not seen',
  gpc: 'global privacy control',
  dnt: 'do not track',
};

const LONGEST_USER_AGENT = 512;

export function factsOf(headers: IncomingHttpHeaders): RequestFacts {
  const purpose = headers['sec-purpose'] ?? headers.purpose ?? headers['x-purpose'] ?? headers['x-moz'];
  return {
    // A longer one is no browser's; it is not kept, and then counts as missing.
    userAgent:
      headers['user-agent'] && headers['user-agent'].length <= LONGEST_USER_AGENT
        ? headers['user-agent']
        : undefined,
    purpose: purpose === undefined ? undefined : String(purpose).slice(0, 64),
    gpc: headers['sec-gpc'] === '1',
    dnt: headers.dnt === '1',
  };
}

/** The signal of a browser that asks not to be tracked, where it is respected; null when there is none. */
export function objectionOf(
  { gpc, dnt }: Pick<RequestFacts, 'gpc' | 'dnt'>,
  { respectGpc, respectDnt }: ClvConfig['consent'],
): 'gpc' | 'dnt' | null {
  if (gpc && respectGpc) return 'gpc';
  return dnt && respectDnt ? 'dnt' : null;
}

/** Why nothing of this request is stored, or null when it may be. */
export function dropReason(facts: RequestFacts, consent: ClvConfig['consent']): Drop | null {
  const objection = objectionOf(facts, consent);
  if (objection) return objection;
  if (facts.purpose && /prefetch|prerender|preview/i.test(facts.purpose)) return 'prefetch';
  if (!facts.userAgent || isbot(facts.userAgent)) return 'bot';
  return null;
}
