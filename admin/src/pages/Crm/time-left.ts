import { useRef } from 'react';

export interface Sample {
  at: number;
  done: number;
}

/** Long enough that one slow page does not decide, short enough to follow a change of pace. */
const WINDOW_MS = 60_000;
/** Before that, an estimate would be a guess. */
const LEAST_MS = 3_000;

/** Seconds until `total` at the pace of the samples, the oldest first; null while it cannot be told. */
export function secondsLeft(samples: readonly Sample[], total: number | null): number | null {
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last || total === null || last.at - first.at < LEAST_MS) return null;
  const pace = (last.done - first.done) / ((last.at - first.at) / 1000);
  return pace > 0 ? Math.max(0, total - last.done) / pace : null;
}

/** The samples with one more: older than the window they go, and a count that falls begins anew. */
export function withSample(samples: readonly Sample[], sample: Sample): Sample[] {
  const last = samples.at(-1);
  if (last && sample.done < last.done) return [sample];
  return [...samples.filter(({ at }) => sample.at - at <= WINDOW_MS), sample];
}

/** Follows a count as the screen is told it, and estimates when it will be complete. */
export function useSecondsLeft(done: number, total: number | null): number | null {
  const samples = useRef<Sample[]>([]);
  if (samples.current.at(-1)?.done !== done) {
    samples.current = withSample(samples.current, { at: Date.now(), done });
  }
  return secondsLeft(samples.current, total);
}
