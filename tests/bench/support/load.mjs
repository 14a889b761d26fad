// The load generator, in a process of its own: a job comes as a message, its figures go back as one.
import autocannon from 'autocannon';
import { uuidv7 } from 'uuidv7';

const BROWSER =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36';
const VISITORS = 50_000;

const anyOf = (count) => Math.floor(Math.random() * count);
const visitor = () => `visitor-of-bench-${String(anyOf(VISITORS)).padStart(6, '0')}`;

/** What is sent: the path, and a body made anew for each request. */
const KINDS = {
  collect: ({ keys, perRequest }) => ({
    path: '/api/clv/collect',
    body() {
      const now = Date.now();
      const events = Array.from({ length: perRequest }, (_, i) => ({
        id: uuidv7(),
        kind: 'view',
        content: keys[anyOf(keys.length)],
        at: now - i,
        channel: 'newsletter',
      }));
      return { visitor: visitor(), sentAt: now, events };
    },
    acknowledged: (status, body) => (status === 202 ? JSON.parse(body).accepted : 0),
  }),
  nothing: ({ keys }) => ({
    path: '/api/nothing',
    body: () => ({
      visitor: visitor(),
      sentAt: Date.now(),
      events: [{ id: uuidv7(), kind: 'view', content: keys[0], at: Date.now(), channel: 'newsletter' }],
    }),
    acknowledged: (status) => (status === 200 ? 1 : 0),
  }),
  document: ({ keys }) => ({
    path: '/api/page-views',
    body: () => ({
      data: {
        visitor: visitor(),
        content: keys[anyOf(keys.length)],
        kind: 'view',
        channel: 'newsletter',
        seenAt: new Date().toISOString(),
      },
    }),
    acknowledged: (status) => (status === 201 ? 1 : 0),
  }),
};

async function run({ url, kind, connections, amount, ...settings }) {
  const { path, body, acknowledged } = KINDS[kind](settings);
  let stored = 0;
  // Autocannon looks at the clock once a second; the last answer tells when the work was done.
  const begun = performance.now();
  let done = begun;
  const result = await autocannon({
    url: url + path,
    connections,
    amount,
    requests: [
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'user-agent': BROWSER },
        setupRequest: (request) => ({ ...request, body: JSON.stringify(body()) }),
        onResponse: (status, text) => {
          stored += acknowledged(status, text);
          done = performance.now();
        },
      },
    ],
  });
  const seconds = (done - begun) / 1000;
  return {
    perSecond: result['2xx'] / seconds,
    p50: result.latency.p50,
    p99: result.latency.p99,
    requests: result['2xx'],
    failed: result.non2xx + result.errors,
    acknowledged: stored,
  };
}

process.on('message', async (job) => process.send(await run(job)));
process.on('disconnect', () => process.exit());
