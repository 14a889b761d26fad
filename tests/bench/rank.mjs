// What a ranking of many people, items and touches takes: a full run (plain, adjusted, credits and all that screens show),
// a refresh after new touches, what the admin feels of it, and how the cost grows with the data.
//   node tests/bench/rank.mjs [--database sqlite|postgres] [--quick]
// Full: 100,000 persons, 1,000 items, 5,000,000 touches, and three smaller worlds for the growth; quick: a twentieth.
// Both databases unless one is named. Exits with 1 when a figure misses its target.
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startCluster } from '../support/postgres-cluster.mjs';
import { bundlePlugin } from './support/start-app.mjs';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    database: { type: 'string' },
    /** Only the largest world. */
    largest: { type: 'boolean', default: false },
  },
});
const { quick } = values;
const LARGEST = quick ? 5_000 : 100_000;
const SIZES = values.largest ? [1] : quick ? [1 / 2, 1] : [1 / 8, 1 / 4, 1 / 2, 1];
const ITEMS = quick ? 200 : 1_000;
const TOUCHES_EACH = 50;
const NEW_TOUCHES = quick ? 500 : 10_000;
const REFRESHES = quick ? 1 : 3;
const TARGETS = { seconds: 60, memory: 2 ** 30, refresh: 3, panel: 300, exponent: 1.1 };

const megabytes = (bytes) => `${Math.round(bytes / 2 ** 20)} MB`;
let failed = false;
function judge(passes, text) {
  console.log(`${passes ? 'PASS' : 'FAIL'}  ${text}`);
  failed ||= !passes;
}

/** What the clock says is judged of the large worlds alone: small ones run where other programs do. */
function judgeTime(passes, text) {
  if (quick) console.log(`      ${text}`);
  else judge(passes, text);
}

/** Measures one world in a process and a database of its own. */
function measure(env, world) {
  const child = fork(path.join(import.meta.dirname, 'support/rank-app.mjs'), [JSON.stringify(world)], {
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      ...process.env,
      NODE_ENV: 'test',
      STRAPI_TELEMETRY_DISABLED: 'true',
      GRAPHQL: 'false',
      CLV_CONFIG: JSON.stringify({ ranking: { schedule: false } }),
      ...env,
    },
  });
  return new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`the app ended with code ${code}`)));
  });
}

function tellRun({ seconds, cpu, memory, idle, loop }) {
  const late = loop && `, main thread held for ${loop.held.toFixed(0)} ms at most`;
  return (
    `${seconds.toFixed(1)} s (${cpu.toFixed(1)} s of processor), ` +
    `${megabytes(memory)} beside ${megabytes(idle)} idle${late ?? ''}`
  );
}

/** Slope of log cost on log size by least squares: 1 is linear. */
function exponentOf(points) {
  const x = points.map(({ size }) => Math.log(size));
  const y = points.map(({ cost }) => Math.log(cost));
  const mean = (all) => all.reduce((sum, one) => sum + one, 0) / all.length;
  const [mx, my] = [mean(x), mean(y)];
  const sxy = x.reduce((sum, one, i) => sum + (one - mx) * (y[i] - my), 0);
  return sxy / x.reduce((sum, one) => sum + (one - mx) ** 2, 0);
}

async function bench(name, newDatabase, pluginPath) {
  console.log(`\n${name}`);
  const points = [];
  for (const share of SIZES) {
    const persons = Math.round(share * LARGEST);
    const world = { persons, items: ITEMS, touches: persons * TOUCHES_EACH, newTouches: NEW_TOUCHES };
    const largest = share === 1;
    const asked = { ...world, refreshes: largest ? REFRESHES : 0, panels: largest };
    const report = await measure({ ...(await newDatabase()), CLV_PLUGIN_PATH: pluginPath }, asked);
    const { run, orders, exposures, written } = report;
    const load = loadavg()[0].toFixed(1);
    console.log(
      `      ${persons} persons, ${ITEMS} items, ${world.touches} touches, ${orders} orders (load average ${load}):`,
    );
    console.log(`      run: ${tellRun(run)}`);
    points.push({ size: exposures, cost: run.cpu });
    if (largest) tellLargest(report, written);
  }
  if (points.length > 1) tellGrowth(points);
}

function tellLargest({ run, refreshes, again, panels }, written) {
  for (const [table, { rows, bytes }] of Object.entries(written))
    console.log(`      written: ${rows} ${table}, ${megabytes(bytes)}`);
  judgeTime(
    run.seconds <= TARGETS.seconds,
    `run: ${run.seconds.toFixed(1)} s (at most ${TARGETS.seconds} s)`,
  );
  const { memory } = TARGETS;
  judge(run.memory <= memory, `memory: ${megabytes(run.memory)} (at most ${megabytes(memory)})`);
  for (const refresh of refreshes) console.log(`      refresh: ${tellRun(refresh)}`);
  const found = refreshes.every(({ result }) => result.refresh?.touches >= NEW_TOUCHES);
  judge(found, `every refresh found the ${NEW_TOUCHES} new touches`);
  const slowest = Math.max(...refreshes.map(({ seconds }) => seconds));
  judgeTime(slowest <= TARGETS.refresh, `refresh: ${slowest.toFixed(2)} s (at most ${TARGETS.refresh} s)`);
  console.log(`      run while panels are opened: ${tellRun(again)}`);
  for (const { path: panel, p95, answers } of panels)
    judgeTime(p95 <= TARGETS.panel, `p95 ${p95.toFixed(0).padStart(4)} ms of ${answers}: ${panel}`);
}

function tellGrowth(points) {
  const per = points.map(
    ({ size, cost }) => `${((1e6 * cost) / size).toFixed(1)} s at ${(size / 1e6).toFixed(2)} M`,
  );
  console.log(`      processor time per million exposures: ${per.join(', ')}`);
  const exponent = exponentOf(points);
  judge(
    exponent <= TARGETS.exponent,
    `grows as exposures^${exponent.toFixed(2)} (linear: at most ${TARGETS.exponent})`,
  );
}

const folder = mkdtempSync(path.join(tmpdir(), 'clv-bench-'));
const pluginPath = await bundlePlugin();
let cluster;
let files = 0;
try {
  if (values.database !== 'postgres')
    await bench(
      'SQLite',
      () => ({ DATABASE_CLIENT: 'sqlite', DATABASE_FILENAME: path.join(folder, `${++files}.db`) }),
      pluginPath,
    );
  if (values.database !== 'sqlite') {
    cluster = await startCluster();
    await bench('PostgreSQL', () => cluster.createDatabase(), pluginPath);
  }
} finally {
  await cluster?.stop();
  rmSync(folder, { recursive: true, force: true });
  rmSync(pluginPath, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;
