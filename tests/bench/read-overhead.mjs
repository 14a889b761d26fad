// How much the read hook costs a content read: GET /api/articles/:id with a visitor, hook on against off, in turns.
// node tests/bench/read-overhead.mjs [--quick] [--only sqlite|postgres] [--rounds N]
import { rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { parseArgs } from 'node:util';
import { startCluster } from '../support/postgres-cluster.mjs';
import { connectTo } from './support/database.mjs';
import { check, finish, median } from './support/figures.mjs';
import { countTouches } from './support/prefill.mjs';
import { bundlePlugin, makeApp, startApp } from './support/start-app.mjs';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    rounds: { type: 'string' },
  },
});
/** A round is so many pairs of reads; long enough for what was noted to be stored within it. */
const ROUNDS = Number(values.rounds ?? (values.quick ? 2 : 8));
const PAIRS = values.quick ? 100 : 1_000;
const WARM_UP = values.quick ? 200 : 2_000;
const MOST_PERCENT = 3;

const BROWSER =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36';
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

let reads = 0;

/** Reads an article as the next visitor; returns how long that took, in milliseconds. */
function read(app) {
  reads += 1;
  const documentId = app.documentIds[reads % app.documentIds.length];
  const headers = {
    'user-agent': BROWSER,
    'x-clv-visitor': `visitor-of-bench-${String(reads).padStart(8, '0')}`,
  };
  const start = performance.now();
  return new Promise((resolve, reject) => {
    request(`${app.url}/api/articles/${documentId}`, { agent, headers }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`status ${answer.statusCode}`));
      answer.resume();
      answer.on('end', () => resolve(performance.now() - start));
    })
      .on('error', reject)
      .end();
  });
}

/** Reads from both in turns, each going first as often as the other; returns what each took, by clock and by processor. */
async function round(apps) {
  const wall = [0, 0];
  const before = await Promise.all(apps.map((app) => app.ask('cpu')));
  for (let pair = 0; pair < PAIRS; pair += 1)
    for (const i of pair % 2 ? [0, 1] : [1, 0]) wall[i] += await read(apps[i]);
  const after = await Promise.all(apps.map((app) => app.ask('cpu')));
  return { wall, cpu: after.map((cpu, i) => cpu - before[i]) };
}

async function start(readHook, pluginPath, makeEnv) {
  const folder = await makeApp();
  const env = { ...folder.env, ...(await makeEnv()) };
  const config = { tracking: { readHook, rateLimit: { perVisitor: 1_000_000_000 } } };
  const app = await startApp({ appDir: folder.appDir, pluginPath, env, config });
  for (let i = 0; i < WARM_UP; i += 1) await read(app);
  return { app, env, folder };
}

function judge(what, rounds) {
  const percent = (median(rounds.map(([on, off]) => on / off)) - 1) * 100;
  const [on, off] = [0, 1].map((i) => median(rounds.map((times) => times[i])) / PAIRS);
  check(
    `${what}: ${percent.toFixed(2)} % more with the hook (at most ${MOST_PERCENT} %)`,
    percent <= MOST_PERCENT,
    `${off.toFixed(3)} ms a read without, ${on.toFixed(3)} ms with it`,
  );
}

/** Runs all rounds with one pair of processes; returns their times, the hook's first. */
async function measure(hookFirst, pluginPath, makeEnv) {
  const started = [];
  for (const readHook of hookFirst ? [true, false] : [false, true])
    started.push(await start(readHook, pluginPath, makeEnv));
  const [on, off] = hookFirst ? started : started.reverse();
  const rounds = [];
  for (let i = 0; i < ROUNDS; i += 1) rounds.push(await round([on.app, off.app]));

  await on.app.ask('flush');
  const knex = connectTo(on.env);
  const stored = await countTouches(knex);
  await knex.destroy();
  const expected = WARM_UP + ROUNDS * PAIRS;
  check(`every read was stored once: ${stored} of ${expected}`, stored === expected);
  for (const { app, folder } of started) {
    await app.kill();
    await folder.remove();
  }
  return rounds;
}

async function bench(title, pluginPath, makeEnv) {
  console.log(`\n${title}: 2 × ${ROUNDS} rounds of ${PAIRS} pairs of reads, medians`);
  // One process is never quite as fast as another, so both ways round.
  const rounds = [
    ...(await measure(true, pluginPath, makeEnv)),
    ...(await measure(false, pluginPath, makeEnv)),
  ];
  judge(
    'time',
    rounds.map(({ wall }) => wall),
  );
  judge(
    'processor time, with what is done later',
    rounds.map(({ cpu }) => cpu),
  );
}

const pluginPath = await bundlePlugin();
if (values.only !== 'postgres') await bench('SQLite', pluginPath, async () => ({}));
if (values.only !== 'sqlite') {
  const cluster = await startCluster();
  await bench('PostgreSQL', pluginPath, () => cluster.createDatabase());
  await cluster.stop();
}
await rm(pluginPath, { recursive: true });
finish();
