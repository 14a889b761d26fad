import { Button } from '@strapi/design-system';
import { ArrowsCounterClockwise } from '@strapi/icons';
import { api } from '../../api';
import { JobProgress } from '../../components/JobProgress';
import { Note } from '../../components/Note';
import { isActive } from '../../job';
import { useAllowed } from '../../plugin';
import { useResource } from '../../resource';
import { type Run, useRun } from '../../run';
import { useText } from '../../text';
import { experiments } from './experiments-api';

/**
 * Brings reports up to date on request, and follows a job that is under way already.
 *
 * @param id of one experiment; all that run without it
 */
export function useCompute(reload: () => void, id?: string): Run {
  const text = useText();
  const { data } = useResource('experiments jobs', () => api.jobs('experiments', 1));
  return useRun({
    running: data?.jobs.find(isActive)?.id ?? null,
    begin: () => experiments.compute(id),
    onEnd: reload,
    done: () => text('clv.experiments.computed'),
  });
}

export function ComputeButton({ compute }: { compute: Run }) {
  const text = useText();
  const allowed = useAllowed();
  if (!allowed.experimentsManage) return null;
  return (
    <Button
      variant="secondary"
      startIcon={<ArrowsCounterClockwise />}
      onClick={compute.start}
      disabled={compute.active}
    >
      {text(compute.active ? 'clv.experiments.computing' : 'clv.experiments.compute')}
    </Button>
  );
}

export function ComputeProgress({ compute }: { compute: Run }) {
  const text = useText();
  const allowed = useAllowed();
  if (compute.lost) return <Note tone="warning">{text('clv.job.lost')}</Note>;
  if (!compute.active) return null;
  return (
    <JobProgress
      title={text('clv.experiments.computing.title')}
      job={compute.job}
      mayCancel={allowed.experimentsManage}
    />
  );
}
