// A CRM on loopback with as many customers and orders as wished, made from their numbers, so that it needs no memory for
// them. It limits the rate as vendors do, fails at random, and can be killed and brought back at the same address.
import { createServer } from 'node:http';
import { randomFrom } from '../../../scripts/demo/random.mjs';

const HOUR = 3_600_000;
const START = Date.UTC(2023, 0, 1);

/** Every twentieth has the address of another, every fiftieth none. */
const emailOf = (i) => (i % 50 === 7 ? null : `someone-${i % 20 === 3 ? i - 1 : i}@example.com`);

const customerOf = (i) => ({
  id: `c${i}`,
  email: emailOf(i),
  company: i % 3 === 0 ? `Company ${i % 997}` : null,
  segment: ['small', 'medium', 'large'][i % 3],
  source: ['search', 'newsletter', 'referral', null][i % 4],
  created_at: new Date(START + i * 1_000).toISOString(),
  updated_at: new Date(START + i * 1_000).toISOString(),
});

/** Amounts as text, as numbers, and now and then none; four in five are won. */
const orderOf = (i, customers) => ({
  id: `o${i}`,
  contact_id: `c${(i * 7919) % customers}`,
  amount: i % 500 === 11 ? null : i % 2 === 0 ? ((i % 90_000) / 100 + 5).toFixed(2) : (i % 900) + 5,
  currency: 'EUR',
  status: i % 5 === 4 ? 'open' : 'won',
  closed_at: new Date(START + (i % 20_000) * HOUR).toISOString(),
  updated_at: new Date(START + (i % 20_000) * HOUR + i).toISOString(),
});

/**
 * @param customers how many there are; `orders` too
 * @param pageSize records on a page
 * @param rate requests within any `windowMs`, such as 190 within ten seconds; 0 for no limit
 * @param failures share of the requests that fail
 */
export function crmServer({
  customers,
  orders,
  pageSize = 100,
  rate = 0,
  windowMs = 1_000,
  failures = 0,
  seed = 1,
}) {
  const { uniform: random } = randomFrom(seed);
  /** What was written of each contact, and how often that changed something. */
  const insights = new Map();
  const count = { requests: 0, refused: 0, failed: 0, kills: 0, writes: 0, changes: 0, records: 0 };
  const sockets = new Set();
  /** When the latest requests that were allowed came in. */
  const taken = [];
  let server;
  let port = 0;

  /** Whether one more request is allowed now: at most `rate` within the last `windowMs`. */
  function allowed() {
    if (rate === 0) return true;
    const now = performance.now();
    while (taken[0] <= now - windowMs) taken.shift();
    if (taken.length >= rate) return false;
    taken.push(now);
    return true;
  }

  function page(total, make, query) {
    const from = Number(query.get('cursor') ?? 0);
    const to = Math.min(total, from + Number(query.get('limit') ?? pageSize));
    const data = [];
    // Nothing changes here, so what changed since some moment is nothing, once everything was told.
    if (!query.has('since')) for (let i = from; i < to; i++) data.push(make(i));
    count.records += data.length;
    return { data, total, next: to < total && !query.has('since') ? String(to) : null };
  }

  /** Keeps what is said of a contact. Saying the same again changes nothing, as in every CRM. */
  function write({ id, values }) {
    const number = Number(String(id).slice(1));
    if (!/^c\d+$/.test(id) || number >= customers) return 'no such contact';
    const text = JSON.stringify(values);
    const before = insights.get(id);
    const changed = before?.text !== text;
    count.writes += 1;
    if (changed) count.changes += 1;
    insights.set(id, { text, changes: (before?.changes ?? 0) + (changed ? 1 : 0) });
    return 'ok';
  }

  function answer(method, url, body) {
    const { pathname, searchParams } = url;
    if (pathname === '/me') return { status: 200, body: { id: 'bench', name: 'A CRM on loopback' } };
    if (pathname === '/contacts') return { status: 200, body: page(customers, customerOf, searchParams) };
    if (pathname === '/orders') {
      return { status: 200, body: page(orders, (i) => orderOf(i, customers), searchParams) };
    }
    if (pathname === '/insights') return { status: 200, body: { results: body.map(write) } };
    return { status: 404, body: { message: `no ${method} ${pathname}` } };
  }

  async function deal(request, response) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    count.requests += 1;
    if (!allowed()) {
      count.refused += 1;
      response.writeHead(429, { 'content-type': 'application/json', 'retry-after': '1' });
      return response.end('{"message":"too many requests"}');
    }
    const fault = random() < failures ? ['before', 'after', 'error', 'half'][Math.floor(random() * 4)] : null;
    if (fault) count.failed += 1;
    if (fault === 'before') return request.socket.destroy();
    if (fault === 'error') {
      response.writeHead(503, { 'content-type': 'application/json' });
      return response.end('{"message":"out of order"}');
    }
    const text = Buffer.concat(chunks).toString();
    const url = new URL(request.url, 'http://crm');
    const { status, body } = answer(request.method, url, text === '' ? null : JSON.parse(text));
    if (fault === 'after') return request.socket.destroy();
    const told = JSON.stringify(body);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(fault === 'half' ? told.slice(0, told.length / 2) : told);
  }

  const listen = () =>
    new Promise((resolve, reject) => {
      server = createServer((request, response) => {
        deal(request, response).catch(() => response.destroy());
      });
      server.on('connection', (socket) => {
        sockets.add(socket);
        socket.on('close', () => sockets.delete(socket));
      });
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        port = server.address().port;
        resolve();
      });
    });

  async function stop() {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  }

  return {
    listen,
    stop,
    async kill() {
      count.kills += 1;
      await stop();
    },
    get url() {
      return `http://127.0.0.1:${port}`;
    },
    host: () => `127.0.0.1:${port}`,
    count,
    insights,
  };
}
