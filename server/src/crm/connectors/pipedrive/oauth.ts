import { z } from 'zod';
import type { ConnectorKind, ConnectorTools } from '../../connector';
import { ConnectorError } from '../../connector-error';
import type { HttpAnswer } from '../../http/client';
import type { OAuthOptions, PipedriveOptions } from './options';

/*
 * OAuth 2 with an authorization code (RFC 6749, 4.1): a refresh token that lasts as long as it is used, access tokens
 * for an hour, and the address of the company's API beside them.
 */

const tokensSchema = z.object({
  accessToken: z.string().min(1),
  refreshToken: z.string().min(1),
  apiDomain: z.url(),
});
export type Tokens = z.output<typeof tokensSchema>;

const answerSchema = z
  .object({
    access_token: z.string().min(1),
    refresh_token: z.string().min(1),
    api_domain: z.url(),
  })
  .transform((answer) => ({
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token,
    apiDomain: new URL(answer.api_domain).origin,
  }));

/** @throws ConnectorError auth when what is stored is no longer readable */
export function readTokens(text: string): Tokens {
  try {
    return tokensSchema.parse(JSON.parse(text));
  } catch {
    throw new ConnectorError('auth', 'What Pipedrive allowed can no longer be read; connect it again.');
  }
}

type Http = ConnectorTools['http'];

export const refresh = (options: OAuthOptions, http: Http, { refreshToken }: Tokens): Promise<Tokens> =>
  ask(options, http, { grant_type: 'refresh_token', refresh_token: refreshToken }, true);

export const oauth: NonNullable<ConnectorKind<PipedriveOptions>['oauth']> = {
  authorizeUrl(options, redirectUrl, state) {
    const { clientId, oauthUrl } = byOAuth(options);
    const query = new URLSearchParams({ client_id: clientId, redirect_uri: redirectUrl, state });
    return `${oauthUrl}/oauth/authorize?${query}`;
  },
  async exchange(options, http, code, redirectUrl) {
    const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUrl };
    return JSON.stringify(await ask(byOAuth(options), http, form, false));
  },
};

function byOAuth(options: PipedriveOptions): OAuthOptions {
  if (options.auth === 'oauth') return options;
  throw new ConnectorError('config', 'This connection signs in by an API token; nobody has to be asked.');
}

async function ask(
  { clientId, clientSecret, oauthUrl }: OAuthOptions,
  http: Http,
  form: Record<string, string>,
  idempotent: boolean,
): Promise<Tokens> {
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  const client = http({ baseUrl: oauthUrl, headers: { authorization: `Basic ${basic}` }, explain });
  const { body } = await client({ method: 'POST', url: 'oauth/token', body: form, form: true, idempotent });
  const answer = answerSchema.safeParse(body);
  if (answer.success) return answer.data;
  throw new ConnectorError('transient', 'Pipedrive answered with something that is no token.');
}

/** A token that was taken back, or has not been used for 60 days, is answered with 400 `invalid_grant`. */
function explain({ status }: HttpAnswer<unknown>): ConnectorError | null {
  if (status !== 400 && status !== 401) return null;
  return new ConnectorError(
    'auth',
    `Pipedrive no longer accepts this connection (${status}). Check the client ID and secret, and connect it again.`,
  );
}
