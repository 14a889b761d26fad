import jwt from 'jsonwebtoken';
import { z } from 'zod';
import type { ConnectorTools } from '../../connector';
import { ConnectorError } from '../../connector-error';
import { singleFlight } from '../shared/single-flight';
import { explainToken } from './errors';
import type { SalesforceOptions } from './options';

/** An access token and where it is good. Salesforce does not say how long; the org's own settings decide. */
const sessionSchema = z.object({
  token: z.string(),
  instanceUrl: z.string(),
  since: z.number(),
  /** Who signed in, and where: a token of other settings is none of ours. */
  clientId: z.string(),
  loginUrl: z.string(),
});
export type Session = z.output<typeof sessionSchema>;

/** What the token endpoint gives. */
export interface TokenAnswer {
  access_token?: string;
  instance_url?: string;
}

export interface Sessions {
  current(): Promise<Session>;
  /** Signs in, whatever is kept: the only proof that the credentials are good. */
  anew(): Promise<Session>;
  /** The session that follows one that was refused; whoever comes later shares it. */
  behind(refused: Session): Promise<Session>;
}

const OLDEST_MS = 3_600_000;
/** Salesforce refuses more than five minutes; two are left for clocks that differ. */
const ASSERTION_SECONDS = 180;

/** The tokens of a connection: kept by `tools.tokens`, renewed when they are old or refused. */
export function sessionsOf(options: SalesforceOptions, tools: ConnectorTools): Sessions {
  const http = tools.http({ baseUrl: options.loginUrl, explain: explainToken });
  let session: Session | null = null;

  async function stored(): Promise<Session | null> {
    const text = await tools.tokens.read();
    try {
      return sessionSchema.parse(JSON.parse(text ?? 'null'));
    } catch {
      // Nothing yet, or of an older version: signing in again is all that it takes.
      return null;
    }
  }

  async function request(): Promise<Session> {
    const { body } = await http<TokenAnswer>({
      method: 'POST',
      url: '/services/oauth2/token',
      body: grant(options, tools.now()),
      form: true,
      idempotent: true,
    });
    if (!body?.access_token || !body.instance_url) {
      throw new ConnectorError(
        'config',
        `${options.loginUrl} gives no token of Salesforce; check the address.`,
      );
    }
    checkInstance(options.loginUrl, body.instance_url);
    const fresh = {
      token: body.access_token,
      instanceUrl: body.instance_url,
      since: tools.now(),
      clientId: options.clientId,
      loginUrl: options.loginUrl,
    };
    await tools.tokens.write(JSON.stringify(fresh));
    return fresh;
  }

  const isGood = (known: Session | null): known is Session =>
    known?.clientId === options.clientId &&
    known.loginUrl === options.loginUrl &&
    Math.abs(tools.now() - known.since) < OLDEST_MS;

  /** A token that another process got meanwhile is as good as one of our own. */
  async function next(): Promise<Session> {
    const known = await stored();
    return isGood(known) && known.token !== session?.token ? known : requested();
  }

  const keep = async (found: Promise<Session>) => {
    session = await found;
    return session;
  };
  const requested = singleFlight(request);
  const renewed = singleFlight(next);

  return {
    current: async () => (isGood(session) ? session : keep(renewed())),
    anew: () => keep(requested()),
    behind: async ({ token }) => (session && session.token !== token ? session : keep(renewed())),
  };
}

function grant(options: SalesforceOptions, now: number): Record<string, string> {
  if (options.auth === 'client-credentials') {
    return {
      grant_type: 'client_credentials',
      client_id: options.clientId,
      client_secret: options.clientSecret,
    };
  }
  const claims = {
    iss: options.clientId,
    sub: options.username,
    aud: audienceOf(options.loginUrl),
    exp: Math.floor(now / 1000) + ASSERTION_SECONDS,
  };
  return {
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion: jwt.sign(claims, options.privateKey, { algorithm: 'RS256', noTimestamp: true }),
  };
}

/** Whom an assertion is for: the login service of production or of sandboxes; elsewhere the org itself. */
function audienceOf(loginUrl: string): string {
  const { hostname } = new URL(loginUrl);
  if (!hostname.endsWith('.salesforce.com')) return loginUrl;
  const sandbox = hostname === 'test.salesforce.com' || hostname.includes('.sandbox.');
  return sandbox ? 'https://test.salesforce.com' : 'https://login.salesforce.com';
}

const VENDOR = /\.(salesforce\.com|salesforce\.mil|cloudforce\.com|sfcrmproducts\.cn)$/;

/** The token goes to the instance, so that one must be the host that was asked or another one of the same vendor domain. */
function checkInstance(loginUrl: string, instanceUrl: string): void {
  const login = new URL(loginUrl);
  const instance = URL.canParse(instanceUrl) ? new URL(instanceUrl) : null;
  if (instance?.origin === login.origin) return;
  const domain = VENDOR.exec(login.hostname)?.[1];
  if (domain && instance?.protocol === 'https:' && VENDOR.exec(instance.hostname)?.[1] === domain) return;
  throw new ConnectorError(
    'config',
    `${login.host} sends us on to ${instance?.host ?? 'no address'}, which is refused; give the org’s own address (Setup, My Domain).`,
  );
}
