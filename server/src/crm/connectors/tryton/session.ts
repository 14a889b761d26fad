import { z } from 'zod';
import type { ConnectorTools } from '../../connector';
import { ConnectorError } from '../../connector-error';
import type { HttpSettings } from '../../http/client';
import { singleFlight } from '../shared/single-flight';
import { explain } from './errors';
import type { TrytonOptions } from './options';

/** A session of the server, and whose it is: another user's must not be taken up. */
const sessionSchema = z.object({ owner: z.string(), userId: z.number(), key: z.string() });
type Session = z.output<typeof sessionSchema>;

type Sessions = Required<NonNullable<HttpSettings['auth']>>;

/** Logs in when there is no session or the server ended it. A session outlives the process, by `tools.tokens`. */
export function sessionsOf(options: TrytonOptions, tools: ConnectorTools): Sessions {
  const { url, database, username, password } = options;
  const owner = JSON.stringify([url, database, username]);
  // A client of its own: whoever waits for a session must not keep the login from its turn.
  const http = tools.http({ baseUrl: url, explain });
  let session: Session | null = null;

  async function login(): Promise<Session> {
    const { body } = await http<{ result?: [number, string]; error?: unknown }>({
      method: 'POST',
      url: `${database}/`,
      body: { id: 0, method: 'common.db.login', params: [username, { password }] },
      idempotent: true,
    });
    if (!body?.result) {
      const host = new URL(url).host;
      throw new ConnectorError(
        'config',
        `There is no Tryton with a database "${database}" at ${host}; check both.`,
      );
    }
    const [userId, key] = body.result;
    const fresh = { owner, userId, key };
    await tools.tokens.write(JSON.stringify(fresh));
    return fresh;
  }

  async function stored(): Promise<Session | null> {
    const text = await tools.tokens.read();
    const known = text ? sessionSchema.safeParse(JSON.parse(text)).data : null;
    return known?.owner === owner ? known : null;
  }

  const renew = singleFlight(async () => {
    session = await login();
  });

  return {
    async headers() {
      session ??= await stored();
      if (!session) await renew();
      const { userId, key } = session!;
      // The server reads three parts, and the name is there for its log alone.
      const text = `${username.replaceAll(':', '')}:${userId}:${key}`;
      return { authorization: `Session ${Buffer.from(text).toString('base64')}` };
    },
    renew,
  };
}
