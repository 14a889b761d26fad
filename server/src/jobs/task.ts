import type { Knex } from 'knex';
import type { WorkerConnection } from './worker-connection';

/** What a task gets in its thread. */
export interface TaskContext {
  /** A connection of its own: read the app's tables, write temporary ones, nothing else. */
  knex: Knex;
  data: unknown;
  progress(fraction: number, stage: string): void;
  /**
   * Hands a part of the result to the main thread, which alone writes to the app's tables. Await it where there are many:
   * it is fulfilled when few enough parts wait there, so that they never fill the memory.
   */
  send(body: unknown): Promise<void>;
}

/** Work that a thread does; what it returns must survive structured cloning. */
export type Task = (context: TaskContext) => Promise<unknown>;

/** Names of the task table in `worker.ts`. */
export type TaskName = 'rank' | 'refresh' | 'value' | 'study' | 'experiments';

export interface WorkerData {
  task: TaskName;
  data: unknown;
  connection: WorkerConnection;
}

export type WorkerMessage =
  | { type: 'progress'; fraction: number; stage: string }
  | { type: 'message'; body: unknown }
  | { type: 'done'; result: unknown }
  | { type: 'failed'; reason: string };

/** What the main thread answers: one more part was dealt with. */
export type WorkerAnswer = 'handled';
