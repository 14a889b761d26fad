import { useEffect, useState } from 'react';
import type { SampleSize, SampleSizeInput } from '../../../../../server/src/activation/experiments/api-types';
import { experiments } from '../experiments-api';

/** Typing has come to rest. */
const REST_MS = 350;

export interface SampleSizeAnswer {
  size: SampleSize | null;
  error: unknown;
  loading: boolean;
}

/** How many units an experiment needs; asked anew when the plan changes, the last answer stands until then. */
export function useSampleSize(input: SampleSizeInput | null): SampleSizeAnswer {
  const [answer, setAnswer] = useState<SampleSizeAnswer>({ size: null, error: null, loading: true });
  const key = input && JSON.stringify(input);
  useEffect(() => {
    if (key === null) return;
    let gone = false;
    const timer = window.setTimeout(async () => {
      setAnswer(({ size }) => ({ size, error: null, loading: true }));
      try {
        const size = await experiments.sampleSize(JSON.parse(key));
        if (!gone) setAnswer({ size, error: null, loading: false });
      } catch (error) {
        if (!gone) setAnswer({ size: null, error, loading: false });
      }
    }, REST_MS);
    return () => {
      gone = true;
      window.clearTimeout(timer);
    };
  }, [key]);
  return answer;
}
