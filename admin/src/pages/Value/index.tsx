import { Button } from '@strapi/design-system';
import { ArrowsCounterClockwise } from '@strapi/icons';
import type { ValueResult } from '../../../../server/src/clv/api-types';
import { api } from '../../api';
import { ErrorState } from '../../components/ErrorState';
import { JobProgress } from '../../components/JobProgress';
import { Note } from '../../components/Note';
import { PluginPage } from '../../components/PluginPage';
import { RunSummary } from '../../components/RunSummary';
import { CardSkeleton } from '../../components/Skeleton';
import { useFormats } from '../../format';
import { useAllowed } from '../../plugin';
import { useLast, useResource } from '../../resource';
import { useRun } from '../../run';
import { useText } from '../../text';
import { ReportView } from './ReportView';
import { ValueSetup } from './ValueSetup';

export default function ValuePage() {
  const text = useText();
  const format = useFormats();
  const allowed = useAllowed();
  const { data, error, reload } = useResource('value', api.value);
  const page = useLast(data);
  const fit = useRun<ValueResult>({
    running: page?.running ?? null,
    begin: api.fit,
    onEnd: reload,
    done: ({ customers, prospects, seconds }) =>
      text('clv.fit.done', { customers, prospects, seconds: format.seconds(seconds) }),
  });
  const failed = page?.lastRun?.status === 'failed' && !fit.active ? page.lastRun : null;

  return (
    <PluginPage
      title={text('clv.nav.value')}
      subtitle={
        <RunSummary run={page?.run} otherwise={text(page ? 'clv.fit.never' : 'clv.worth.subtitle')} />
      }
      actions={
        allowed.fit && (
          <Button startIcon={<ArrowsCounterClockwise />} onClick={fit.start} disabled={fit.active}>
            {text(fit.active ? 'clv.fit.running' : 'clv.fit.start')}
          </Button>
        )
      }
    >
      {page?.run?.simulated && <Note tone="info">{text('clv.simulated')}</Note>}
      {fit.active && <JobProgress title={text('clv.fit.title')} job={fit.job} mayCancel={allowed.fit} />}
      {fit.lost && <Note tone="warning">{text('clv.job.lost')}</Note>}
      {failed && (
        <Note tone="danger" title={text(page?.run ? 'clv.fit.last-failed' : 'clv.fit.first-failed')}>
          {failed.error ?? text('clv.run.no-reason')}
        </Note>
      )}
      {page?.run?.problem && (
        <Note tone="warning" title={text('clv.fit.no-prediction')}>
          <span lang="en">{page.run.problem}</span>
        </Note>
      )}
      {error ? (
        <ErrorState title={text('clv.worth.error')} error={error} retry={reload} />
      ) : !page ? (
        <CardSkeleton cards={6} />
      ) : page.run && page.report ? (
        <ReportView run={page.run} report={page.report} />
      ) : (
        !fit.active && <ValueSetup data={page.data} onFit={fit.start} />
      )}
    </PluginPage>
  );
}
