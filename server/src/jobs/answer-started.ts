import type { RunStarted } from '../ranking/api-types';
import type { Context } from '../tracking/http';
import type { Job } from './api-types';
import { JobRunning } from './errors';

/** Answers with the job that was started (202), or with the one that runs already (409). */
export async function answerStarted(ctx: Context, started: Promise<Pick<Job, 'id'>>): Promise<void> {
  let jobId: string;
  try {
    ({ id: jobId } = await started);
    ctx.status = 202;
  } catch (error) {
    if (!(error instanceof JobRunning)) throw error;
    ({ jobId } = error);
    ctx.status = 409;
  }
  ctx.body = { jobId } satisfies RunStarted;
}
