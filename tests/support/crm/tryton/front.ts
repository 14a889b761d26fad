import { type Served, serve } from '../served';

export interface Front {
  server: Served;
  /** Ends every session that was seen, as the server does when they grow old. */
  endSessions(): void;
}

/** What stands before a Tryton in tests: it hands everything on, and faults befall what goes through it. */
export async function frontOf(url: string): Promise<Front> {
  const seen = new Set<string>();
  const ended = new Set<string>();

  async function send(path: string, body: Uint8Array | string, authorization?: string) {
    const answer = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
      body: body as BodyInit,
    }).catch(() => null);
    // As what stands before a server answers while that one is down.
    if (!answer) return { status: 502, body: { message: 'Bad Gateway' } };
    return { status: answer.status, body: parsed(await answer.text()) };
  }

  const server = await serve(async ({ path, raw, headers: { authorization } }) => {
    if (authorization) seen.add(authorization);
    if (authorization && ended.delete(authorization)) {
      const logout = JSON.stringify({ id: 0, method: 'common.db.logout', params: [] });
      await send(path, logout, authorization);
    }
    return send(path, raw, authorization);
  });
  return {
    server,
    endSessions() {
      for (const session of seen) ended.add(session);
      seen.clear();
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
