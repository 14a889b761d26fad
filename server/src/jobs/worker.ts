import { parentPort, workerData } from 'node:worker_threads';
import { experimentsTask } from '../activation/experiments/report/experiments.task';
import { valueTask } from '../clv/value.task';
import { rankTask } from '../ranking/rank.task';
import { refreshTask } from '../ranking/refresh/refresh.task';
import { studyTask } from '../ranking/study/study.task';
import { reasonOf } from './errors';
import type { Task, TaskName, WorkerData, WorkerMessage } from './task';
import { openConnection } from './worker-connection';

/** Everything that can run in a thread. */
const tasks: Record<TaskName, Task> = {
  rank: rankTask,
  refresh: refreshTask,
  value: valueTask,
  study: studyTask,
  experiments: experimentsTask,
};

/** Parts of a result that may wait in the main thread. */
const MOST_WAITING = 4;

const post = (message: WorkerMessage) => parentPort!.postMessage(message);

let waiting = 0;
let goOn: (() => void)[] = [];
parentPort!.on('message', () => {
  waiting -= 1;
  if (waiting >= MOST_WAITING) return;
  for (const resolve of goOn) resolve();
  goOn = [];
});

function send(body: unknown): Promise<void> {
  post({ type: 'message', body });
  waiting += 1;
  if (waiting < MOST_WAITING) return Promise.resolve();
  return new Promise((resolve) => goOn.push(resolve));
}

async function run({ task, data, connection }: WorkerData): Promise<unknown> {
  const knex = openConnection(connection);
  try {
    return await tasks[task]({
      knex,
      data,
      progress: (fraction, stage) => post({ type: 'progress', fraction, stage }),
      send,
    });
  } finally {
    // Before the last message: after it the thread is ended at once.
    await knex.destroy();
  }
}

run(workerData).then(
  (result) => post({ type: 'done', result }),
  (error) => post({ type: 'failed', reason: reasonOf(error) }),
);
