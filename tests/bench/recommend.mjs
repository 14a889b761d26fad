// What a recommendation takes among many people and items, beside normal content traffic, and what `?clv=recommended` adds to
// a request for a collection.
//   node tests/bench/recommend.mjs [--database sqlite|postgres] [--quick] [--seconds N]
// Full: 100,000 persons × 1,000 items, each person with 10 reads. Exits with 1 when a figure misses its target; quick runs and
// busy machines are told, not judged.
import { execFileSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startCluster } from '../support/postgres-cluster.mjs';
import { check, finish, isBusy, load } from './support/figures.mjs';
import { bundlePlugin, makeApp, startApp } from './support/start-app.mjs';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    database: { type: 'string', default: 'sqlite' },
    seconds: { type: 'string' },
  },
});
const { quick } = values;
const PERSONS = quick ? 5_000 : 100_000;
const ITEMS = 1_000;
const READS = 10;
const PER_SECOND = 200;
/** Articles that are read meanwhile. */
const BESIDE = 50;
const SECONDS = Number(values.seconds ?? (quick ? 3 : 20));
const PAIRS = quick ? 100 : 2_000;
const TARGETS = { recommendation: 10, collection: 5 };
const MOST = 1_000_000_000;
const CONFIG = {
  ranking: { schedule: false, refresh: false },
  prediction: { schedule: false },
  tracking: { rateLimit: { perAddress: MOST, eventsPerAddress: MOST, perVisitor: MOST } },
};
const BROWSER =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36';
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
const told = (times) => {
  const sorted = [...times].sort((a, b) => a - b);
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => quantile(sorted, share));
  return { p50, p95, p99, text: `p50 ${p50.toFixed(2)}  p95 ${p95.toFixed(2)}  p99 ${p99.toFixed(2)} ms` };
};

function judge(passes, text) {
  const words = `${text} (load average ${load().toFixed(1)} of ${availableParallelism()} cores)`;
  if (quick || isBusy()) console.log(`  SEEN  ${words}`);
  else check(words, passes);
}

const visitor = () => `visitor-of-bench-${String(Math.floor(Math.random() * PERSONS)).padStart(8, '0')}`;

/** @returns milliseconds since `since`, which may be before the request could be sent */
function get(url, headers = {}, since = performance.now()) {
  return new Promise((resolve, reject) => {
    request(url, { agent, headers: { 'user-agent': BROWSER, ...headers } }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`${url} answered ${answer.statusCode}`));
      answer.resume();
      answer.on('end', () => resolve(performance.now() - since));
    })
      .on('error', reject)
      .end();
  });
}

/** Sends at a steady rate, whether answers come or not; times count from when a request was due. */
async function steadily(perSecond, seconds, send) {
  const begin = performance.now();
  const sent = [];
  while (sent.length < perSecond * seconds) {
    const due = begin + (sent.length * 1000) / perSecond;
    const wait = due - performance.now();
    if (wait > 0) await sleep(wait);
    else sent.push(send(due));
  }
  return Promise.all(sent);
}

async function serve(app) {
  const recommend = (due) =>
    get(`${app.url}/api/clv/recommendations?limit=5`, { 'x-clv-visitor': visitor() }, due);
  const read = (due) => {
    const documentId = app.documentIds[Math.floor(Math.random() * app.documentIds.length)];
    return get(`${app.url}/api/articles/${documentId}`, {}, due);
  };
  await steadily(PER_SECOND / 2, 2, recommend);
  const alone = await app.ask('cpu');
  await steadily(BESIDE, SECONDS / 2, read);
  const reading = ((await app.ask('cpu')) - alone) * 2;
  const before = await app.ask('cpu');
  const [times, reads] = await Promise.all([
    steadily(PER_SECOND, SECONDS, recommend),
    steadily(BESIDE, SECONDS, read),
  ]);
  const cpu = ((await app.ask('cpu')) - before - reading) / times.length;
  const { text, p99 } = told(times);
  console.log(`      beside ${BESIDE} reads of articles/s: ${told(reads).text}`);
  console.log(`      ${cpu.toFixed(2)} ms of processor each`);
  judge(
    p99 <= TARGETS.recommendation,
    `${PER_SECOND} recommendations/s of random persons: ${text} (p99 at most ${TARGETS.recommendation} ms)`,
  );
}

/** The same collection with and without, in turns, each going first as often as the other. */
async function order(app, what, query) {
  const url = `${app.url}/api/articles?${query}`;
  const urls = [url, `${url}&clv=recommended`];
  const times = [[], []];
  const cpu = [0, 0];
  for (let pair = -20; pair < PAIRS; pair++) {
    for (const i of pair % 2 ? [0, 1] : [1, 0]) {
      const took = await get(urls[i], { 'x-clv-visitor': visitor() });
      if (pair >= 0) times[i].push(took);
    }
  }
  for (const i of [0, 1, 1, 0]) {
    const before = await app.ask('cpu');
    for (let n = 0; n < PAIRS / 5; n++) await get(urls[i], { 'x-clv-visitor': visitor() });
    cpu[i] += ((await app.ask('cpu')) - before) / (PAIRS / 5) / 2;
  }
  const [without, with_] = times.map(told);
  console.log(`      ${what}: without ${without.text}; with ${with_.text}`);
  const more = with_.p99 - without.p99;
  judge(
    more <= TARGETS.collection,
    `${what}: adds ${(with_.p50 - without.p50).toFixed(2)} ms at p50, ${more.toFixed(2)} ms at p99 (at most ${TARGETS.collection}), ${(cpu[1] - cpu[0]).toFixed(2)} ms of processor`,
  );
}

const seed = (env, what) =>
  execFileSync(
    process.execPath,
    [path.join(import.meta.dirname, 'support/recommend-world.mjs'), JSON.stringify(what)],
    { env: { ...process.env, ...env }, stdio: 'inherit' },
  );

const pluginPath = await bundlePlugin();
const cluster = values.database === 'postgres' ? await startCluster() : null;
const folder = await makeApp();
const env = { ...folder.env, ...(await cluster?.createDatabase()) };
const boot = () => startApp({ appDir: folder.appDir, pluginPath, env, config: CONFIG });
try {
  await (await boot()).kill();
  seed(env, { part: 'articles', items: ITEMS });
  // The app takes note of its articles while it boots.
  await (await boot()).kill();
  seed(env, { part: 'people', persons: PERSONS, reads: READS });
  const app = await boot();
  const error = await app.ask('rank');
  if (error) throw new Error(`the ranking failed: ${error}`);
  console.log(`${values.database}: ${PERSONS} persons, ${ITEMS} items, ${PERSONS * READS} touches`);
  await serve(app);
  await order(app, 'first page of 25', 'pagination[pageSize]=25');
  await order(app, 'page 4 of 25', 'pagination[page]=4&pagination[pageSize]=25');
  await order(app, 'filtered to 25 of 1,000', 'filters[author][$eq]=Author 7');
  await order(
    app,
    'filtered to half',
    'filters[topic][$in][0]=care&filters[topic][$in][1]=law&filters[topic][$in][2]=costs&filters[topic][$in][3]=design',
  );
  await app.kill();
} finally {
  await cluster?.stop();
  await folder.remove();
  await rm(pluginPath, { recursive: true });
}
finish();
