import type { Readable } from 'node:stream';
import axios from 'axios';
import { within } from '../../../crm/http/deadline';
import { agentsFor, type Guard } from '../../../crm/http/guard';
import { networkError } from '../../../crm/http/network-error';
import { patienceIn } from '../../../crm/http/retry';

export const TIMEOUT_MS = 10_000;
/** Of an answer nothing is used but its status; so much is read, so that the connection can be used again. */
const MOST_BYTES = 64 * 1024;

/** What came back. */
export interface Answer {
  /** Null when there was no answer. */
  status: number | null;
  /** Why it failed; null when it did not. */
  reason: string | null;
  retryAfterMs?: number;
}

export type Post = (
  url: string,
  headers: Record<string, string>,
  body: string,
  signal?: AbortSignal,
) => Promise<Answer>;

/** Sends bodies to addresses that the guard allows: once, without following redirects, ten seconds long. Never throws. */
export function poster(guard: Guard, timeoutMs = TIMEOUT_MS): Post {
  const agents = new Map<string, ReturnType<typeof agentsFor>>();

  function agentsOf(url: URL) {
    const known = agents.get(url.origin) ?? agentsFor(guard, url);
    agents.set(url.origin, known);
    return known;
  }

  return async (address, headers, body, ends) => {
    let host = '';
    try {
      const url = guard.check(address);
      host = url.host;
      return await within(timeoutMs, ends, async (signal) => {
        const {
          status,
          headers: told,
          data,
        } = await axios.post<Readable>(url.href, body, {
          ...agentsOf(url),
          headers: { 'content-type': 'application/json', 'user-agent': 'strapi-plugin-clv', ...headers },
          maxRedirects: 0,
          proxy: false,
          responseType: 'stream',
          transformRequest: (text) => text,
          validateStatus: () => true,
          signal,
        });
        await drained(data);
        return { status, ...judged(status, host, String(told['retry-after'] ?? '')) };
      });
    } catch (error) {
      return { status: null, reason: networkError(error, host, 'The receiver at').message };
    }
  };
}

function judged(status: number, host: string, retryAfter: string): Omit<Answer, 'status'> {
  if (status >= 200 && status < 300) return { reason: null };
  const said = `${host} answered ${status}`;
  const retryAfterMs = retryAfter === '' ? undefined : patienceIn({ 'retry-after': retryAfter }, Date.now());
  const redirected = status >= 300 && status < 400;
  return { reason: redirected ? `${said}: a redirect, which is not followed.` : `${said}.`, retryAfterMs };
}

/** Reads an answer to its end, so far as that is near; what goes wrong then changes nothing. */
async function drained(body: Readable): Promise<void> {
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += (chunk as Buffer).length;
      if (bytes > MOST_BYTES) break;
    }
  } catch {
    // Its status stands.
  }
  body.destroy();
}
