import type { Me, Recommendations, RecommendationsQuery } from './api-types';

export type {
  Me,
  Reason,
  Recommendation,
  Recommendations,
  RecommendationsQuery,
  Stage,
  ValueBand,
} from './api-types';

export interface ClientOptions {
  /** Where the plugin's routes are, such as `https://cms.example.com/api/clv`. */
  endpoint: string;
  /** The visitor's key, or what finds it: `() => window.clv?.visitor()`. In a page the tracker's cookie is read unless told. */
  visitor?: string | (() => string | undefined);
  /** The name of that cookie, `clv_vid` unless the plugin's configuration says another. */
  cookie?: string;
  /** Sent along: what `visitorHeaders` takes from the request that a server answers, or the `Authorization` of an API token. */
  headers?: Record<string, string>;
  /** After so long a page does without; 1,000 ms unless told. */
  timeoutMs?: number;
  /** Rejects when something goes wrong, instead of resolving with an answer that is empty. */
  throws?: boolean;
  /** Hears what went wrong; the console is warned unless told. */
  onError?: (error: Error) => void;
  fetch?: typeof fetch;
}

export interface Client {
  /** What the page may know of its visitor. */
  me(): Promise<Me>;
  /** Items for the visitor, best first. */
  recommendations<Entry = unknown>(query?: RecommendationsQuery): Promise<Recommendations<Entry>>;
}

const NOBODY: Me = {
  known: false,
  tier: null,
  stage: null,
  value: null,
  interests: { topics: [], kinds: [] },
  segments: [],
  arm: null,
  token: null,
};
const NOTHING: Recommendations<never> = {
  data: [],
  meta: { personalised: 'none', strategy: 'newest', arm: null, computedAt: null },
};

const COOKIE = 'clv_vid';
const inCookies = (cookies: string, name: string) => cookies.match(`(?:^|; ?)${name}=([\\w-]+)`)?.[1];

/** Adds a value to a query as Strapi reads it: `filters[author][$eq]=Jane`. */
function add(query: URLSearchParams, name: string, value: unknown): void {
  if (value === undefined || value === null) return;
  if (typeof value !== 'object') query.append(name, String(value));
  else for (const [key, inner] of Object.entries(value)) add(query, `${name}[${key}]`, inner);
}

function searchOf(asked: RecommendationsQuery): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(asked)) {
    const isList = name === 'type' || name === 'exclude';
    for (const one of isList ? [value].flat() : [value]) add(query, name, one);
  }
  return query;
}

/** Cloudflare's older runtimes throw where a request says how it is cached. */
const isWorker = typeof navigator !== 'undefined' && navigator.userAgent === 'Cloudflare-Workers';

/**
 * Asks for recommendations from a page, a server or an edge. A page never waits longer than the timeout and never fails
 * because of it: whatever goes wrong, the answer is empty, unless `throws` is set.
 *
 * @example
 * const clv = createClient({ endpoint: 'https://cms.example.com/api/clv' });
 * const { data } = await clv.recommendations({ type: 'article', limit: 3 });
 */
export function createClient(options: ClientOptions): Client {
  const { cookie = COOKIE, timeoutMs = 1_000, throws = false, headers = {} } = options;
  const { onError = (error) => console.warn(`clv: ${error.message}`) } = options;
  const endpoint = options.endpoint.replace(/\/$/, '');
  const isPage = typeof document !== 'undefined';

  function visitor(): string | undefined {
    const { visitor } = options;
    if (typeof visitor === 'function') return visitor();
    return visitor ?? (isPage ? inCookies(document.cookie, cookie) : undefined);
  }

  async function ask<Answer>(path: string, isShared: boolean): Promise<Answer> {
    const key = isShared ? undefined : visitor();
    const answer = await (options.fetch ?? fetch)(`${endpoint}/${path}`, {
      headers: { ...headers, ...(key && { 'x-clv-visitor': key }) },
      signal: AbortSignal.timeout(timeoutMs),
      ...(isPage && !isShared && { credentials: 'include' }),
      ...(!isWorker && !isShared && { cache: 'no-store' }),
    });
    if (answer.ok) return (await answer.json()) as Answer;
    const body: { error?: string } = await answer.json().catch(() => ({}));
    throw new Error(
      `${path.split('?')[0]} answered ${answer.status}: ${body.error ?? 'it does not say why'}`,
    );
  }

  async function orElse<Answer>(work: () => Promise<Answer>, fallback: Answer): Promise<Answer> {
    try {
      return await work();
    } catch (error) {
      if (throws) throw error;
      onError(error instanceof Error ? error : new Error(String(error)));
      return structuredClone(fallback);
    }
  }

  return {
    me: () => orElse(() => ask<Me>('me', false), NOBODY),
    recommendations: <Entry>(query: RecommendationsQuery = {}) =>
      orElse<Recommendations<Entry>>(
        () => ask(`recommendations?${searchOf(query)}`, query.tier !== undefined),
        NOTHING,
      ),
  };
}

type RequestHeaders = { get(name: string): string | null } | Record<string, string | string[] | undefined>;

/**
 * What a server that answers a visitor passes on of their request: who they are, and whether they object (GPC, DNT). No other
 * cookie leaves the server.
 *
 * @param headers of a `Request`, of Next.js's `headers()`, or of Node's request
 */
export function visitorHeaders(headers: RequestHeaders, cookie = COOKIE): Record<string, string> {
  const find = (name: string): string | undefined => {
    const found =
      typeof headers.get === 'function' ? headers.get(name) : (headers as Record<string, unknown>)[name];
    return typeof found === 'string' ? found : undefined;
  };
  const key = find('x-clv-visitor') ?? inCookies(find('cookie') ?? '', cookie);
  return {
    ...(key && { 'x-clv-visitor': key }),
    ...(find('sec-gpc') === '1' && { 'sec-gpc': '1' }),
    ...(find('dnt') === '1' && { dnt: '1' }),
  };
}
