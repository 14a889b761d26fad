// How long the attribution of a run takes on SQLite in a thread, stage by stage.
//   node tests/bench/attribution.mjs             100,000 persons, 1,000 items, 5,000,000 touches, about 105,000 orders
//   node tests/bench/attribution.mjs --quick     a twentieth of the persons and touches
//   … --order 2                                  with a Markov chain of that order
//   … --file F                                   keeps the world there, or takes it from there
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';

const { values } = parseArgs({
  options: { quick: { type: 'boolean' }, order: { type: 'string' }, file: { type: 'string' } },
});
const persons = values.quick ? 5_000 : 100_000;
const TARGET_SECONDS = 12;
const root = path.resolve(import.meta.dirname, '../..');

await mkdir(path.join(root, '.cache'), { recursive: true });
const folder = await mkdtemp(path.join(root, '.cache', 'attribution-'));
try {
  const outfile = path.join(folder, 'worker.cjs');
  await build({
    entryPoints: [path.join(root, 'tests/bench/attribution.worker.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'warning',
    external: ['knex', 'better-sqlite3'],
  });
  const workerData = {
    file: values.file ?? path.join(folder, 'world.db'),
    persons,
    contents: 1_000,
    touches: 50 * persons,
    now: Date.UTC(2026, 2, 10),
    order: Number(values.order ?? 1),
  };
  const worker = new Worker(outfile, { workerData });
  const found = await new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  const count = (value) => value.toLocaleString('en');
  const { load, ...stages } = found.stages;
  const sum = (what) => Object.values(stages).reduce((all, took) => all + took[what], 0);
  const total = sum('wall');
  const told = ({ wall, cpu }) => `${wall.toFixed(1)} s (${cpu.toFixed(1)} s of CPU)`;
  console.log(
    `${count(found.orders)} orders, ${count(found.ordersWithContent)} of them with content; ` +
      `${count(found.nulls)} journeys without an order; ${count(found.paths)} different paths of ${count(found.looks)} items`,
  );
  console.log(`what every run reads: ${told(load)}`);
  for (const [stage, took] of Object.entries(stages)) console.log(`  ${stage}: ${told(took)}`);
  console.log(`markov ${JSON.stringify(found.notes.markov)}, shapley ${JSON.stringify(found.notes.shapley)}`);
  console.log(`section of ${count(found.bytes)} bytes; process at ${Math.round(found.heap / 2 ** 20)} MB`);
  console.log(
    `attribution in ${told({ wall: total, cpu: sum('cpu') })}` +
      (values.quick ? '' : `; target ${TARGET_SECONDS} s: ${total <= TARGET_SECONDS ? 'met' : 'MISSED'}`),
  );
  await worker.terminate();
} finally {
  await rm(folder, { recursive: true, force: true });
}
