// How long a ranking run takes inside a Strapi on SQLite, what memory it needs, and whether the server feels it.
//   node tests/bench/rank.mjs            100,000 persons, 1,000 items, 5,000,000 touches
//   node tests/bench/rank.mjs --quick    a hundredth of that
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { bundlePlugin } from './support/start-app.mjs';

const quick = process.argv.includes('--quick');
const PERSONS = quick ? 1_000 : 100_000;
const ITEMS = quick ? 100 : 1_000;
const TOUCHES = quick ? 50_000 : 5_000_000;
const TARGET_SECONDS = 60;

const require = createRequire(import.meta.url);
const { createStrapi } = require('@strapi/strapi');
const Database = require('better-sqlite3');
const root = path.resolve(import.meta.dirname, '../..');
const START = Date.UTC(2026, 0, 1);
const YEAR = 365 * 86_400_000;
const FOREVER = Number.MAX_SAFE_INTEGER;
const CHANNELS = ['newsletter', 'search', 'partners', null];
const SEGMENTS = ['offices', 'hotels', 'restaurants', 'shops', null];

/** A linear congruential generator: the same world at every run. */
let state = 42;
const random = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};
const below = (n) => Math.floor(n * random());
const key = (kind, n) => `${kind}-${String(n).padStart(12, '0')}`;
/** Browsers make their keys at random, so neighbours in time are not neighbours in the index. */
const visitorKey = (n) =>
  `v${String(Math.imul(n, 2654435761) >>> 0).padStart(10, '0')}${String(n).padStart(8, '0')}`;

function insertWorld(file) {
  const db = new Database(file);
  db.pragma('synchronous = OFF');
  const insert = (table, columns) =>
    db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`);
  const content = insert('clv_contents', [
    'id',
    'uid',
    'document_id',
    'locale',
    'kind',
    'title',
    'published_at',
    'updated_at',
  ]);
  const person = insert('clv_persons', ['id', 'canonical_id', 'created_at']);
  const link = insert('clv_visitor_links', [
    'id',
    'visitor_key',
    'person_id',
    'valid_from',
    'valid_to',
    'source',
    'linked_at',
  ]);
  const identity = insert('clv_identities', ['id', 'person_id', 'namespace', 'value', 'source', 'linked_at']);
  const customer = insert('clv_customers', [
    'customer_id',
    'person_id',
    'channel',
    'segment',
    'company',
    'currency',
    'source',
    'updated_at',
  ]);
  const order = insert('clv_orders', [
    'order_id',
    'customer_id',
    'ordered_at',
    'amount',
    'status',
    'currency',
    'source',
    'updated_at',
  ]);
  const touch = insert('clv_touches', [
    'message_id',
    'visitor_key',
    'content_id',
    'kind',
    'occurred_at',
    'received_at',
    'source',
  ]);

  let orders = 0;
  let touches = 0;
  db.exec('BEGIN');
  for (let n = 1; n <= ITEMS; n++)
    content.run(n, 'api::article.article', key('doc', n), '', 'article', `Article ${n}`, START, START);
  for (let n = 0; n < PERSONS; n++) {
    const id = key('person', n);
    person.run(id, id, START);
    link.run(key('link', n), visitorKey(n), id, 0, FOREVER, 'bench', START);
    // Few read much, most read little; the average is kept.
    const reads = Math.round((TOUCHES / PERSONS) * -Math.log(1 - random()));
    for (let i = 0; i < reads; i++) {
      const at = START + below(YEAR);
      touch.run(
        key('touch', touches++),
        visitorKey(n),
        1 + Math.floor(ITEMS * random() ** 2),
        'view',
        at,
        at,
        'api',
      );
    }
    if (n % 10 >= 3) continue;
    identity.run(key('identity', n), id, 'customer', key('customer', n), 'bench', START);
    const [channel, segment] = [CHANNELS[n % CHANNELS.length], SEGMENTS[n % SEGMENTS.length]];
    const company = n % 3 === 0 ? null : `Company ${Math.floor(n / 20)}`;
    customer.run(key('customer', n), id, channel, segment, company, 'EUR', 'bench', START);
    const first = START + below(YEAR);
    for (let i = 1 + below(6); i > 0; i--)
      order.run(
        key('order', orders++),
        key('customer', n),
        first + below(YEAR),
        500 + below(50_000),
        'paid',
        'EUR',
        'bench',
        START,
      );
  }
  db.exec('COMMIT');
  // Else the server's first commit would have to carry all of it into the database file.
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  return { orders, touches };
}

const folder = mkdtempSync(path.join(tmpdir(), 'clv-bench-'));
const seconds = (from) => ((performance.now() - from) / 1000).toFixed(1);
const megabytes = (bytes) => `${Math.round(bytes / 2 ** 20)} MB`;
try {
  const file = path.join(folder, 'bench.db');
  Object.assign(process.env, {
    NODE_ENV: 'test',
    STRAPI_TELEMETRY_DISABLED: 'true',
    GRAPHQL: 'false',
    DATABASE_CLIENT: 'sqlite',
    DATABASE_FILENAME: file,
    CLV_PLUGIN_PATH: await bundlePlugin(),
    CLV_CONFIG: JSON.stringify({ ranking: { schedule: false } }),
  });
  const appDir = path.join(root, 'playground');
  const app = createStrapi({ appDir, distDir: appDir, serveAdminPanel: false });
  app.log.level = 'error';
  await app.load();

  let from = performance.now();
  const { orders, touches } = insertWorld(file);
  console.log(
    `world: ${PERSONS} persons, ${ITEMS} items, ${touches} touches, ${orders} orders (written in ${seconds(from)} s)`,
  );

  const before = process.memoryUsage().rss;
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 100);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const jobs = app.plugin('clv').service('jobs');
  from = performance.now();
  const cpu = process.cpuUsage();
  delay.enable();
  const { id } = await jobs.start('rank', {}, { startedBy: 'bench', activeKey: 'rank' });
  const stages = setInterval(async () => {
    const job = await jobs.get(id);
    process.stderr.write(`\r${job.stage ?? ''} ${Math.round(100 * job.progress)} %   `);
  }, 1000);
  await jobs.ended(id);
  const took = seconds(from);
  delay.disable();
  const { user, system } = process.cpuUsage(cpu);
  clearInterval(watch);
  clearInterval(stages);
  const job = await jobs.get(id);
  process.stderr.write('\r');
  if (job.status !== 'done') throw new Error(`the run ${job.status}: ${job.error}`);
  console.log(
    `run: ${took} s (${((user + system) / 1e6).toFixed(1)} s of CPU), ${job.result.snapshots} snapshots of ${job.result.items} items`,
  );
  console.log(`memory: ${megabytes(before)} before, ${megabytes(peak)} at the peak (whole process)`);
  console.log(
    `main thread meanwhile: event loop late by ${(delay.percentile(50) / 1e6).toFixed(1)} ms (median), ` +
      `${(delay.percentile(99) / 1e6).toFixed(1)} ms (99 %), ${(delay.max / 1e6).toFixed(1)} ms (most)`,
  );
  if (!quick) console.log(`target ${TARGET_SECONDS} s: ${took <= TARGET_SECONDS ? 'met' : 'MISSED'}`);
  await app.destroy();
  if (!quick && took > TARGET_SECONDS) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
  rmSync(process.env.CLV_PLUGIN_PATH, { recursive: true, force: true });
}
