import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { httpClient } from '../../../server/src/crm/http/client';
import { hostGuard } from '../../../server/src/crm/http/guard';
import { backoff, patienceIn } from '../../../server/src/crm/http/retry';
import { type Answered, type Asked, type Served, serve } from '../../support/crm/served';
import { clientOf, failureOf, worldOf } from './http-support';

let server: Served;
let handle: (asked: Asked) => Answered;
beforeEach(async () => {
  handle = () => ({ status: 200, body: { ok: true } });
  server = await serve((asked) => handle(asked));
});
afterEach(() => server.close());

const get = { method: 'GET', url: '/x' } as const;
const post = { method: 'POST', url: '/x', body: { a: 1 } } as const;

describe('addresses', () => {
  test('a path stands below the base, a whole address of the same host for itself', async () => {
    const http = httpClient(
      { baseUrl: `${server.url}/api/v2` },
      worldOf({ guard: hostGuard([server.host]) }),
    );
    await http({ ...get, url: '/people?a=1', query: { b: 'x y', left: undefined } });
    await http({ ...get, url: 'people:search' });
    await http({ ...get, url: `${server.url}/next?cursor=2` });
    expect(server.log.map(({ path, query }) => `${path}?${query}`)).toEqual([
      '/api/v2/people?a=1&b=x+y',
      '/api/v2/people:search?',
      '/next?cursor=2',
    ]);
  });

  test('a whole address of another host, port or scheme is refused, and nothing is sent there', async () => {
    const other = await serve(() => ({ status: 200, body: {} }));
    const http = clientOf(server);
    for (const url of [`${other.url}/x`, `https://${server.host}/x`, 'https://evil.example/x', 'http://[']) {
      expect((await failureOf(http({ ...get, url }))).kind, url).toBe('config');
    }
    await http({ ...get, url: '//evil.example/x' });
    expect(server.log.map(({ path }) => path)).toEqual(['/evil.example/x']);
    expect(other.log).toEqual([]);
    await other.close();
  });
});

describe('redirects', () => {
  test.each([301, 302, 303, 307, 308])(
    '%s to another host is refused, and that host never asked',
    async (status) => {
      const other = await serve(() => ({ status: 200, body: {} }));
      for (const location of [`${other.url}/steal`, `//${other.host}/steal`]) {
        handle = () => ({ status, headers: { location } });
        const error = await failureOf(clientOf(server)(post));
        expect(error.kind).toBe('config');
        expect(error.message).toContain(other.host);
      }
      expect(other.log).toEqual([]);
      await other.close();
    },
  );

  test('within the host it is not followed either, and told as what it is', async () => {
    handle = () => ({ status: 302, headers: { location: '/login' } });
    const error = await failureOf(clientOf(server)(get));
    expect([error.kind, server.log.length]).toEqual(['permanent', 1]);
    expect(error.message).toContain('302');
  });

  test('one that leads nowhere does no harm', async () => {
    for (const headers of [{ location: 'http://[' }, {}]) {
      handle = () => ({ status: 302, headers: headers as Record<string, string> });
      expect(['config', 'permanent']).toContain((await failureOf(clientOf(server)(get))).kind);
    }
  });
});

describe('attempts', () => {
  test('what only asks comes again; what changes something does only where that is safe', async () => {
    handle = () => ({ status: 503 });
    await failureOf(clientOf(server)(get));
    expect(server.log).toHaveLength(5);
    await failureOf(clientOf(server)(post));
    expect(server.log).toHaveLength(6);
    await failureOf(clientOf(server)({ ...post, idempotent: true }));
    expect(server.log).toHaveLength(11);
  });

  test('what was refused for its rate was not done, and comes again', async () => {
    server.faults = [{ kind: 'status', status: 429 }];
    expect((await clientOf(server)(post)).body).toEqual({ ok: true });
    expect(server.log).toHaveLength(2);
  });

  test('what is wrong stays wrong', async () => {
    for (const [status, kind] of [
      [400, 'permanent'],
      [404, 'permanent'],
      [401, 'auth'],
      [403, 'auth'],
    ] as const) {
      handle = () => ({ status, body: { message: 'no.' } });
      const error = await failureOf(clientOf(server)(get));
      expect([error.kind, error.message.includes(`answered ${status}: no.`)]).toEqual([kind, true]);
    }
    expect(server.log).toHaveLength(4);
  });

  test('a token is renewed once, and the request sent again', async () => {
    let token = 'stale-token';
    const auth = {
      headers: async () => ({ authorization: `Bearer ${token}` }),
      renew: async () => {
        token = 'fresh-token';
      },
    };
    handle = ({ headers }) => ({ status: headers.authorization === 'Bearer fresh-token' ? 200 : 401 });
    await clientOf(server, { auth })(post);
    handle = () => ({ status: 401 });
    expect((await failureOf(clientOf(server, { auth })(get))).kind).toBe('auth');
    expect(server.log.map(({ status }) => status)).toEqual([401, 200, 401, 401]);
  });

  test('asking for a token within a limit of one does not wait for itself', async () => {
    const http = clientOf(server, {
      limit: { requests: 100, perMs: 10, concurrent: 1 },
      auth: {
        async headers() {
          await http({ ...post, url: '/token', authorised: false });
          return { authorization: 'Bearer there-it-is' };
        },
      },
    });
    await Promise.all([http(get), http(get)]);
    expect(server.log).toHaveLength(4);
  });

  test('a wait of more than a minute is left to whoever runs it', async () => {
    handle = () => ({ status: 503, headers: { 'retry-after': '61' } });
    const error = await failureOf(clientOf(server)(get));
    expect([error.kind, error.retryAfterMs, server.log.length]).toEqual(['transient', 61_000, 1]);
  });
});

describe('patience', () => {
  const at = Date.UTC(2026, 0, 1, 12);
  test.each([
    ['3', 3_000],
    ['0', 0],
    ['1.5', 1_500],
    ['Thu, 01 Jan 2026 12:00:30 GMT', 30_000],
    ['Thursday, 01-Jan-26 12:00:30 GMT', 30_000],
    ['Thu, 01 Jan 2026 11:00:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
  ])('Retry-After: %s', (said, ms) => {
    expect(patienceIn({ 'retry-after': said }, at)).toBe(ms);
  });

  test('without the header nothing was asked', () => {
    expect(patienceIn({}, at)).toBeUndefined();
  });

  test('what the CRM asks for is never cut short, and little is added', () => {
    for (let i = 0; i < 200; i += 1) {
      const wait = backoff(1 + (i % 20), 4_000, 500);
      expect(wait).toBeGreaterThanOrEqual(4_000);
      expect(wait).toBeLessThanOrEqual(4_500);
    }
  });

  test('waits grow with the attempts, up to half a minute', () => {
    for (const [attempt, most] of [
      [1, 1_000],
      [4, 8_000],
      [6, 30_000],
      [2_000, 30_000],
    ] as const) {
      const waits = Array.from({ length: 300 }, () => backoff(attempt, undefined, 500));
      expect(Math.min(...waits)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...waits)).toBeLessThanOrEqual(most);
      expect(Math.max(...waits)).toBeGreaterThan(most / 2);
    }
  });
});

describe('answers', () => {
  /** A server that writes what it likes, how it likes. */
  async function raw(listener: Parameters<typeof createServer>[1], body: (url: string) => Promise<void>) {
    const odd = createServer(listener);
    await new Promise<void>((resolve) => odd.listen(0, '127.0.0.1', resolve));
    try {
      await body(`http://127.0.0.1:${(odd.address() as AddressInfo).port}`);
    } finally {
      odd.closeAllConnections();
      odd.close();
    }
  }
  const askAt = (baseUrl: string, timeoutMs = 5_000) =>
    httpClient({ baseUrl }, worldOf({ guard: hostGuard(['127.0.0.1']), timeoutMs }))(get);

  test('half a JSON, and a page for people, are passing', async () => {
    for (const text of ['{"results":[{"id":1},{"i', '<html>We are down for a while</html>', '{}{}']) {
      await raw(
        (_, response) => response.end(text),
        async (url) => {
          const error = await failureOf(askAt(url));
          expect([error.kind, error.message.includes('no whole JSON')]).toEqual(['transient', true]);
        },
      );
    }
  });

  test('an error that the caller deals with need not be JSON', async () => {
    await raw(
      (_, response) => {
        response.statusCode = 404;
        response.end('<html>Not found</html>');
      },
      async (url) => {
        const http = httpClient({ baseUrl: url }, worldOf({ guard: hostGuard(['127.0.0.1']) }));
        expect(await http({ ...get, accept: [404] })).toMatchObject({ status: 404 });
      },
    );
  });

  test('none at all is null', async () => {
    handle = () => ({ status: 204 });
    expect((await clientOf(server)(get)).body).toBeNull();
  });

  test('one that grows beyond all measure is broken off, also when it came packed', async () => {
    const piece = Buffer.alloc(2 ** 20, ' ');
    const packed = gzipSync(Buffer.alloc(80 * 2 ** 20, ' '));
    let written = 0;
    await raw(
      (request, response) => {
        if (request.headers['x-packed']) {
          response.writeHead(200, { 'content-encoding': 'gzip' });
          response.end(packed);
          return;
        }
        const more = () => {
          while (written < 2 ** 30 && !response.destroyed) {
            written += piece.length;
            if (!response.write(piece)) return void response.once('drain', more);
          }
        };
        more();
      },
      async (url) => {
        for (const headers of [{}, { 'x-packed': '1' }]) {
          const http = httpClient(
            { baseUrl: url, headers: headers as Record<string, string> },
            worldOf({ guard: hostGuard(['127.0.0.1']), timeoutMs: 20_000 }),
          );
          const error = await failureOf(http(get));
          expect([error.kind, error.message.includes('64 MB')]).toEqual(['permanent', true]);
        }
      },
    );
    expect(written).toBeLessThan(2 ** 30);
  });

  test('one that comes drop by drop has no more time than any other', async () => {
    await raw(
      (_, response) => {
        response.writeHead(200);
        const drop = setInterval(() => response.write(' '), 5);
        response.on('close', () => clearInterval(drop));
      },
      async (url) => {
        const error = await failureOf(askAt(url, 100));
        expect([error.kind, error.message.includes('did not answer in time')]).toEqual(['transient', true]);
      },
    );
  });

  test('a credential with a line break adds no header of its own', async () => {
    const auth = { headers: async () => ({ 'x-key': 'first-line\r\nx-evil: 1' }) };
    await clientOf(server, { auth })(get);
    expect(server.log.map(({ headers }) => headers['x-evil'])).toEqual([undefined]);
  });
});

describe('the end', () => {
  const ended = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error) => error.name,
    );

  test('comes at once while an answer is waited for', async () => {
    const controller = new AbortController();
    server.chance = () => ({ kind: 'hang' });
    const work = ended(clientOf(server, {}, { signal: controller.signal })(get));
    while (server.log.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    controller.abort();
    expect(await work).toBe('AbortError');
  });

  test('comes at once while the next attempt is waited for', async () => {
    const controller = new AbortController();
    handle = () => ({ status: 429, headers: { 'retry-after': '50' } });
    const work = ended(clientOf(server, {}, { signal: controller.signal })(get));
    while (server.log.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    setTimeout(() => controller.abort(), 20);
    expect(await work).toBe('AbortError');
    expect(server.log).toHaveLength(1);
  });

  test('comes at once while a turn is waited for', async () => {
    const controller = new AbortController();
    const limit = { requests: 1, perMs: 100_000 };
    const http = clientOf(server, { limit }, { signal: controller.signal });
    await http(get);
    const works = [ended(http(get)), ended(http(get))];
    setTimeout(() => controller.abort(), 20);
    expect(await Promise.all(works)).toEqual(['AbortError', 'AbortError']);
    expect(server.log).toHaveLength(1);
  });

  test('that was before keeps everything from being sent', async () => {
    expect(await ended(clientOf(server, {}, { signal: AbortSignal.abort() })(get))).toBe('AbortError');
    expect(server.log).toEqual([]);
  });
});
