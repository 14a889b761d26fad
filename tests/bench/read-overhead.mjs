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
/** A round is so many reads of the one and of the other app, in blocks that take turns. */
const ROUNDS = Number(values.rounds ?? (values.quick ? 3 : 30));
const READS = values.quick ? 50 : 200;
const WARM_UP = values.quick ? 200 : 2_000;
const MOST_PERCENT = 3;

const BROWSER =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36';
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** One read after the other; returns how long the whole took, in milliseconds. */
async function readAll(app, count) {
  const start = performance.now();
  for (let i = 0; i < count; i += 1) {
    const documentId = app.documentIds[i % app.documentIds.length];
    const headers = {
      'user-agent': BROWSER,
      'x-clv-visitor': `visitor-of-bench-${String(i).padStart(6, '0')}`,
    };
    await new Promise((resolve, reject) => {
      request(`${app.url}/api/articles/${documentId}`, { agent, headers }, (answer) => {
        if (answer.statusCode !== 200) reject(new Error(`status ${answer.statusCode}`));
        answer.resume();
        answer.on('end', resolve);
      })
        .on('error', reject)
        .end();
    });
  }
  return performance.now() - start;
}

async function bench(title, pluginPath, makeEnv) {
  const start = async (readHook) => {
    const folder = await makeApp();
    const env = { ...folder.env, ...(await makeEnv()) };
    const rateLimit = { perVisitor: 1_000_000_000 };
    const app = await startApp({
      appDir: folder.appDir,
      pluginPath,
      env,
      config: { tracking: { readHook, rateLimit } },
    });
    await readAll(app, WARM_UP);
    return { app, env, folder };
  };
  const [on, off] = [await start(true), await start(false)];
  const ratios = [];
  const [timesOn, timesOff] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    // Each goes first as often as the other.
    const order = round % 2 ? [on, off] : [off, on];
    const times = new Map();
    for (const one of order) times.set(one, await readAll(one.app, READS));
    timesOn.push(times.get(on) / READS);
    timesOff.push(times.get(off) / READS);
    ratios.push(times.get(on) / times.get(off));
  }
  await on.app.ask('flush');
  const knex = connectTo(on.env);
  const stored = await countTouches(knex);
  await knex.destroy();
  for (const { app, folder } of [on, off]) {
    await app.kill();
    await folder.remove();
  }

  const percent = (median(ratios) - 1) * 100;
  console.log(`\n${title}: ${ROUNDS} rounds of ${READS} reads each, one after the other`);
  console.log(
    `  hook off: ${median(timesOff).toFixed(3)} ms a read; hook on: ${median(timesOn).toFixed(3)} ms`,
  );
  check(
    `reads are ${percent.toFixed(2)} % slower with the hook (at most ${MOST_PERCENT} %)`,
    percent <= MOST_PERCENT,
  );
  const reads = WARM_UP + ROUNDS * READS;
  check(`every read was stored once: ${stored} of ${reads}`, stored === reads);
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
