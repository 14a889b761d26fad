import { parentPort, workerData } from 'node:worker_threads';
import { rankTask } from '../ranking/rank.task';
import { reasonOf } from './errors';
import type { Task, TaskName, WorkerData, WorkerMessage } from './task';
import { openConnection } from './worker-connection';

/** Everything that can run in a thread. */
const tasks: Record<TaskName, Task> = { rank: rankTask };

const post = (message: WorkerMessage) => parentPort!.postMessage(message);

async function run({ task, data, connection }: WorkerData): Promise<unknown> {
  const knex = openConnection(connection);
  try {
    return await tasks[task]({
      knex,
      data,
      progress: (fraction, stage) => post({ type: 'progress', fraction, stage }),
      send: (body) => post({ type: 'message', body }),
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
