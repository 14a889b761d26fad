import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '../../..');

/**
 * Bundles a worker of the benches, which answers each message with one, and starts it some times.
 *
 * @param file in tests/bench
 * @returns `all(tasks)`, the answers in the order of the tasks, every worker taking the next as soon as it is free; `stop()`
 */
export async function workerPool(file, workers = 2) {
  await mkdir(path.join(root, '.cache'), { recursive: true });
  const folder = await mkdtemp(path.join(root, '.cache', 'bench-'));
  const outfile = path.join(folder, 'worker.cjs');
  const entryPoints = [path.join(root, 'tests/bench', file)];
  await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'cjs', logLevel: 'warning' });
  const pool = Array.from({ length: workers }, () => new Worker(outfile));

  async function all(tasks) {
    const answers = [];
    let next = 0;
    const work = async (worker) => {
      while (next < tasks.length) {
        const place = next++;
        answers[place] = await answerOf(worker, tasks[place]);
      }
    };
    await Promise.all(pool.map(work));
    return answers;
  }

  async function stop() {
    await Promise.all(pool.map((worker) => worker.terminate()));
    await rm(folder, { recursive: true, force: true });
  }
  return { all, stop };
}

function answerOf(worker, task) {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (answer) => {
      worker.off('error', reject);
      resolve(answer);
    });
    worker.postMessage(task);
  });
}
