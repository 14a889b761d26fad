// How long it takes to count who fits rules, to gather the members of a segment, and to follow one person who changed.
//   node tests/bench/segments.mjs [--database sqlite|postgres] [--quick]
// Full: 100,000 persons, 1,000 items, 2,000,000 touches; quick: a twentieth. Both databases unless one is named.
// Exits with 1 when a count takes more than a second (targets are judged in the full world alone).
import { fork } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { startCluster } from '../support/postgres-cluster.mjs';

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, database: { type: 'string' } },
});
const persons = values.quick ? 5_000 : 100_000;
const world = { persons, items: 1_000, touches: persons * 20 };
const MOST_MS = 1_000;

const root = path.resolve(import.meta.dirname, '../..');
await mkdir(path.join(root, '.cache'), { recursive: true });
const folder = await mkdtemp(path.join(root, '.cache', 'segments-'));
let failed = false;

async function bench(name, env) {
  console.log(`\n${name}: ${JSON.stringify(world)}`);
  const child = fork(path.join(folder, 'worker.cjs'), [JSON.stringify(world)], {
    execArgv: [],
    env: { ...process.env, ...env, CLV_BENCH: import.meta.dirname },
  });
  let slowest = 0;
  child.on('message', ({ label, ms, heldMs, note, isCount }) => {
    if (isCount) slowest = Math.max(slowest, ms);
    const [time, held] = [ms, heldMs].map((n) => n.toFixed(0).padStart(6));
    console.log(`  ${label.padEnd(48)} ${time} ms, thread held ${held} ms  ${note}`);
  });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`the bench of ${name} ended with code ${code}`);
  const passes = values.quick || slowest <= MOST_MS;
  failed ||= !passes;
  console.log(`${passes ? 'PASS' : 'FAIL'}  the slowest count took ${slowest.toFixed(0)} ms`);
}

try {
  await build({
    entryPoints: [path.join(root, 'tests/bench/segments.worker.ts')],
    outfile: path.join(folder, 'worker.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    packages: 'external',
    logLevel: 'warning',
  });
  if (values.database !== 'postgres') {
    await bench('SQLite', { DATABASE_CLIENT: 'sqlite', DATABASE_FILENAME: path.join(folder, 'data.db') });
  }
  if (values.database !== 'sqlite') {
    const cluster = await startCluster();
    try {
      await bench('PostgreSQL', await cluster.createDatabase());
    } finally {
      await cluster.stop();
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;
