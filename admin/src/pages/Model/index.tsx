import { LinkButton, Typography } from '@strapi/design-system';
import { ArrowRight } from '@strapi/icons';
import { Link } from 'react-router-dom';
import { api } from '../../api';
import { Card } from '../../components/charts/ChartFrame';
import { ErrorState } from '../../components/ErrorState';
import { Note } from '../../components/Note';
import { PluginPage } from '../../components/PluginPage';
import { RunSummary } from '../../components/RunSummary';
import { CardSkeleton } from '../../components/Skeleton';
import { PLUGIN_ID } from '../../plugin';
import { useLast, useResource } from '../../resource';
import { useText } from '../../text';
import { ModelView } from './ModelView';

export default function ModelPage() {
  const text = useText();
  const { data, error, reload } = useResource('model', api.model);
  const page = useLast(data);
  return (
    <PluginPage
      title={text('clv.nav.model')}
      subtitle={
        <RunSummary run={page?.run} otherwise={text(page ? 'clv.fit.never' : 'clv.model.subtitle')} />
      }
    >
      {page?.run?.simulated && <Note tone="info">{text('clv.simulated')}</Note>}
      {page?.running && <Note tone="info">{text('clv.model.running')}</Note>}
      {error ? (
        <ErrorState title={text('clv.model.error')} error={error} retry={reload} />
      ) : !page ? (
        <CardSkeleton cards={6} />
      ) : page.run && page.report ? (
        <ModelView run={page.run} report={page.report} />
      ) : (
        <Card>
          <Typography textColor="neutral700">{text('clv.model.empty')}</Typography>
          <div>
            <LinkButton tag={Link} to={`/plugins/${PLUGIN_ID}/value`} size="S" endIcon={<ArrowRight />}>
              {text('clv.model.empty.go')}
            </LinkButton>
          </div>
        </Card>
      )}
    </PluginPage>
  );
}
