import { z } from 'zod';
import type { ConnectorKind, ConnectorTools } from '../../connector';
import { ConnectorError } from '../../connector-error';
import type { HttpAnswer } from '../../http/client';
import { singleFlight } from '../shared/single-flight';
import type { HubSpotOptions, OAuthOptions } from './options';
import { paths } from './paths';
import type { TokenAnswer } from './payloads';

/*
 * A private app's token never changes. With OAuth 2 (authorization code; RFC 6749, 4.1) an access token lasts half an
 * hour, and HubSpot asks that it be renewed by its time rather than by a 401.
 */

const CONSENT = 'https://app.hubspot.com/oauth';
const SCOPES = [
  'oauth',
  'crm.objects.contacts.read',
  'crm.objects.contacts.write',
  'crm.objects.deals.read',
  'crm.schemas.contacts.read',
  'crm.schemas.contacts.write',
  'crm.schemas.deals.read',
];
const EARLY_MS = 60_000;

const tokensSchema = z.object({
  accessToken: z.string().min(1),
  refreshToken: z.string().min(1),
  expiresAt: z.number(),
});
type Tokens = z.output<typeof tokensSchema>;

interface Session {
  headers(): Promise<Record<string, string>>;
  renew?(): Promise<void>;
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** What authorises requests. Whoever comes while a token is renewed waits for that one. */
export function sessionOf(options: HubSpotOptions, { http, tokens, now }: ConnectorTools): Session {
  if (options.auth === 'token') return { headers: async () => bearer(options.accessToken) };
  let held: Tokens | null = null;

  const renewed = singleFlight(async () => {
    const { refreshToken } = read(await tokens.read());
    held = await ask(options, http, { grant_type: 'refresh_token', refresh_token: refreshToken }, now());
    await tokens.write(JSON.stringify(held));
    return held;
  });

  return {
    async headers() {
      held ??= read(await tokens.read());
      if (held.expiresAt - EARLY_MS <= now()) held = await renewed();
      return bearer(held.accessToken);
    },
    async renew() {
      await renewed();
    },
  };
}

export const oauth: NonNullable<ConnectorKind<HubSpotOptions>['oauth']> = {
  authorizeUrl(options, redirectUrl, state) {
    const { clientId, hubId } = byOAuth(options);
    const query = { client_id: clientId, redirect_uri: redirectUrl, scope: SCOPES.join(' '), state };
    return `${CONSENT}/${hubId}/authorize?${new URLSearchParams(query)}`;
  },
  async exchange(options, http, code, redirectUrl) {
    const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUrl };
    // The first renewal comes early rather than by a clock that was not handed over.
    return JSON.stringify(await ask(byOAuth(options), http, form, 0));
  },
};

function byOAuth(options: HubSpotOptions): OAuthOptions {
  if (options.auth === 'oauth') return options;
  throw new ConnectorError('config', 'This connection signs in by a token; nobody has to be asked.');
}

function read(text: string | null): Tokens {
  try {
    return tokensSchema.parse(JSON.parse(text ?? ''));
  } catch {
    throw new ConnectorError('auth', 'HubSpot has not allowed this connection yet; connect it once more.');
  }
}

async function ask(
  { clientId, clientSecret, baseUrl }: OAuthOptions,
  http: ConnectorTools['http'],
  grant: Record<string, string>,
  now: number,
): Promise<Tokens> {
  const { body } = await http({ baseUrl, explain })<TokenAnswer>({
    method: 'POST',
    url: paths.token,
    body: { ...grant, client_id: clientId, client_secret: clientSecret },
    form: true,
    authorised: false,
    idempotent: grant.grant_type === 'refresh_token',
  });
  const found = tokensSchema.safeParse({
    accessToken: body?.access_token,
    refreshToken: body?.refresh_token,
    expiresAt: now + Number(body?.expires_in) * 1000,
  });
  if (found.success) return found.data;
  throw new ConnectorError('transient', 'HubSpot answered with something that is no token.');
}

/** A refresh token that was taken back is answered with 400, as is a wrong secret. */
function explain({ status }: HttpAnswer<unknown>): ConnectorError | null {
  if (status !== 400 && status !== 401) return null;
  return new ConnectorError(
    'auth',
    `HubSpot no longer accepts this connection (${status}). Check the client ID and secret, and connect it again.`,
  );
}
