import { totalmem } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { TaskName, WorkerAnswer, WorkerData, WorkerMessage } from './task';
import type { WorkerConnection } from './worker-connection';

/** Bundled beside the server's entry; see scripts/bundle.mjs. */
const WORKER = path.join(path.dirname(fileURLToPath(import.meta.url)), 'worker.js');

/** A quarter of the machine: a run that needs more fails by itself instead of taking the server with it. */
const MAX_HEAP_MB = Math.min(4096, Math.max(512, Math.floor(totalmem() / 4 / 2 ** 20)));

/** Rows that are read come and go by the million: with more room for the young, the collector looks at them less often. */
const MAX_YOUNG_MB = 96;

export interface WorkerRun {
  task: TaskName;
  data: unknown;
  connection: WorkerConnection;
  /** Ends the thread at once; the promise is then rejected with the signal's reason. */
  signal: AbortSignal;
  onProgress(fraction: number, stage: string): void;
  /** Called for one message after the other, in the order in which the task sent them. */
  onMessage?(message: unknown): void | Promise<void>;
  /** Another script than the plugin's own. */
  script?: string;
  /** What the thread's heap may grow to. */
  maxHeapMb?: number;
}

/**
 * Runs a task in a thread of its own.
 *
 * @returns what the task returned, after every message was handled
 * @throws what the task threw (its message), or why the thread ended early
 */
export async function runInWorker({
  task,
  data,
  connection,
  signal,
  onProgress,
  onMessage,
  script = WORKER,
  maxHeapMb = MAX_HEAP_MB,
}: WorkerRun): Promise<unknown> {
  signal.throwIfAborted();
  const workerData: WorkerData = { task, data, connection };
  const worker = new Worker(script, {
    name: `clv-${task}`,
    workerData,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMb, maxYoungGenerationSizeMb: MAX_YOUNG_MB },
  });
  let handled = Promise.resolve();
  try {
    return await new Promise((resolve, reject) => {
      let finished = false;
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      worker.on('error', reject);
      worker.on('exit', (code) => {
        if (!finished) reject(new Error(`the worker thread ended before its task did (exit code ${code})`));
      });
      worker.on('message', (message: WorkerMessage) => {
        if (message.type === 'progress') onProgress(message.fraction, message.stage);
        else if (message.type === 'failed') reject(new Error(message.reason));
        else if (message.type === 'done') {
          finished = true;
          handled.then(() => resolve(message.result), reject);
        } else {
          handled = handled.then(async () => {
            signal.throwIfAborted();
            await onMessage?.(message.body);
            worker.postMessage('handled' satisfies WorkerAnswer);
          });
          handled.catch(reject);
        }
      });
    });
  } finally {
    await worker.terminate();
    // A handler that is writing is not left behind.
    await Promise.allSettled([handled]);
  }
}
