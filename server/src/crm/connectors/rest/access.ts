import { z } from 'zod';
import type { ConnectorTools } from '../../connector';
import { ConnectorError } from '../../connector-error';
import type { Http, HttpSettings } from '../../http/client';
import { singleFlight } from '../shared/single-flight';
import type { RestOptions } from './options';

/** A token that is about to run out would do so on its way. */
const SPARE_MS = 60_000;
const USUAL_SECONDS = 3_600;

const granted = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().optional(),
});
const kept = z.object({ token: z.string(), until: z.number() });

type Auth = NonNullable<HttpSettings['auth']>;

/** The client of an API, signed in as its options say. */
export function clientFor(options: RestOptions, tools: ConnectorTools): Http {
  const { limit, headers } = options.api;
  const http = tools.http({
    baseUrl: options.baseUrl,
    headers,
    auth: authOf(options, tools),
    ...(limit && {
      limit: { requests: limit.requests, perMs: limit.seconds * 1000, concurrent: limit.concurrent },
    }),
  });
  if (options.auth !== 'query') return http;
  const { queryName, queryValue } = options;
  return (request) => http({ ...request, query: { ...request.query, [queryName]: queryValue } });
}

function authOf(options: RestOptions, tools: ConnectorTools): Auth | undefined {
  const always = (headers: Record<string, string>): Auth => ({ headers: async () => headers });
  switch (options.auth) {
    case 'bearer':
      return always({ authorization: `Bearer ${options.token}` });
    case 'basic':
      return always({ authorization: basic(options.username, options.password) });
    case 'header':
      return always({ [options.headerName.toLowerCase()]: options.headerValue });
    case 'oauth2':
      return clientCredentials(options, tools);
    default:
      return undefined;
  }
}

const basic = (name: string, password: string): string =>
  `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;

/** OAuth 2 without a user (RFC 6749, 4.4). Whoever asks while a token is on its way shares it. */
function clientCredentials(
  { tokenUrl, clientId, clientSecret, clientBy, scope }: Extract<RestOptions, { auth: 'oauth2' }>,
  { http, tokens, now }: ConnectorTools,
): Auth {
  const { origin, pathname, search } = new URL(tokenUrl);
  const ask = http({ baseUrl: origin });

  const renew = singleFlight(async () => {
    const inBody = clientBy === 'body';
    const { body } = await ask({
      method: 'POST',
      url: pathname + search,
      form: true,
      authorised: false,
      idempotent: true,
      // Name and secret are encoded before they are joined (RFC 6749, 2.3.1).
      headers: inBody
        ? {}
        : { authorization: basic(encodeURIComponent(clientId), encodeURIComponent(clientSecret)) },
      body: {
        grant_type: 'client_credentials',
        ...(scope && { scope }),
        ...(inBody && { client_id: clientId, client_secret: clientSecret }),
      },
    });
    const answer = granted.safeParse(body);
    if (!answer.success)
      throw new ConnectorError('config', `${origin} answered without a token; check its address.`);
    const { access_token: token, expires_in: seconds = USUAL_SECONDS } = answer.data;
    await tokens.write(JSON.stringify({ token, until: now() + seconds * 1000 }));
    return token;
  });

  async function current(): Promise<string> {
    const stored = await tokens.read();
    const { token, until } = stored === null ? { token: '', until: 0 } : kept.parse(JSON.parse(stored));
    return until - SPARE_MS > now() ? token : renew();
  }

  return {
    headers: async () => ({ authorization: `Bearer ${await current()}` }),
    async renew() {
      await renew();
    },
  };
}
