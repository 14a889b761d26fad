import type { ConnectorTools } from '../../connector';
import { ConnectorError } from '../../connector-error';
import { singleFlight } from '../shared/single-flight';
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

  const renew = singleFlight(async (): Promise<Session> => {
    // Another process of this app may have been faster; what it stored is good.
    const tokens = await stored();
    if (tokens.accessToken !== session?.tokens.accessToken) return use(tokens);
    const fresh = await refresh(options, tools.http, tokens);
    await tools.tokens.write(JSON.stringify(fresh));
    return use(fresh);
  });

  return {
    current: async () => session ?? use(await stored()),
    async renewed(refused) {
      // Many requests may be refused at once, for a token that the first of them has renewed.
      const other = session !== null && session.headers.authorization !== refused.headers.authorization;
      return other ? session : renew();
    },
  };
}
