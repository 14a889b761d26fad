// How long all key figures take on SQLite in a thread, and what memory they need.
//   node tests/bench/kpis.mjs            100,000 customers, 1,000,000 orders, 1,000,000 touches
//   node tests/bench/kpis.mjs --quick    a twentieth of that
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';

const quick = process.argv.includes('--quick');
const CUSTOMERS = quick ? 5_000 : 100_000;
const root = path.resolve(import.meta.dirname, '../..');

await mkdir(path.join(root, '.cache'), { recursive: true });
const folder = await mkdtemp(path.join(root, '.cache', 'kpis-'));
try {
  const outfile = path.join(folder, 'worker.cjs');
  const entryPoints = [path.join(root, 'tests/bench/kpis.worker.ts')];
  const external = ['knex', 'better-sqlite3'];
  await build({
    entryPoints,
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'warning',
    external,
  });
  const workerData = {
    file: path.join(folder, 'world.db'),
    customers: CUSTOMERS,
    now: Date.UTC(2026, 2, 10),
  };
  const worker = new Worker(outfile, { workerData });
  const { seconds, heap, orders, customers } = await new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  const count = (value) => value.toLocaleString('en');
  console.log(
    `${count(customers)} customers, ${count(orders)} orders: all key figures in ${seconds.toFixed(1)} s`,
  );
  console.log(`heap at most ${(heap / 2 ** 20).toFixed(0)} MB`);
  await worker.terminate();
} finally {
  await rm(folder, { recursive: true, force: true });
}
