import { LinkButton, Typography } from '@strapi/design-system';
import { ArrowRight } from '@strapi/icons';
import { Link } from 'react-router-dom';
import type { JourneysPage as Answer } from '../../../../server/src/ranking/journeys/api-types';
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
import { ExportMenu } from './ExportMenu';
import { JourneysView } from './JourneysView';

/** What people read on the way to their first order. */
export default function JourneysPage() {
  const text = useText();
  const { data, error, reload } = useResource('journeys', api.journeys);
  const page = useLast(data);
  const isTold = page?.report && page.report.counts.readers > 0;
  return (
    <PluginPage
      title={text('clv.nav.journeys')}
      subtitle={<Summary page={page} />}
      actions={isTold && <ExportMenu />}
    >
      {page?.run?.simulated && <Note tone="info">{text('clv.simulated')}</Note>}
      {error ? (
        <ErrorState title={text('clv.journeys.error')} error={error} retry={reload} />
      ) : !page ? (
        <CardSkeleton cards={6} />
      ) : page.report && isTold ? (
        <JourneysView report={page.report} contents={page.contents} />
      ) : (
        <NotYet hasRun={page.run !== null} />
      )}
    </PluginPage>
  );
}

function Summary({ page }: { page: Answer | undefined }) {
  const text = useText();
  const format = useFormats();
  if (!page?.run) return text(page ? 'clv.run.never' : 'clv.journeys.subtitle');
  const { createdAt } = page.run;
  return (
    <>
      <time dateTime={new Date(createdAt).toISOString()} title={format.dateTime(createdAt)}>
        {text('clv.run.last', { ago: format.ago(createdAt) })}
      </time>
      {' · '}
      {text('clv.journeys.subtitle')}
    </>
  );
}

/** Before the first run there are no journeys, and after one that found no reader neither. */
function NotYet({ hasRun }: { hasRun: boolean }) {
  const text = useText();
  return (
    <Card>
      <Typography textColor="neutral700">
        {text(hasRun ? 'clv.journeys.nobody' : 'clv.journeys.empty')}
      </Typography>
      <div>
        <LinkButton tag={Link} to={`/plugins/${PLUGIN_ID}`} size="S" endIcon={<ArrowRight />}>
          {text('clv.journeys.empty.go')}
        </LinkButton>
      </div>
    </Card>
  );
}
