import { Flex, LinkButton, Typography } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import { Card } from '../../components/charts/ChartFrame';
import { ErrorState } from '../../components/ErrorState';
import { PluginPage } from '../../components/PluginPage';
import { CardSkeleton } from '../../components/Skeleton';
import { useAllowed } from '../../plugin';
import { useLast, useResource } from '../../resource';
import { useText } from '../../text';
import { ComputeButton, ComputeProgress, useCompute } from './Compute';
import { ExperimentCard } from './ExperimentCard';
import { experiments } from './experiments-api';
import { LIST } from './paths';

/** Every experiment with what came of it, those that run first. */
export function ListPage() {
  const text = useText();
  const allowed = useAllowed();
  const { data, error, reload } = useResource('experiments', experiments.list);
  const list = useLast(data)?.experiments;
  const compute = useCompute(reload);
  const any = list !== undefined && list.length > 0;

  const plan = allowed.experimentsManage && (
    <LinkButton tag={Link} to={`${LIST}/new`} startIcon={<Plus />}>
      {text('clv.experiments.new')}
    </LinkButton>
  );
  return (
    <PluginPage
      title={text('clv.nav.experiments')}
      subtitle={text('clv.experiments.subtitle')}
      actions={
        any && (
          <>
            {list.some(({ experiment }) => experiment.state === 'running') && (
              <ComputeButton compute={compute} />
            )}
            {plan}
          </>
        )
      }
    >
      <ComputeProgress compute={compute} />
      {error ? (
        <ErrorState title={text('clv.experiments.failed')} error={error} retry={reload} />
      ) : !list ? (
        <CardSkeleton cards={3} />
      ) : any ? (
        <List>
          {list.map(({ experiment, report }) => (
            <li key={experiment.id}>
              <ExperimentCard experiment={experiment} report={report} />
            </li>
          ))}
        </List>
      ) : (
        <Empty>{plan}</Empty>
      )}
    </PluginPage>
  );
}

/** What an experiment and its holdout are for, where there is none yet. */
function Empty({ children }: { children: ReactNode }) {
  const text = useText();
  return (
    <Card aria-label={text('clv.experiments.empty.title')}>
      <Flex direction="column" alignItems="flex-start" gap={4} maxWidth="72rem">
        <Typography tag="h3" variant="beta">
          {text('clv.experiments.empty.title')}
        </Typography>
        <Typography textColor="neutral700">{text('clv.experiments.empty')}</Typography>
        {children || <Typography textColor="neutral600">{text('clv.experiments.empty.ask')}</Typography>}
      </Flex>
    </Card>
  );
}

const List = styled.ul`
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(42rem, 100%), 1fr));
  gap: 1.6rem;
  margin: 0;
  padding: 0;
  list-style: none;

  li,
  li > * {
    min-width: 0;
    height: 100%;
  }
`;
