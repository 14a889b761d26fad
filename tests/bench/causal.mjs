// Does the doubly robust estimate of one item find the truth, and how long does it take?
//   node tests/bench/causal.mjs            1,000 worlds of each kind, some minutes on one core
//   node tests/bench/causal.mjs --quick    100 worlds of each
// Exits with 1 when a coverage of the estimate by overlap misses its target.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';

const quick = process.argv.includes('--quick');
const WORLDS = quick ? 100 : 1000;
/** What 95 % intervals may cover: two points off, and what so few worlds may show by chance. */
const [LOW, HIGH] = quick ? [0.88, 1] : [0.92, 0.98];
const KINDS = [
  { shape: 'plain', persons: 300, base: -1 },
  { shape: 'plain', persons: 1000, base: -1 },
  { shape: 'plain', persons: 1000, base: -3 },
  { shape: 'plain', persons: 3000, base: -4.5 },
  { shape: 'curved', persons: 1000, base: -1 },
  { shape: 'curved', persons: 4000, base: -3 },
  { shape: 'steep', persons: 1000, base: -1 },
  { shape: 'uneven', persons: 1000, base: -1 },
  { shape: 'money', persons: 1000, base: -1 },
  { shape: 'money', persons: 1000, base: -3 },
];
const root = path.resolve(import.meta.dirname, '../..');

await mkdir(path.join(root, '.cache'), { recursive: true });
const folder = await mkdtemp(path.join(root, '.cache', 'causal-'));
const outfile = path.join(folder, 'worker.cjs');
const entryPoints = [path.join(root, 'tests/bench/causal.worker.ts')];
await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'cjs', logLevel: 'warning' });
const worker = new Worker(outfile);

function estimate(task) {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.postMessage(task);
  }).finally(() => worker.removeAllListeners('error'));
}

const mean = (values) => values.reduce((total, value) => total + value, 0) / values.length;
let failed = false;

async function coverage(kind, target) {
  const found = [];
  for (let seed = 1; seed <= WORLDS; seed++) found.push(await estimate({ ...kind, seed, target }));
  const made = found.filter(({ refused }) => !refused);
  const covered = mean(made.map(({ low, high, truth }) => (low <= truth && truth <= high ? 1 : 0)));
  const errors = made.map(({ estimate: value, truth }) => value - truth);
  const plain = mean(made.map((world) => world.plain - world.truth));
  const passes = target === 'everyone' || (covered >= LOW && covered <= HIGH);
  const reach = mean(made.map(({ exposed, n }) => exposed / n));
  console.log(
    `${target === 'everyone' ? '    ' : passes ? 'PASS' : 'FAIL'}  ${kind.shape}, ${kind.persons} persons, ${(100 * reach).toFixed(1)} % exposed, ${target}: ` +
      `covers ${(100 * covered).toFixed(1)} %, mean error ${mean(errors).toFixed(4)} (plain difference ${plain.toFixed(3)}), ` +
      `root mean square ${Math.sqrt(mean(errors.map((e) => e * e))).toFixed(4)}, standard error ${mean(made.map(({ standardError }) => standardError)).toFixed(4)}, ` +
      `refused ${found.length - made.length}`,
  );
  failed ||= !passes;
}

try {
  for (const kind of KINDS) await coverage(kind, 'overlap');
  for (const kind of KINDS.slice(1, 3)) await coverage(kind, 'everyone');
  for (const persons of [10_000, 30_000, 100_000]) {
    const task = { seed: 1, persons, covariates: 8, base: -2, target: 'overlap' };
    const times = [];
    for (let run = 0; run < 3; run++) times.push((await estimate(task)).ms);
    console.log(
      `      ${persons} persons × 8 covariates: ${times.map((ms) => ms.toFixed(0)).join(', ')} ms on one core`,
    );
  }
} finally {
  await worker.terminate();
  await rm(folder, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;
