import { useNotification } from '@strapi/strapi/admin';
import { useState } from 'react';
import type { Job } from '../../server/src/jobs/api-types';
import type { StartedJob } from './api';
import { useJob } from './job';
import { useAttempt } from './problem';
import { useText } from './text';

export interface Run {
  /** A run is under way, here or started elsewhere. */
  active: boolean;
  /** One was under way, but the server no longer tells of it. */
  lost: boolean;
  job: Job | null;
  start: () => Promise<void>;
}

interface RunOptions<Result> {
  /** The run that the server last said was under way. */
  running: string | null;
  begin: () => Promise<StartedJob>;
  /** Called when a run has ended. */
  onEnd: () => void;
  /** What came of it, in one line. */
  done: (result: Result) => string;
}

/** Starts runs and follows the one under way, whoever started it. */
export function useRun<Result>({ running, begin, onEnd, done }: RunOptions<Result>): Run {
  const text = useText();
  const attempt = useAttempt();
  const { toggleNotification } = useNotification();
  const [started, setStarted] = useState<string | null>(null);
  const [ended, setEnded] = useState<string | null>(null);
  const id = started ?? (running === ended ? null : running);

  const { job, error } = useJob(id, (last) => {
    setEnded(last.id);
    setStarted(null);
    onEnd();
    if (last.status === 'done') {
      toggleNotification({ type: 'success', message: done(last.result as Result) });
    } else if (last.status === 'cancelled') {
      toggleNotification({ type: 'info', message: text('clv.run.cancelled') });
    } else {
      toggleNotification({
        type: 'danger',
        message: text('clv.run.failed', { error: last.error ?? '' }),
      });
    }
  });

  return {
    active: id !== null && error === null,
    lost: error !== null,
    job,
    start: () => attempt(async () => setStarted((await begin()).jobId)),
  };
}
