import type { Experiment, ExperimentReport } from '../../../../server/src/activation/experiments/api-types';
import { useFormats } from '../../format';
import { useText } from '../../text';

const DAY_MS = 86_400_000;

export const unitsOf = ({ arms }: ExperimentReport) => arms.reduce((sum, { units }) => sum + units, 0);

/** When a fixed horizon ends, once the experiment has begun; null for one that may be looked at any day. */
export const plannedEnd = ({ startedAt, design: { horizon, days } }: Experiment): number | null =>
  horizon === 'fixed' && days !== null && startedAt !== null ? startedAt + days * DAY_MS : null;

/** "since 3 March" of one that runs, "3 March to 2 April" of one that was stopped. */
export function useSince(): (experiment: Experiment) => string | null {
  const text = useText();
  const format = useFormats();
  const day = (at: number) => format.day(at, Intl.DateTimeFormat().resolvedOptions().timeZone);
  return ({ startedAt, endedAt }) => {
    if (startedAt === null) return null;
    if (endedAt === null) return text('clv.experiments.since', { day: day(startedAt) });
    return text('clv.experiments.from-to', { from: day(startedAt), to: day(endedAt) });
  };
}
