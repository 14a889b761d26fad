/** Somebody who works with Tryton, by its own API: nothing of the connector is in it. */

export const USERNAME = 'admin';
export const PASSWORD = 'correct horse battery staple';

export interface User {
  // biome-ignore lint/suspicious/noExplicitAny: each caller knows what it asks for
  call(method: string, ...params: unknown[]): Promise<any>;
  /** The same with a context of its own. */
  // biome-ignore lint/suspicious/noExplicitAny: each caller knows what it asks for
  callWith(context: object, method: string, ...params: unknown[]): Promise<any>;
}

export const decimal = (value: string | number) => ({ __class__: 'Decimal', decimal: String(value) });

export function date(ms: number) {
  const day = new Date(ms);
  return {
    __class__: 'date',
    year: day.getUTCFullYear(),
    month: day.getUTCMonth() + 1,
    day: day.getUTCDate(),
  };
}

/** Tryton asks back before it does something unusual; the same again after "yes" is done. */
class Warned extends Error {
  constructor(readonly key: string) {
    super(`Tryton warns: ${key}`);
  }
}

/** @param url of the server itself, so that no fault of a test befalls it */
export async function signIn(
  url: string,
  database: string,
  username: string,
  password: string,
): Promise<User> {
  async function send(method: string, params: unknown[], headers: Record<string, string> = {}) {
    const answer = await fetch(`${url}/${database}/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ id: 0, method, params }),
      signal: AbortSignal.timeout(120_000),
    });
    if (!answer.ok) throw new Error(`${method}: ${answer.status} ${await answer.text()}`);
    const { result, error } = (await answer.json()) as { result?: unknown; error?: [string, string[]] };
    if (error?.[0] === 'UserWarning') throw new Warned(error[1][0]!);
    if (error) throw new Error(`${method}: ${JSON.stringify(error)}`);
    return result;
  }

  const [userId, key] = (await send('common.db.login', [username, { password }])) as [number, string];
  const authorization = `Session ${Buffer.from(`${username}:${userId}:${key}`).toString('base64')}`;
  const own = await preferences();

  async function preferences(): Promise<object> {
    return (await send('model.res.user.get_preferences', [true, {}], { authorization })) as object;
  }

  async function callWith(context: object, method: string, ...params: unknown[]): Promise<unknown> {
    const ask = () => send(method, [...params, { ...own, ...context }], { authorization });
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Warned)) throw error;
      const yes = { name: error.key, user: userId, always: false };
      await send('model.res.user.warning.create', [[yes], own], { authorization });
      return await ask();
    }
  }

  return { callWith, call: (method, ...params) => callWith({}, method, ...params) };
}
