import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { z } from 'zod';
import type { CollectEvent } from '../../client/src/protocol';
import { collectBody, collectEvent, MAX_EVENTS } from '../../server/src/tracking/events-schema';

/** What one request to a collector said. */
export interface Received {
  path: string;
  visitor: string;
  sentAt: number;
  consent?: string;
  events: CollectEvent[];
  body: Record<string, unknown>;
  /** How the collector answered. */
  status: number;
}

type Answer = { status: number; headers?: Record<string, string> };

/** Stands in for the server and is stricter: a request that breaks the protocol is kept as a problem. */
export interface Collector {
  url: string;
  received: Received[];
  problems: string[];
  /** The events of the accepted requests, each id once, as the server keeps them. */
  events(): CollectEvent[];
  /** Answers the next requests to `/collect` so, one each, before it accepts again. */
  answerNext(...answers: Answer[]): void;
  /** Serves this HTML at a path. */
  serve(path: string, html: string): void;
  stop(): Promise<void>;
}

const collectStrict = collectBody.strict().extend({
  visitor: z.string().regex(/^[\w-]{22,64}$/),
  consent: z.enum(['granted', 'denied', 'unknown']),
  events: z.array(collectEvent.strict()).min(1).max(MAX_EVENTS),
});
const visitor = z.string().regex(/^[\w-]{22,64}$/);
const BODIES: Record<string, z.ZodType> = {
  '/api/clv/collect': collectStrict,
  '/api/clv/consent': z.strictObject({ visitor, state: z.enum(['granted', 'denied']) }),
  '/api/clv/identify': z.strictObject({ visitor, token: z.string().min(1) }),
};
const MOST_BYTES = 60_000;

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** Starts a collector with the tracker of the tested bundle. */
export async function startCollector(): Promise<Collector> {
  const dist = path.join(process.env.CLV_PLUGIN_PATH!, 'dist/client');
  const pages = new Map<string, string>();
  const received: Received[] = [];
  const problems: string[] = [];
  const planned: Answer[] = [];

  async function take(request: IncomingMessage, place: string): Promise<Answer> {
    const text = await readText(request);
    const type = request.headers['content-type'] ?? '';
    if (!type.startsWith('text/plain')) problems.push(`${place} came as ${type}`);
    if (text.length > MOST_BYTES) problems.push(`${place} has ${text.length} bytes`);
    const body = BODIES[place].safeParse(JSON.parse(text));
    if (!body.success) problems.push(`${place}: ${body.error.message}`);
    const answer = (place.endsWith('/collect') && planned.shift()) || { status: 202 };
    const said = JSON.parse(text);
    received.push({ path: place, events: [], ...said, body: said, status: answer.status });
    return answer;
  }

  const server = createServer(async (request, response) => {
    const place = request.url!.split('?')[0];
    if (request.method === 'POST' && BODIES[place]) {
      const { status, headers } = await take(request, place);
      response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end('{}');
    } else if (place.endsWith('.js') || place.endsWith('.mjs')) {
      const file = path.join(dist, path.basename(place));
      response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(readFileSync(file));
    } else if (pages.has(place)) {
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(pages.get(place));
    } else {
      response.writeHead(place === '/favicon.ico' ? 204 : 404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    problems,
    events() {
      const accepted = received.filter(({ status }) => status < 300).flatMap(({ events }) => events);
      return [...new Map(accepted.map((event) => [event.id, event])).values()];
    },
    answerNext: (...answers) => planned.push(...answers),
    serve: (at, html) => pages.set(at, html),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
