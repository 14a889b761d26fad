import { parentPort, workerData } from 'node:worker_threads';
import { rankTask } from '../ranking/rank.task';
import { reasonOf } from './errors';
import type { Task, TaskName, WorkerData, WorkerMessage } from './task';
import { openConnection } from './worker-connection';

/** Everything that can run in a thread. */
const tasks: Record<TaskName, Task> = { rank: rankTask };

const post = (message: WorkerMessage) => parentPort!.postMessage(message);

async function main({ task, data, connection }: WorkerData): Promise<void> {
  const knex = openConnection(connection);
  try {
    const result = await tasks[task]({
      knex,
      data,
      progress: (fraction, stage) => post({ type: 'progress', fraction, stage }),
      send: (body) => post({ type: 'message', body }),
    });
    post({ type: 'done', result });
  } catch (error) {
    post({ type: 'failed', reason: reasonOf(error) });
  } finally {
    await knex.destroy();
  }
}

void main(workerData);
