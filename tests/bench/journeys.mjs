// How long it takes to follow everyone from the first item to the first order, in one thread.
//   node tests/bench/journeys.mjs            100,000 persons, 1,000 items, about 5,000,000 exposures
//   node tests/bench/journeys.mjs --quick    a twentieth of that
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';

const quick = process.argv.includes('--quick');
const sizes = quick ? [1 / 40, 1 / 20] : [1 / 4, 1 / 2, 1];
const root = path.resolve(import.meta.dirname, '../..');

await mkdir(path.join(root, '.cache'), { recursive: true });
const folder = await mkdtemp(path.join(root, '.cache', 'journeys-'));
try {
  const outfile = path.join(folder, 'worker.cjs');
  const entryPoints = [path.join(root, 'tests/bench/journeys.worker.ts')];
  await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'cjs', logLevel: 'warning' });
  const count = (value) => value.toLocaleString('en');
  for (const size of sizes) {
    const workerData = { persons: 100_000 * size, items: 1000, exposures: 5_000_000 * size };
    const worker = new Worker(outfile, { workerData });
    const { seconds, processor, made, told } = await new Promise((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    await worker.terminate();
    console.log(
      `${count(workerData.persons)} persons, ${count(made)} exposures: journeys of ${count(told)} items in ${seconds.toFixed(2)} s, ${processor.toFixed(2)} s of them on the processor`,
    );
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
