import { useEffect, useRef, useState } from 'react';
import type { Job } from '../../server/src/jobs/api-types';
import { api } from './api';

const EVERY_MS = 1000;
/** A server that restarts is away for some seconds; longer than this is an error worth showing. */
const MISSES_ALLOWED = 8;

export const isActive = (job: Job) => job.status === 'queued' || job.status === 'running';

export interface Following {
  job: Job | null;
  /** Set when the job can no longer be asked for. */
  error: Error | null;
}

/**
 * Follows a job, asking about once a second while it runs and never after.
 *
 * @param onEnd called once with the job when it has ended, however it ended
 */
export function useJob(id: string | null, onEnd: (job: Job) => void): Following {
  const [state, setState] = useState<Following>({ job: null, error: null });
  const ended = useRef(onEnd);
  ended.current = onEnd;

  useEffect(() => {
    setState({ job: null, error: null });
    if (id === null) return;
    let timer: number | undefined;
    let gone = false;
    let misses = 0;

    async function ask(jobId: string) {
      try {
        const job = await api.job(jobId);
        if (gone) return;
        misses = 0;
        setState({ job, error: null });
        if (!isActive(job)) return ended.current(job);
      } catch (error) {
        if (gone) return;
        misses += 1;
        if (misses > MISSES_ALLOWED) return setState({ job: null, error: error as Error });
      }
      timer = window.setTimeout(ask, EVERY_MS, jobId);
    }

    void ask(id);
    return () => {
      gone = true;
      window.clearTimeout(timer);
    };
  }, [id]);

  return state;
}
