// How long an import of orders takes inside a Strapi on SQLite, what memory it needs, whether readers of the site
// wait for it, and how long the value of every customer takes afterwards.
//   node tests/bench/import.mjs            500,000 orders of 120,000 customers, and the same file again
//   node tests/bench/import.mjs --quick    a hundredth of that
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { bundleForTests } from '../../scripts/bundle.mjs';

const quick = process.argv.includes('--quick');
const ORDERS = quick ? 5_000 : 500_000;
const CUSTOMERS = quick ? 1_200 : 120_000;

const { createStrapi } = createRequire(import.meta.url)('@strapi/strapi');
const root = path.resolve(import.meta.dirname, '../..');

/** A linear congruential generator: the same file at every run. */
let state = 42;
const below = (n) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * n);
};

function* lines() {
  yield 'order_id,customer_id,ordered_at,amount,currency,cost,channel\n';
  for (let n = 0; n < ORDERS; n++) {
    const day = new Date(Date.UTC(2016, 0, 1 + below(3_600))).toISOString().slice(0, 10);
    const cents = 100 + below(90_000);
    yield `o${n},c${below(CUSTOMERS)},${day},${(cents / 100).toFixed(2)},EUR,${(cents / 250).toFixed(2)},mail\n`;
  }
}

const megabytes = (bytes) => `${Math.round(bytes / 2 ** 20)} MB`;
const seconds = (from) => ((performance.now() - from) / 1000).toFixed(1);
const at = (sorted, share) => sorted[Math.floor((sorted.length - 1) * share)].toFixed(0);

async function measure(app, url, file) {
  const imports = app.plugin('clv').service('imports');
  const jobs = app.plugin('clv').service('jobs');
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const waited = [];
  const stages = new Set();
  let peak = 0;
  let over = false;
  const cpu = process.cpuUsage();
  const from = performance.now();
  delay.enable();
  const { id } = await imports.start(
    { kind: 'orders', path: file, file: 'orders.csv', temporary: false },
    'bench',
  );
  void jobs.ended(id).then(() => {
    over = true;
  });
  while (!over) {
    const asked = performance.now();
    await (await fetch(`${url}/api/articles`)).text();
    waited.push(performance.now() - asked);
    peak = Math.max(peak, process.memoryUsage().rss);
    stages.add((await jobs.get(id)).progress);
    await sleep(50);
  }
  delay.disable();
  const took = seconds(from);
  const { user, system } = process.cpuUsage(cpu);
  const { status, result, error } = await jobs.get(id);
  if (status !== 'done') throw new Error(`the import ${status}: ${error}`);
  waited.sort((a, b) => a - b);
  console.log(
    `import: ${took} s (${((user + system) / 1e6).toFixed(1)} s of processor), ${result.created} created, ${result.unchanged} unchanged; ${stages.size} steps of progress seen`,
  );
  console.log(
    `meanwhile GET /api/articles: ${waited.length} answers, ${at(waited, 0.5)} ms (median), ${at(waited, 0.99)} ms (99 %); ` +
      `event loop late by ${(delay.percentile(50) / 1e6).toFixed(1)} ms (median), ${(delay.max / 1e6).toFixed(1)} ms (most); memory ${megabytes(peak)} at the peak`,
  );
}

const folder = mkdtempSync(path.join(tmpdir(), 'clv-bench-'));
const plugin = path.join(root, '.cache', `bench-import-${process.pid}`);
try {
  Object.assign(process.env, {
    NODE_ENV: 'test',
    STRAPI_TELEMETRY_DISABLED: 'true',
    GRAPHQL: 'false',
    DATABASE_CLIENT: 'sqlite',
    DATABASE_FILENAME: path.join(folder, 'bench.db'),
    CLV_PLUGIN_PATH: await bundleForTests(plugin),
    CLV_CONFIG: JSON.stringify({ ranking: { schedule: false } }),
  });
  const values = path.join(plugin, 'person-values.mjs');
  await build({
    entryPoints: [path.join(root, 'server/src/clv/person-values.ts')],
    outfile: values,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
  const { personValues } = await import(pathToFileURL(values).href);

  const appDir = path.join(root, 'playground');
  const app = createStrapi({ appDir, distDir: appDir, serveAdminPanel: false });
  app.log.level = 'error';
  await app.load();
  app.server.mount();
  await new Promise((resolve) => app.server.httpServer.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${app.server.httpServer.address().port}`;

  const file = path.join(folder, 'orders.csv');
  await pipeline(Readable.from(lines()), createWriteStream(file));
  console.log(
    `${ORDERS} orders of ${CUSTOMERS} customers; memory ${megabytes(process.memoryUsage().rss)} before`,
  );
  await measure(app, url, file);
  await measure(app, url, file);

  const from = performance.now();
  let persons = 0;
  const options = { currency: 'EUR', rates: {}, now: Date.now(), value: 'clv' };
  for await (const chunk of personValues(app.db.connection, options)) persons += chunk.length;
  console.log(`values: ${persons} persons in ${seconds(from)} s`);
  await app.destroy();
} finally {
  rmSync(folder, { recursive: true, force: true });
  rmSync(plugin, { recursive: true, force: true });
}
