// How fast the value engine fits and predicts, and whether a server feels it.
//   node tests/bench/fit.mjs            a sample, a full file of orders, one million simulated customers
//   node tests/bench/fit.mjs --quick    a hundredth of the customers
// The first two parts read CDNOW's orders from the folder that CLV_REFERENCE_DATA names.
// Exits with 1 when a figure misses its target, unless other work has the machine.
import { execFile, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { gunzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { bootStrapi } from './support/boot.mjs';
import { tellsHeld, watchEventLoop } from './support/event-loop.mjs';
import { isBusy, load, median } from './support/figures.mjs';
import { bundlePlugin, makeApp } from './support/start-app.mjs';

const quick = process.argv.includes('--quick');
const CUSTOMERS = quick ? 10_000 : 1_000_000;
const TARGET = { sampleMs: 25, fileSeconds: 1.5, manySeconds: 20, peakMb: 1024, lateMs: 20 };
const REQUESTS_PER_SECOND = 40;
const root = path.resolve(import.meta.dirname, '../..');
const cdnow = path.join(process.env.CLV_REFERENCE_DATA ?? '', 'cdnow');

await mkdir(path.join(root, '.cache'), { recursive: true });
const folder = await mkdtemp(path.join(root, '.cache', 'fit-'));
const script = path.join(folder, 'worker.cjs');
await build({
  entryPoints: [path.join(root, 'tests/bench/fit.worker.ts')],
  outfile: script,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  logLevel: 'warning',
});
process.env.CLV_PLUGIN_PATH = await bundlePlugin();

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

let missed = false;
function verdict(text, value, target, unit) {
  const met = value <= target;
  const judged = !isBusy();
  missed ||= judged && !met;
  console.log(
    `  ${met ? 'PASS' : judged ? 'MISS' : 'SEEN'}  ${text}: ${value.toFixed(value < 10 ? 2 : 0)} ${unit} (target ${target} ${unit})`,
  );
}

/** One message of a thread. */
const answerOf = (worker) =>
  new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });

async function sample() {
  const worker = new Worker(script, {
    workerData: { task: 'sample', file: path.join(cdnow, 'orders.csv'), runs: quick ? 20 : 60 },
  });
  const times = await answerOf(worker);
  const warm = times.slice(10);
  console.log(
    `\nCDNOW sample, BG/NBD with standard errors: first ${times[0].toFixed(0)} ms, then the median of ${warm.length}`,
  );
  verdict('warm fit', median(warm), TARGET.sampleMs, 'ms');
}

async function file() {
  const csv = path.join(folder, 'orders.csv');
  const predictions = path.join(folder, 'predictions.csv');
  await writeFile(csv, gunzipSync(await readFile(path.join(cdnow, 'orders-full.csv.gz'))));
  const command = path.join(process.env.CLV_PLUGIN_PATH, 'dist/cli/index.js');
  console.log(
    '\nFull CDNOW, 69,659 orders: from the CSV file to predictions on disk, a process of its own, median of 5',
  );
  for (const [name, more] of [
    ['bg-nbd', []],
    ['bg-nbd', ['--split', '1997-09-30', '--end', '1998-06-30']],
  ]) {
    const times = [];
    for (let run = 0; run < 5; run++) {
      const from = performance.now();
      const args = ['fit', '--orders', csv, '--model', name, ...more, '--predictions', predictions, '--json'];
      await promisify(execFile)(process.execPath, [command, ...args]);
      times.push((performance.now() - from) / 1000);
    }
    verdict(`${name}${more.length > 0 ? ' with a holdout' : ''}`, median(times), TARGET.fileSeconds, 's');
  }
  console.log(`  (${Math.round((await stat(predictions)).size / 1024)} kB of predictions)`);
}

/** Event loop and answers over some time. */
async function watch(requests, work) {
  const summary = () =>
    new Promise((resolve) => {
      requests.once('message', resolve);
      requests.send('summary');
    });
  await summary();
  const stop = watchEventLoop();
  const result = await work();
  const { median, p99, most, held } = stop();
  const answers = await summary();
  const ms = (value) => `${value.toFixed(1)} ms`;
  console.log(
    `    event loop late by ${ms(median)} (median), ${ms(p99)} (99 %), ${ms(most)} (most)` +
      `${tellsHeld ? `, held by this process for ${ms(held)} at most` : ''}; ` +
      `${answers.answers} answers, ${ms(answers.p50)} (median), ${ms(answers.most)} (most), ${answers.failed} failed`,
  );
  return { result, held };
}

async function many() {
  const { appDir, env, remove } = await makeApp();
  Object.assign(process.env, env, {
    NODE_ENV: 'production',
    STRAPI_TELEMETRY_DISABLED: 'true',
    GRAPHQL: 'false',
    DATABASE_CLIENT: 'sqlite',
    CLV_CONFIG: JSON.stringify({ ranking: { schedule: false } }),
  });
  const { app, url } = await bootStrapi(appDir);
  const paths = ['/api/articles?pagination[pageSize]=5', '/api/clv/tracker.js'];
  const requests = fork(path.join(import.meta.dirname, 'support/requests.mjs'), [
    String(REQUESTS_PER_SECOND),
    ...paths.map((name) => url + name),
  ]);
  let peak = 0;
  const watchMemory = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 50);
  try {
    const worker = new Worker(script, { workerData: { task: 'many', customers: CUSTOMERS } });
    await answerOf(worker);
    console.log(
      `\n${CUSTOMERS.toLocaleString('en')} simulated customers, in a thread of a Strapi that answers ${REQUESTS_PER_SECOND} requests a second`,
    );
    // What the server compiles at its first answers, and what its boot left to collect, is not the thread's doing.
    await sleep(quick ? 2000 : 5000);
    collectGarbage();
    console.log('  the server alone:');
    const alone = await watch(requests, () => sleep(quick ? 3000 : 8000));
    console.log('  while the thread computes:');
    const from = performance.now();
    const { result, held } = await watch(requests, () => {
      const answer = answerOf(worker);
      worker.postMessage('go');
      return answer;
    });
    const took = (performance.now() - from) / 1000;
    const steps = result.steps.map(([name, seconds]) => `${name} ${seconds.toFixed(2)} s`).join(', ');
    console.log(`    ${result.orders} orders, ${result.histories} different histories: ${steps}`);
    verdict('from orders to values', took, TARGET.manySeconds, 's');
    verdict('memory of the whole process at its peak', peak / 2 ** 20, TARGET.peakMb, 'MB');
    const text = `event loop held, at the longest (${alone.held.toFixed(1)} ms without the thread)`;
    verdict(text, held, TARGET.lateMs, 'ms');
  } finally {
    clearInterval(watchMemory);
    requests.disconnect();
    await app.destroy();
    await remove();
  }
}

// Other work on the machine shows in every figure.
console.log(`${availableParallelism()} cores, load average ${load().toFixed(1)} before the bench`);
try {
  if (existsSync(cdnow)) {
    await sample();
    await file();
  } else {
    console.log(
      'CLV_REFERENCE_DATA is not set (a folder with cdnow/orders.csv): the parts on CDNOW are skipped',
    );
  }
  await many();
} finally {
  await rm(folder, { recursive: true, force: true });
  await rm(process.env.CLV_PLUGIN_PATH, { recursive: true, force: true });
}
process.exit(missed ? 1 : 0);
