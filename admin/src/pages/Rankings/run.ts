import { useNotification } from '@strapi/strapi/admin';
import { useState } from 'react';
import type { Job } from '../../../../server/src/jobs/api-types';
import type { RankResult } from '../../../../server/src/ranking/api-types';
import { api } from '../../api';
import { useFormats } from '../../format';
import { useJob } from '../../job';
import { useAttempt } from '../../problem';
import { useText } from '../../text';

export interface Run {
  /** A run is under way, here or started elsewhere. */
  active: boolean;
  /** One was under way, but the server no longer tells of it. */
  lost: boolean;
  job: Job | null;
  start: () => Promise<void>;
}

/**
 * Starts runs and follows the one under way, whoever started it.
 *
 * @param running the run that the server last said was under way
 * @param onEnd called when a run has ended
 */
export function useRun(running: string | null, onEnd: () => void): Run {
  const text = useText();
  const format = useFormats();
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
      const { items, population, seconds } = last.result as RankResult;
      const message = text('clv.run.done', { items, population, seconds: format.seconds(seconds) });
      toggleNotification({ type: 'success', message });
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
    start: () => attempt(async () => setStarted((await api.run()).jobId)),
  };
}
