import type { ConnectorTools } from '../../connector';
import { ConnectorError } from '../../connector-error';
import { readTokens, refresh, type Tokens } from './oauth';
import type { PipedriveOptions } from './options';

/** Who asks, and where. */
export interface Session {
  address: string;
  headers: Record<string, string>;
}

export interface Sessions {
  current(): Promise<Session>;
  /** A session in place of one that was refused; null when there is no other. */
  renewed(refused: Session): Promise<Session | null>;
}

export function sessionsOf(options: PipedriveOptions, tools: ConnectorTools): Sessions {
  if (options.auth === 'token') {
    const session = { address: options.baseUrl, headers: { 'x-api-token': options.apiToken } };
    return { current: async () => session, renewed: async () => null };
  }

  let session: (Session & { tokens: Tokens }) | null = null;
  let renewal: Promise<Session> | null = null;

  const use = (tokens: Tokens) => {
    session = {
      address: tokens.apiDomain,
      headers: { authorization: `Bearer ${tokens.accessToken}` },
      tokens,
    };
    return session;
  };

  async function stored(): Promise<Tokens> {
    const text = await tools.tokens.read();
    if (text !== null) return readTokens(text);
    throw new ConnectorError('auth', 'Pipedrive has not allowed this connection yet; connect it again.');
  }

  async function renew(refused: Tokens): Promise<Session> {
    // Another process of this app may have been faster; what it stored is good.
    const tokens = await stored();
    if (tokens.accessToken !== refused.accessToken) return use(tokens);
    const fresh = await refresh(options as Extract<PipedriveOptions, { auth: 'oauth' }>, tools.http, tokens);
    await tools.tokens.write(JSON.stringify(fresh));
    return use(fresh);
  }

  return {
    current: async () => session ?? use(await stored()),
    async renewed(refused) {
      // Many requests may be refused at once, for the token that one of them has renewed meanwhile.
      if (session && session.headers.authorization !== refused.headers.authorization) return session;
      if (!session) return use(await stored());
      renewal ??= renew(session.tokens).finally(() => {
        renewal = null;
      });
      return renewal;
    },
  };
}
