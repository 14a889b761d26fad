import { Agent, request } from 'node:http';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type App, makeApp, startApp } from '../../bench/support/start-app.mjs';
import { type Hostile, hostileRequest, type Random, seeded, spelled } from './hostile';
import { BROWSER } from './support';

const PER_ROUTE = 10_000;
const CONNECTIONS = 32;
const SEED = 20_261_121;
/** What may come and go in memory without being a leak; one object kept for each request would be more. */
const MARGIN_BYTES = 12_000_000;

const visitor = () => `visitor-${uuidv7()}`;
const order = () => ({
  order_id: uuidv7(),
  customer_id: 'c1',
  ordered_at: '2026-01-31T10:00:00Z',
  amount: '10.00',
  currency: 'EUR',
});

/** Every public route of the plugin, with a body that it would take. */
const ROUTES: { method: string; path: string; withToken?: boolean; good: (key: string) => unknown }[] = [
  {
    method: 'POST',
    path: '/api/clv/collect',
    good: (key) => ({
      visitor: visitor(),
      sentAt: Date.now(),
      consent: 'granted',
      events: [1, 2, 3].map(() => ({
        id: uuidv7(),
        kind: 'read',
        content: key,
        at: Date.now(),
        seconds: 5,
        depth: 50,
        channel: 'x',
      })),
    }),
  },
  { method: 'OPTIONS', path: '/api/clv/collect', good: () => ({}) },
  { method: 'GET', path: '/api/clv/tracker.js', good: () => ({}) },
  { method: 'GET', path: '/api/clv/download/:id', good: () => ({}) },
  {
    method: 'POST',
    path: '/api/clv/identify',
    good: () => ({ visitor: visitor(), token: 'a.b.c', customerId: 'c1', email: 'a@example.com' }),
  },
  { method: 'GET', path: '/api/clv/consent', good: () => ({}) },
  { method: 'POST', path: '/api/clv/consent', good: () => ({ visitor: visitor(), state: 'granted' }) },
  { method: 'POST', path: '/api/clv/orders', withToken: true, good: () => ({ orders: [order(), order()] }) },
  { method: 'POST', path: '/clv/orders', good: () => ({ orders: [order()] }) },
  {
    method: 'POST',
    path: '/api/clv/customers',
    withToken: true,
    good: () => ({ customers: [{ customer_id: 'c1', email: 'a@example.com', channel: 'x' }] }),
  },
];

let folder: Awaited<ReturnType<typeof makeApp>>;
let app: App;
let token: string;
beforeAll(async () => {
  folder = await makeApp();
  app = await startApp({
    appDir: folder.appDir,
    pluginPath: process.env.CLV_PLUGIN_PATH!,
    env: folder.env,
    quiet: true,
    config: {
      tracking: { rateLimit: { perAddress: 100_000_000, eventsPerAddress: 100_000_000, perVisitor: 300 } },
    },
  });
  token = await app.ask('apiToken');
});
afterAll(async () => {
  await app.kill();
  await folder.remove();
});

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

/** Sends it as it is; returns the status, or 0 when the server closed the connection on what is no HTTP. */
function send(method: string, path: string, { headers, body }: Hostile): Promise<number> {
  return new Promise((resolve) => {
    const sender = request(app.url + path, { method, headers, agent }, (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode!));
      answer.on('error', () => resolve(0));
    });
    sender.on('error', () => resolve(0));
    sender.end(method === 'GET' || method === 'OPTIONS' ? undefined : body);
  });
}

async function bombard(
  route: (typeof ROUTES)[number],
  count: number,
  random: Random,
): Promise<Map<number, number>> {
  const statuses = new Map<number, number>();
  let left = count;
  const connection = async () => {
    while (left > 0) {
      left -= 1;
      const hostile = hostileRequest(random, () => route.good(app.keys[0]));
      if (route.withToken && random() < 0.8) hostile.headers.authorization = `Bearer ${token}`;
      const path =
        spelled(random, route.path).replace(/:id/i, () => hostile.id) +
        (hostile.query && `?${hostile.query}`);
      const status = await send(route.method, path, hostile);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  return statuses;
}

test('hostile input to every public route is answered without a fault, and leaves nothing in memory', async () => {
  const random = seeded(SEED);
  // Code is compiled and tables are filled by the first of them.
  for (const route of ROUTES) await bombard(route, PER_ROUTE / 10, random);
  await app.ask('flush');
  const before = await app.ask('memory');

  for (const route of ROUTES) {
    const statuses = await bombard(route, PER_ROUTE, random);
    const faults = [...statuses].filter(([status]) => status >= 500);
    expect({ route: `${route.method} ${route.path}`, faults }).toEqual({
      route: `${route.method} ${route.path}`,
      faults: [],
    });
  }
  await app.ask('flush');
  const grown = (await app.ask('memory')) - before;
  expect(grown).toBeLessThan(MARGIN_BYTES);

  const answer = await fetch(`${app.url}/api/clv/collect`, {
    method: 'POST',
    headers: { 'user-agent': BROWSER },
    body: JSON.stringify(ROUTES[0].good(app.keys[0])),
  });
  expect(await answer.json()).toEqual({ accepted: 3, rejected: [] });
}, 900_000);
