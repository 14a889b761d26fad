import { Box, Typography } from '@strapi/design-system';
import { useEffect } from 'react';
import type { StartChecklist } from '../../../server/src/activation/start/api-types';
import type { ValueResult } from '../../../server/src/clv/api-types';
import { api, get } from '../api';
import { ErrorState } from '../components/ErrorState';
import { JobProgress } from '../components/JobProgress';
import { TableSkeleton } from '../components/Skeleton';
import { Steps } from '../components/Steps';
import { useEvery } from '../every';
import { useFormats } from '../format';
import { useAllowed } from '../plugin';
import { useLast, useResource } from '../resource';
import { type Run, useRun } from '../run';
import { useText } from '../text';
import { useSteps } from './steps';

/** Often enough to see the first read arrive. */
const EVERY_MS = 5_000;

const ask = () => get<StartChecklist>('/start');

interface ChecklistProps {
  /** Computes the ranking. */
  rank: Pick<Run, 'start' | 'active'>;
  /** Called once there is a ranking, whoever computed it. */
  onRanked?: () => void;
}

/** The way from nothing to the first ranking: what is there already, and the one thing to do next. */
export default function Checklist({ rank, onRanked }: ChecklistProps) {
  const text = useText();
  const format = useFormats();
  const allowed = useAllowed();
  const { data, error, reload } = useResource('start', ask);
  const checklist = useLast(data);
  useEvery(EVERY_MS, reload);
  const fit = useRun<ValueResult>({
    running: checklist?.running.value ?? null,
    begin: api.fit,
    onEnd: reload,
    done: ({ customers, prospects, seconds }) =>
      text('clv.fit.done', { customers, prospects, seconds: format.seconds(seconds) }),
  });
  const steps = useSteps(checklist?.steps ?? [], { rank, fit });
  const isRanked = checklist?.steps.some(({ key, done }) => key === 'ranking' && done) ?? false;
  // biome-ignore lint/correctness/useExhaustiveDependencies: told when it becomes so, not when the listener changes
  useEffect(() => {
    if (isRanked) onRanked?.();
  }, [isRanked]);

  if (error && !checklist)
    return <ErrorState title={text('clv.start.failed')} error={error} retry={reload} />;
  if (!checklist) return <TableSkeleton rows={6} />;
  const needed = checklist.steps.filter(({ optional }) => !optional);
  const done = needed.filter((step) => step.done).length;
  return (
    <>
      {fit.active && <JobProgress title={text('clv.fit.title')} job={fit.job} mayCancel={allowed.fit} />}
      <Box background="neutral0" shadow="tableShadow" hasRadius padding={{ initial: 4, medium: 8 }}>
        <Typography variant="beta" tag="h2">
          {text('clv.setup.title')}
        </Typography>
        <Box paddingTop={1} paddingBottom={6} maxWidth="64rem">
          <Typography tag="p" textColor="neutral600">
            {text('clv.setup.intro')}
          </Typography>
          <Typography tag="p" textColor="neutral800" fontWeight="bold" paddingTop={2} role="status">
            {text(done === needed.length ? 'clv.start.all-done' : 'clv.start.done', {
              done,
              of: needed.length,
            })}
          </Typography>
        </Box>
        <Steps steps={steps} />
      </Box>
    </>
  );
}
