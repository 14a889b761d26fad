import type { Context } from './http';

const PREFLIGHT_SECONDS = '86400';

export interface Cors {
  /** The headers for the answer, or null when this origin may not send events. */
  headersFor(ctx: Context): Record<string, string> | null;
}

const hostOf = (origin: string) => origin.slice(origin.indexOf('//') + 2);

/**
 * Decides by the `Origin` of a request: listed ones and the app's own may, and so may a server, which sends none.
 *
 * @param listed gives those that are listed now
 */
export function originPolicy(listed: () => readonly string[], ownUrl: string | undefined): Cors {
  const own = ownUrl && URL.canParse(ownUrl) ? new URL(ownUrl).origin : null;

  return {
    headersFor(ctx): Record<string, string> | null {
      const origin = ctx.req.headers.origin;
      if (origin === undefined) return { Vary: 'Origin' };
      if (origin !== own && hostOf(origin) !== ctx.host && !listed().includes(origin)) return null;
      return {
        Vary: 'Origin',
        'Access-Control-Allow-Origin': origin,
        'Access-Control-Allow-Credentials': 'true',
        'Access-Control-Expose-Headers': 'Retry-After',
      };
    },
  };
}

/** What a preflight asks for, besides the headers of the answer itself. */
export const PREFLIGHT = {
  'Access-Control-Allow-Methods': 'POST',
  'Access-Control-Allow-Headers': 'content-type, x-clv-visitor',
  'Access-Control-Max-Age': PREFLIGHT_SECONDS,
};
