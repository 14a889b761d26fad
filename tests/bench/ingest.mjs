// How many events a second the collect endpoint stores, against what Strapi does else:
//   (a) collect, 1 event a request      (c) a route of the same Strapi that does nothing
//   (b) collect, 20 events a request    (d) one document created per view through the REST API
// node tests/bench/ingest.mjs [--quick] [--only sqlite|postgres] [--seconds N] [--rounds N]
import { fork } from 'node:child_process';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startCluster } from '../support/postgres-cluster.mjs';
import { connectTo } from './support/database.mjs';
import { check, finish, median, row, verdict } from './support/figures.mjs';
import { countTouches, prefill } from './support/prefill.mjs';
import { bundlePlugin, makeApp, startApp } from './support/start-app.mjs';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    seconds: { type: 'string' },
    rounds: { type: 'string' },
  },
});
const JUDGED = !values.quick;
const SECONDS = Number(values.seconds ?? (values.quick ? 1 : 6));
const ROUNDS = Number(values.rounds ?? (values.quick ? 1 : 3));
const SIZES = values.quick ? [0, 20_000, 40_000] : [0, 1_000_000, 2_000_000];
const CONNECTIONS = 32;
const PER_REQUEST = 20;

const CASES = {
  a: { label: '(a) collect, 1 event a request', kind: 'collect', perRequest: 1, events: 1 },
  b: {
    label: '(b) collect, 20 events a request',
    kind: 'collect',
    perRequest: PER_REQUEST,
    events: PER_REQUEST,
  },
  c: { label: '(c) a route that does nothing', kind: 'nothing', events: 1 },
  d: { label: '(d) one document per view, REST API', kind: 'document', events: 1 },
};
const MOST = 1_000_000_000;
const UNLIMITED = {
  tracking: { rateLimit: { perAddress: MOST, eventsPerAddress: MOST, perVisitor: MOST } },
};

const generator = fork(path.join(import.meta.dirname, 'support/load.mjs'));
const load = (job) =>
  new Promise((resolve) => {
    generator.once('message', resolve);
    generator.send({ connections: CONNECTIONS, ...job });
  });

/** Requests that warm a case up: an amount, not a time, since one that ends by the clock leaves requests behind. */
const WARM_UP = { a: 5_000, b: 2_000, c: 5_000, d: 500 };

/** Runs a case for about so many seconds, to the last answer; checks that what was acknowledged is stored. */
async function measure(app, knex, name) {
  const job = { ...CASES[name], url: app.url, keys: app.keys };
  const warm = await load({ ...job, amount: values.quick ? WARM_UP[name] / 5 : WARM_UP[name] });
  const before = await countTouches(knex);
  const amount = Math.max(CONNECTIONS, Math.round(warm.perSecond * SECONDS));
  const result = await load({ ...job, amount });
  const stored = (await countTouches(knex)) - before;
  const expected = job.kind === 'collect' ? result.acknowledged : 0;
  if (result.failed > 0 || stored !== expected || result.acknowledged !== result.requests * job.events)
    check(`${job.label}: acknowledged = stored`, false, JSON.stringify({ ...result, stored }));
  return { ...result, events: result.perSecond * job.events };
}

const medianOf = (results) =>
  Object.fromEntries(
    ['perSecond', 'events', 'p50', 'p99'].map((key) => [key, median(results.map((r) => r[key]))]),
  );

async function compare(app, knex) {
  const results = { a: [], b: [], c: [], d: [] };
  for (let round = 0; round < ROUNDS; round += 1)
    for (const name of Object.keys(CASES)) results[name].push(await measure(app, knex, name));
  const figures = Object.fromEntries(Object.entries(results).map(([name, all]) => [name, medianOf(all)]));
  for (const [name, { label }] of Object.entries(CASES)) row(label, figures[name]);
  const { a, b, c, d } = figures;
  verdict('(a) against (c)', a.perSecond / c.perSecond, 1.5, JUDGED);
  verdict('(a) against (d)', a.perSecond / d.perSecond, 15, JUDGED);
  verdict('(b) against (d), in events', b.events / d.perSecond, 100, JUDGED);
}

async function grow(boot, env) {
  const figures = [];
  for (const size of SIZES) {
    const knex = connectTo(env);
    if (size > 0) await prefill(knex, size);
    const app = await boot();
    const result = medianOf([
      await measure(app, knex, 'b'),
      await measure(app, knex, 'b'),
      await measure(app, knex, 'b'),
    ]);
    row(`(b) from ${size.toLocaleString('en')} rows on`, result);
    figures.push(result.events);
    await app.kill();
    await knex.destroy();
  }
  const most = SIZES.at(-1).toLocaleString('en');
  verdict(`(b) at ${most} rows against none`, figures.at(-1) / figures[0], 0.8, JUDGED);
}

async function bench(title, pluginPath, makeEnv) {
  for (const [what, run] of [
    [
      'side by side',
      async (boot, env) => {
        const knex = connectTo(env);
        const app = await boot();
        await compare(app, knex);
        await app.kill();
        await knex.destroy();
      },
    ],
    ['as the table grows', grow],
  ]) {
    console.log(`\n${title}, ${what} (${CONNECTIONS} connections, ${ROUNDS} × ${SECONDS} s, medians)`);
    const folder = await makeApp();
    const env = { ...folder.env, ...(await makeEnv()) };
    const boot = () => startApp({ appDir: folder.appDir, pluginPath, env, config: UNLIMITED });
    // The tables have to be there before they can be filled and counted.
    await (await boot()).kill();
    await run(boot, env);
    await folder.remove();
  }
}

const pluginPath = await bundlePlugin();
if (values.only !== 'postgres') await bench('SQLite', pluginPath, async () => ({}));
if (values.only !== 'sqlite') {
  const cluster = await startCluster();
  await bench('PostgreSQL', pluginPath, () => cluster.createDatabase());
  await cluster.stop();
}
generator.disconnect();
await rm(pluginPath, { recursive: true });
finish();
