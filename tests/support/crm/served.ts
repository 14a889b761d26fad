import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A request as a server of a CRM sees it. */
export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  raw: Buffer;
  /** JSON or a form, parsed; undefined without a body. */
  // biome-ignore lint/suspicious/noExplicitAny: each double judges it as strictly as its vendor
  body: any;
  at: number;
}

export interface Answered {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
}

/** What befalls one request: `lost` does the work and then loses the answer. */
export type Fault =
  | { kind: 'status'; status: number; headers?: Record<string, string>; body?: unknown }
  | { kind: 'redirect'; to: string }
  | { kind: 'hang' }
  | { kind: 'cut' }
  | { kind: 'reset' }
  | { kind: 'lost' };

export interface Served {
  /** Without a slash at the end. */
  readonly url: string;
  readonly host: string;
  /** Every request, with the status it got; 0 when it got no answer. */
  readonly log: (Asked & { status: number })[];
  /** The next requests meet these, one each; `only` picks the requests that count. */
  faults: Fault[];
  only: ((asked: Asked) => boolean) | null;
  /** Asked before each request is dealt with: a fault, or null to go on. */
  chance: ((asked: Asked) => Fault | null) | null;
  /** Cuts every connection and stops listening, as a crash does. */
  kill(): Promise<void>;
  /** Listens again at the same address. */
  revive(): Promise<void>;
  close(): Promise<void>;
}

type Handler = (asked: Asked) => Answered | Promise<Answered>;

/** A server on loopback with a socket of its own. @param tls a key and a certificate, for https */
export async function serve(handler: Handler, tls?: { key: string; cert: string }): Promise<Served> {
  const sockets = new Set<Socket>();
  let server: Server;
  let port = 0;

  const listen = () =>
    new Promise<void>((resolve, reject) => {
      const take = (request: IncomingMessage, response: ServerResponse) => {
        void deal(request, response).catch((error) => {
          // A fault of the double itself must not look like one of the CRM.
          console.error(error);
          response.destroy();
        });
      };
      server = tls ? createTlsServer(tls, take) : createServer(take);
      server.on('connection', (socket) => {
        sockets.add(socket);
        socket.on('close', () => sockets.delete(socket));
      });
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        port = (server.address() as AddressInfo).port;
        resolve();
      });
    });

  const served: Served = {
    get url() {
      return `${tls ? 'https' : 'http'}://127.0.0.1:${port}`;
    },
    get host() {
      return `127.0.0.1:${port}`;
    },
    log: [],
    faults: [],
    only: null,
    chance: null,
    async kill() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    revive: listen,
    async close() {
      await served.kill();
    },
  };

  function faultFor(asked: Asked): Fault | null {
    if (served.faults.length > 0 && (!served.only || served.only(asked))) return served.faults.shift()!;
    return served.chance?.(asked) ?? null;
  }

  async function deal(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = await read(request);
    const entry = { ...asked, status: 0 };
    served.log.push(entry);
    const fault = faultFor(asked);
    if (fault?.kind === 'reset') return void request.socket.destroy();
    if (fault?.kind === 'hang') return void (await sleep(60_000, undefined, { ref: false }));
    const answer = faulty(fault) ?? (await handler(asked));
    if (fault?.kind === 'lost') return void request.socket.destroy();
    const text = answer.body === undefined ? '' : JSON.stringify(answer.body);
    entry.status = answer.status;
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    response.end(fault?.kind === 'cut' ? text.slice(0, Math.floor(text.length / 2)) : text);
  }

  await listen();
  return served;
}

function faulty(fault: Fault | null): Answered | null {
  if (fault?.kind === 'status') return fault;
  if (fault?.kind === 'redirect') return { status: 302, headers: { location: fault.to } };
  return null;
}

async function read(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const raw = Buffer.concat(chunks);
  const url = new URL(request.url ?? '/', 'http://double');
  const { 'content-type': type = '' } = request.headers;
  return {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    raw,
    body: raw.length === 0 ? undefined : parsed(raw.toString(), type),
    at: Date.now(),
  };
}

function parsed(text: string, type: string): unknown {
  if (type.includes('x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(text));
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
