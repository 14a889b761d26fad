import { LinkButton, Typography } from '@strapi/design-system';
import { ArrowRight } from '@strapi/icons';
import { Link } from 'react-router-dom';
import type { AdvicePage as Answer } from '../../../../server/src/ranking/advice/api-types';
import { api } from '../../api';
import { Card } from '../../components/charts/ChartFrame';
import { ErrorState } from '../../components/ErrorState';
import { Note } from '../../components/Note';
import { PluginPage } from '../../components/PluginPage';
import { CardSkeleton } from '../../components/Skeleton';
import { useFormats } from '../../format';
import { PLUGIN_ID } from '../../plugin';
import { useLast, useResource } from '../../resource';
import { useText } from '../../text';
import { AdviceView } from './AdviceView';

/** What the rankings mean for whoever plans the next pieces. */
export default function AdvicePage() {
  const text = useText();
  const { data, error, reload } = useResource('advice', api.advice);
  const page = useLast(data);
  return (
    <PluginPage title={text('clv.nav.advice')} subtitle={<Summary page={page} />}>
      {page?.run?.simulated && <Note tone="info">{text('clv.simulated')}</Note>}
      {error ? (
        <ErrorState title={text('clv.advice.error')} error={error} retry={reload} />
      ) : !page ? (
        <CardSkeleton cards={4} />
      ) : page.report ? (
        <AdviceView report={page.report} failedChecks={page.failedChecks} contents={page.contents} />
      ) : (
        <NotYet hasRun={page.run !== null} />
      )}
    </PluginPage>
  );
}

function Summary({ page }: { page: Answer | undefined }) {
  const text = useText();
  const format = useFormats();
  if (!page?.run) return text(page ? 'clv.run.never' : 'clv.advice.subtitle');
  const { createdAt } = page.run;
  return (
    <>
      <time dateTime={new Date(createdAt).toISOString()} title={format.dateTime(createdAt)}>
        {text('clv.run.last', { ago: format.ago(createdAt) })}
      </time>
      {' · '}
      {text('clv.advice.subtitle')}
    </>
  );
}

function NotYet({ hasRun }: { hasRun: boolean }) {
  const text = useText();
  return (
    <Card>
      <Typography textColor="neutral700">{text(hasRun ? 'clv.advice.older' : 'clv.advice.empty')}</Typography>
      <div>
        <LinkButton tag={Link} to={`/plugins/${PLUGIN_ID}`} size="S" endIcon={<ArrowRight />}>
          {text('clv.advice.empty.go')}
        </LinkButton>
      </div>
    </Card>
  );
}
