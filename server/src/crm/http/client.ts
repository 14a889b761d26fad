import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import { ConnectorError } from '../connector-error';
import { byStatus, quotable, wholeJson } from './answers';
import { within } from './deadline';
import { agentsFor, type Guard } from './guard';
import { type Limit, limiter, type Turn } from './limiter';
import { networkError } from './network-error';
import { redactor, textRedactor } from './redact';
import { backoff } from './retry';

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** A path under the base URL, or a whole address of the same host (the next page, by the CRM's word). */
  url: string;
  query?: Record<string, string | number | boolean | undefined>;
  headers?: Record<string, string>;
  /** Sent as JSON; as a form when `form` is set. */
  body?: unknown;
  form?: boolean;
  /** Whether it may be sent again when nobody knows what became of it. GET always may. */
  idempotent?: boolean;
  /** Statuses beyond 2xx that the caller deals with. */
  accept?: number[];
  /** False for the request that asks for credentials. */
  authorised?: boolean;
}

export interface HttpAnswer<Body> {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: Body;
}

/** Sends one request, again where that is safe. @throws ConnectorError, nothing else */
export type Http = <Body = unknown>(request: HttpRequest) => Promise<HttpAnswer<Body>>;

export interface HttpSettings {
  baseUrl: string;
  headers?: Record<string, string>;
  timeoutMs?: number;
  limit?: Limit;
  /** What authorises a request; `renew` is called once when the CRM answers 401, for a request to be sent again. */
  auth?: { headers(): Promise<Record<string, string>>; renew?(): Promise<void> };
  /** How this CRM says that something is wrong, where the status alone does not tell; null when it does. */
  explain?(answer: HttpAnswer<unknown>): ConnectorError | null;
  /** The error in an answer of 2xx, of a CRM that answers so whatever happened (JSON-RPC); null when there is none. */
  refusal?(answer: HttpAnswer<unknown>): ConnectorError | null;
  /** Sees every answer, for instance to read what is left of a limit. */
  watch?(answer: HttpAnswer<unknown>): void;
}

/** What all clients of one connection share. */
export interface HttpWorld {
  guard: Guard;
  /** Texts that never appear in an error. */
  secrets: string[];
  sleep(ms: number, signal?: AbortSignal): Promise<unknown>;
  /** Ends what is under way. */
  signal?: AbortSignal;
  /** Limits by address, where several clients ask the same CRM. */
  limits?: Map<string, Turn>;
  /** The unit of waiting between two attempts. */
  backoffMs?: number;
  /** How long one request may take, whatever the connector says. */
  timeoutMs?: number;
}

const TIMEOUT_MS = 30_000;
const ATTEMPTS = 5;
/** Longer waits are left to whoever runs the job, which may do something else meanwhile. */
const MOST_PATIENCE_MS = 60_000;
const MOST_BYTES = 64 * 2 ** 20;

/**
 * The client of a connector: one address, its limit of requests, a few more attempts where that is safe, redirects
 * refused, answers that are not whole JSON told apart from good ones, and errors without secrets.
 */
export function httpClient(settings: HttpSettings, world: HttpWorld): Http {
  const base = world.guard.check(settings.baseUrl);
  const client: AxiosInstance = axios.create({
    ...agentsFor(world.guard, base),
    maxRedirects: 0,
    maxContentLength: MOST_BYTES,
    proxy: false,
    responseType: 'text',
    transformResponse: (text) => text,
    validateStatus: () => true,
  });
  const timeoutMs = world.timeoutMs ?? settings.timeoutMs ?? TIMEOUT_MS;
  const turn = turnOf(settings, world, base.host);
  /** What authorised requests: a CRM may quote that as well as the credentials it was made of. */
  const sent: string[] = [];
  const redact = redactor(world.secrets, sent);
  const redactText = textRedactor(world.secrets, sent);
  const { auth, explain, refusal, watch } = settings;

  function judged(address: URL | null): string {
    if (address?.host === base.host && address.protocol === base.protocol) return address.href;
    const where = address ? `${address.protocol}//${address.host}` : 'an address that makes no sense';
    throw new ConnectorError(
      'config',
      `The CRM at ${base.host} sends us on to ${where}, which is refused; if it moved, change its address in the settings.`,
    );
  }

  function addressOf(url: string): string {
    const root = base.href.endsWith('/') ? base.href : `${base.href}/`;
    const relative = /^https?:/i.test(url) ? url : `./${url.replace(/^\/+/, '')}`;
    return judged(URL.canParse(relative, root) ? new URL(relative, root) : null);
  }

  async function authorisation(): Promise<Record<string, string>> {
    const headers = (await auth?.headers()) ?? {};
    for (const value of Object.values(headers)) {
      const secret = value.slice(value.indexOf(' ') + 1);
      if (!sent.includes(secret)) sent.push(secret);
    }
    return headers;
  }

  async function send(request: HttpRequest, authorising: Record<string, string>) {
    const { method, url, query, headers, body, form } = request;
    const address = addressOf(url);
    let response: AxiosResponse<string>;
    try {
      response = await within(timeoutMs, world.signal, (signal) =>
        client.request({
          method,
          url: address,
          params: query,
          data: form ? new URLSearchParams(body as Record<string, string>).toString() : body,
          signal,
          headers: {
            accept: 'application/json',
            ...(body === undefined ? {} : { 'content-type': form ? FORM : 'application/json' }),
            ...settings.headers,
            ...authorising,
            ...headers,
          },
        }),
      );
    } catch (error) {
      world.signal?.throwIfAborted();
      throw networkError(error, base.host);
    }
    const named = Object.fromEntries(
      Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
    );
    return read(request, response.status, named, response.data);
  }

  function read(
    { url, accept = [] }: HttpRequest,
    status: number,
    headers: Record<string, string>,
    text: string,
  ): HttpAnswer<unknown> {
    const good = (status >= 200 && status < 300) || accept.includes(status);
    const whole = status >= 200 && status < 300;
    const answer = { status, headers, body: whole ? wholeJson(text, base.host) : quotable(text, redactText) };
    watch?.(answer);
    const refused = good ? refusal?.(answer) : null;
    if (refused) throw refused;
    if (good) return answer;
    const { location } = headers;
    if (status >= 300 && status < 400 && location !== undefined) {
      const from = addressOf(url);
      judged(URL.canParse(location, from) ? new URL(location, from) : null);
    }
    throw explain?.(answer) ?? byStatus(answer, base.host);
  }

  return async <Body>(request: HttpRequest) => {
    let renewed = false;
    for (let attempt = 1; ; attempt += 1) {
      try {
        // Before the turn: what asks for a token needs a turn of its own.
        const authorising = request.authorised === false ? {} : await authorisation();
        const answer = await turn(() => send(request, authorising));
        return answer as HttpAnswer<Body>;
      } catch (thrown) {
        world.signal?.throwIfAborted();
        const error = thrown instanceof ConnectorError ? thrown : networkError(thrown, base.host);
        if (error.kind === 'auth' && auth?.renew && !renewed && request.authorised !== false) {
          renewed = true;
          await auth.renew();
          continue;
        }
        // A request that was refused for its rate was not carried out, so it may always come again.
        const repeatable =
          error.kind === 'rate-limit' ||
          (error.kind === 'transient' && (request.method === 'GET' || request.idempotent === true));
        const wait = backoff(attempt, error.retryAfterMs, world.backoffMs);
        if (!repeatable || attempt === ATTEMPTS || wait > MOST_PATIENCE_MS) throw redact(error);
        await world.sleep(wait, world.signal);
      }
    }
  };
}

/** A limit that is shared is waited for to the end: whoever gives up must not cut the wait of the others. */
function turnOf({ limit }: HttpSettings, world: HttpWorld, host: string): Turn {
  if (!world.limits) return limiter(limit, (ms) => world.sleep(ms, world.signal));
  const key = `${host} ${JSON.stringify(limit)}`;
  const turn = world.limits.get(key) ?? limiter(limit, (ms) => world.sleep(ms));
  world.limits.set(key, turn);
  return turn;
}

const FORM = 'application/x-www-form-urlencoded';
