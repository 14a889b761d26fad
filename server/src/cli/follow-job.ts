import { setTimeout as sleep } from 'node:timers/promises';
import type { Job } from '../jobs/api-types';
import type { JobsService } from '../jobs/service';
import { ProgressBar } from './progress-bar';

const LOOK_MS = 500;

/**
 * Waits for a job of this process, with a progress bar; Ctrl-C cancels it, so that the ledger does not say it runs.
 *
 * @returns the job when it is done
 * @throws an Error that begins with `label` when it failed or was cancelled
 */
export async function followJob(jobs: JobsService, id: string, label: string): Promise<Job> {
  const bar = new ProgressBar(label);
  const cancel = () => void jobs.cancel(id);
  process.once('SIGINT', cancel);
  let over = false;
  const ended = jobs.ended(id).then(() => {
    over = true;
  });
  while (!over) {
    await Promise.race([ended, sleep(LOOK_MS)]);
    bar.update((await jobs.get(id))?.progress ?? 0);
  }
  bar.finish();
  process.off('SIGINT', cancel);
  const job = await jobs.get(id);
  if (job?.status === 'done') return job;
  throw new Error(`${label}: ${job?.error ?? job?.status}`);
}
