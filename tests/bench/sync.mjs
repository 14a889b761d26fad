// Keeping a CRM in step when nothing goes well, and how fast it can be done.
//   node tests/bench/sync.mjs [--part chaos|rate|memory] [--quick]
// chaos:  pulls customers and orders and pushes insights through a server that fails 5 % of the requests at random, limits
//         the rate and is killed ten times, while our process is killed five times; compares what is stored, and what the CRM
//         holds in the end, with a calm run, record by record.
// rate:   what share of the requests that a server allows a pull makes use of.
// memory: what a pull of very many records takes beside an idle server: as it comes, and with a heap that is held small.
// Full: 50,000 customers and 200,000 orders, and a million records for the memory; quick: a tenth, and a twentieth.
// Exits with 1 when something is not as it should be.
import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { crmServer } from './support/crm-server.mjs';
import { isBusy } from './support/figures.mjs';
import { bundlePlugin } from './support/start-app.mjs';

const { values } = parseArgs({
  options: { part: { type: 'string' }, quick: { type: 'boolean', default: false } },
});
const { quick } = values;
const CUSTOMERS = quick ? 5_000 : 50_000;
const ORDERS = quick ? 20_000 : 200_000;
const RECORDS = quick ? 50_000 : 1_000_000;
const SERVER_KILLS = 10;
const OWN_KILLS = 5;
const FAILURES = 0.05;
const RATE = 200;
const TARGETS = { rate: 0.9, memory: 200 * 2 ** 20 };

let failed = false;
function judge(passes, text) {
  console.log(`${passes ? 'PASS' : 'FAIL'}  ${text}`);
  failed ||= !passes;
}
const megabytes = (bytes) => `${Math.round(bytes / 2 ** 20)} MB`;
const many = (n) => n.toLocaleString('en');

const folder = mkdtempSync(path.join(tmpdir(), 'clv-sync-'));
const pluginPath = await bundlePlugin();
let files = 0;
const newFile = (ending) => path.join(folder, `${++files}.${ending}`);

/** Our process, on a database file; `ask` has it do something, `kill` ends it as a power failure would. */
async function startNode(database, host, flags = []) {
  const child = fork(path.join(import.meta.dirname, 'support/sync-app.mjs'), {
    execArgv: ['--expose-gc', ...flags],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      ...process.env,
      NODE_ENV: 'test',
      STRAPI_TELEMETRY_DISABLED: 'true',
      GRAPHQL: 'false',
      DATABASE_CLIENT: 'sqlite',
      DATABASE_FILENAME: database,
      CLV_PLUGIN_PATH: pluginPath,
      CLV_CONFIG: JSON.stringify({
        crm: { privateHosts: [host] },
        consent: { mode: 'assumed' },
        identity: { emailKey: 'a key of the bench that both runs share' },
        ranking: { schedule: false, refresh: false },
        prediction: { schedule: false },
      }),
    },
  });
  const waiting = new Map();
  let asked = 0;
  await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`the app ended with code ${code}`)));
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.on('message', ({ id, result, error }) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error) reject(new Error(error));
    else resolve(result);
  });
  exited.then(() => {
    for (const { reject } of waiting.values()) reject(new Error('killed'));
  });
  return {
    ask(call, given) {
      const id = ++asked;
      const answer = new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
      child.send({ id, call, with: given });
      return answer;
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

async function runWell(node, connectionId, stream) {
  const { status, error, result } = await node.ask('run', { connectionId, stream });
  if (status !== 'done') throw new Error(`the stream ${stream} ${status}: ${error}`);
  return result;
}

/** Kills the server at some requests, and brings it back after a while. */
function killServerAt(server, requests) {
  let over = false;
  const killing = (async () => {
    for (const at of requests) {
      while (!over && server.count.requests < at) await sleep(5);
      if (over) return;
      await server.kill();
      await sleep(300 + (at % 700));
      await server.listen();
    }
  })();
  return async () => {
    over = true;
    await killing;
  };
}

/** Runs a stream until it is done, whatever happens; kills our process at some requests. */
async function runThrough(node, server, { start, connectionId, stream, kills }) {
  let current = node;
  let runs = 0;
  for (;;) {
    runs += 1;
    const killAt = kills[0] ?? Number.POSITIVE_INFINITY;
    const run = current.ask('run', { connectionId, stream }).catch((error) => ({ killed: error.message }));
    const killed = (async () => {
      while (server.count.requests < killAt) {
        const end = await Promise.race([run, sleep(10)]);
        if (end) return null;
      }
      kills.shift();
      await current.kill();
      return true;
    })();
    if (await killed) {
      await run;
      current = await start();
      continue;
    }
    const end = await run;
    if (end.status === 'done') return { node: current, runs };
    if (!end.status || runs > 60)
      throw new Error(`the stream ${stream} did not end well: ${JSON.stringify(end)}`);
  }
}

/** Even steps, some of them between `from` and `to`. */
const spread = (from, to, n) =>
  Array.from({ length: n }, (_, i) => Math.round(from + ((i + 1) * (to - from)) / (n + 1)));

async function chaos() {
  console.log(`\nchaos: ${many(CUSTOMERS)} customers, ${many(ORDERS)} orders`);
  const world = { customers: CUSTOMERS, orders: ORDERS };
  const calm = crmServer(world);
  const wild = crmServer({ ...world, rate: RATE, failures: FAILURES, seed: 7 });
  await calm.listen();
  await wild.listen();

  const calmNode = await startNode(newFile('db'), '127.0.0.1');
  const calmId = await calmNode.ask('connect', { url: calm.url, rate: 0 });
  for (const stream of ['customers', 'orders']) await runWell(calmNode, calmId, stream);
  const calmFile = newFile('txt');
  const expected = await calmNode.ask('dump', { file: calmFile });
  await calmNode.kill();

  const from = Date.now();
  const database = newFile('db');
  const start = () => startNode(database, '127.0.0.1');
  let node = await start();
  const connectionId = await connectThrough(node, wild);
  const pages = (CUSTOMERS + ORDERS) / 100;
  const pushes = CUSTOMERS / 100;
  const stop = killServerAt(wild, spread(20, pages + pushes, SERVER_KILLS));
  const kills = { customers: 1, orders: 2, push: OWN_KILLS - 3 };
  const share = { customers: CUSTOMERS / 100, orders: ORDERS / 100, push: pushes };
  const runs = {};
  for (const stream of ['customers', 'orders']) {
    const at = wild.count.requests;
    const plan = spread(at, at + share[stream], kills[stream]);
    ({ node, runs: runs[stream] } = await runThrough(node, wild, {
      start,
      connectionId,
      stream,
      kills: plan,
    }));
  }
  const wildFile = newFile('txt');
  const found = await node.ask('dump', { file: wildFile });
  judge(
    found.hash === expected.hash,
    `pulled: ${tellCounts(found.counts)}; the same as in calm, record by record`,
  );
  if (found.hash !== expected.hash) tellDifference(calmFile, wildFile);

  const { status, error } = await node.ask('value');
  if (status !== 'done') throw new Error(`the values ${status}: ${error}`);
  const at = wild.count.requests;
  const plan = spread(at, at + share.push, kills.push);
  ({ node, runs: runs.push } = await runThrough(node, wild, {
    start,
    connectionId,
    stream: 'push',
    kills: plan,
  }));
  await stop();
  const seconds = (Date.now() - from) / 1000;
  const { waiting, dead, sent } = await node.ask('waiting');
  judge(
    waiting === 0 && dead === 0 && sent === wild.insights.size,
    `pushed: ${many(wild.insights.size)} insights, ${many(sent)} known as sent, ${waiting} waiting, ${dead} given up`,
  );
  const twice = [...wild.insights.values()].filter(({ changes }) => changes !== 1).length;
  judge(
    twice === 0,
    `sent twice with effect: ${twice}; ${many(wild.count.writes - wild.insights.size)} came again without`,
  );

  await node.ask('moveTo', { connectionId, url: calm.url });
  await runWell(node, connectionId, 'push');
  const differing = [...calm.insights].filter(
    ([id, { text }]) => wild.insights.get(id)?.text !== text,
  ).length;
  judge(
    differing === 0 && calm.insights.size === wild.insights.size,
    `the CRM holds what a calm push of the same values gives it: ${differing} of ${many(calm.insights.size)} differ`,
  );
  judge(
    wild.count.kills === SERVER_KILLS,
    `the server was killed ${wild.count.kills} times, failed ${wild.count.failed} and refused ${wild.count.refused} of ${many(wild.count.requests)} requests`,
  );
  console.log(
    `      our process was killed ${OWN_KILLS} times; runs: ${JSON.stringify(runs)}; ${seconds.toFixed(0)} s, some 30 s of them for each lease of a killed process`,
  );
  await node.kill();
  await calm.stop();
  await wild.stop();
}

/** Its first request may be one of those that fail. */
async function connectThrough(node, server) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await node.ask('connect', { url: server.url, rate: RATE });
    } catch (error) {
      if (attempt === 5) throw error;
    }
  }
}

const tellCounts = (counts) =>
  Object.entries(counts)
    .map(([name, n]) => `${many(n)} ${name}`)
    .join(', ');

function tellDifference(one, other) {
  const [calm, wild] = [one, other].map((file) => new Set(readFileSync(file, 'utf8').split('\n')));
  const missing = [...calm].filter((line) => !wild.has(line));
  const surplus = [...wild].filter((line) => !calm.has(line));
  console.log(`      ${missing.length} lines are missing, such as ${missing[0]}`);
  console.log(`      ${surplus.length} lines are too many, such as ${surplus[0]}`);
}

async function rate() {
  const [allowed, windowMs] = [190, 10_000];
  const windows = quick ? 2 : 6;
  console.log(`\nrate: a server that allows ${allowed} requests within ten seconds, 100 records a page`);
  const server = crmServer({ customers: allowed * 100 * windows, orders: 0, rate: allowed, windowMs });
  await server.listen();
  const node = await startNode(newFile('db'), '127.0.0.1');
  const connectionId = await node.ask('connect', { url: server.url, rate: allowed, windowMs });
  await sleep(windowMs);
  const { seen, seconds, requests } = await runWell(node, connectionId, 'customers');
  const possible = allowed * (1 + Math.floor((seconds * 1_000) / windowMs));
  const told = `${many(seen)} records in ${seconds.toFixed(1)} s: ${many(requests)} of the ${many(possible)} requests that could have been made, ${(100 * (requests / possible)).toFixed(1)} % (at least ${100 * TARGETS.rate} %), ${server.count.refused} refused`;
  // How fast requests can be made says nothing of us where other work has the machine.
  if (isBusy()) console.log(`SEEN  ${told}, on a busy machine`);
  else judge(requests / possible >= TARGETS.rate, told);
  await node.kill();
  await server.stop();
}

/** Old objects that the server may keep in the second run of `memory`: some 140 MB are those of an idle Strapi. */
const HEAP_MB = 256;

async function memory() {
  console.log(`\nmemory: ${many(RECORDS)} records, as fast as they come`);
  const free = await memoryOf([]);
  console.log(
    `      ${megabytes(free)} beside idle, of it what the engine has not yet thought worth collecting`,
  );
  const held = await memoryOf([`--max-old-space-size=${HEAP_MB}`]);
  judge(
    held <= TARGETS.memory,
    `${megabytes(held)} beside idle with a heap of ${HEAP_MB} MB (at most ${megabytes(TARGETS.memory)})`,
  );
}

/** Highest memory beside an idle server, of a process with these flags of Node. */
async function memoryOf(flags) {
  const customers = RECORDS / 5;
  const orders = RECORDS - customers;
  const server = crmServer({ customers, orders });
  await server.listen();
  const node = await startNode(newFile('db'), '127.0.0.1', flags);
  const connectionId = await node.ask('connect', { url: server.url, rate: 0 });
  const rest = await node.ask('memory', { rest: true });
  for (const stream of ['customers', 'orders']) {
    const { seen, seconds } = await runWell(node, connectionId, stream);
    console.log(
      `      ${many(seen)} ${stream} in ${seconds.toFixed(1)} s: ${many(Math.round(seen / seconds))} a second`,
    );
  }
  const most = await node.ask('memory', { rest: false });
  await node.kill();
  await server.stop();
  return most - rest;
}

const PARTS = { chaos, rate, memory };
try {
  for (const [name, part] of Object.entries(PARTS)) if (!values.part || values.part === name) await part();
} finally {
  rmSync(folder, { recursive: true, force: true });
  rmSync(pluginPath, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
