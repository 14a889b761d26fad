import { Flex, LinkButton, Typography } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import { Card } from '../../components/charts/ChartFrame';
import { ErrorState } from '../../components/ErrorState';
import { PluginPage } from '../../components/PluginPage';
import { CardSkeleton } from '../../components/Skeleton';
import { PLUGIN_ID, useAllowed } from '../../plugin';
import { useLast, useResource } from '../../resource';
import { useText } from '../../text';
import { ConnectionCard } from './ConnectionCard';
import { crm } from './crm-api';
import { usePoll } from './poll';

const NEW = `/plugins/${PLUGIN_ID}/crm/new`;

/** The connections, each with how it fares. */
export function ListPage() {
  const text = useText();
  const allowed = useAllowed();
  const { data, error, reload } = useResource('crm connections', crm.connections);
  const connections = useLast(data)?.connections;
  const busy = connections?.some(({ streams }) => streams.some(({ jobId }) => jobId !== null)) ?? false;
  usePoll(reload, busy);

  const connect = allowed.crmManage && (
    <LinkButton tag={Link} to={NEW} startIcon={<Plus />}>
      {text('clv.crm.connect')}
    </LinkButton>
  );
  return (
    <PluginPage
      title={text('clv.nav.crm')}
      subtitle={text('clv.crm.subtitle')}
      actions={connections && connections.length > 0 && connect}
    >
      {error ? (
        <ErrorState title={text('clv.crm.failed')} error={error} retry={reload} />
      ) : !connections ? (
        <CardSkeleton cards={2} />
      ) : connections.length === 0 ? (
        <Empty>{connect}</Empty>
      ) : (
        <List>
          {connections.map((connection) => (
            <li key={connection.id}>
              <ConnectionCard connection={connection} />
            </li>
          ))}
        </List>
      )}
    </PluginPage>
  );
}

/** What a connection brings, where there is none yet. */
function Empty({ children }: { children: React.ReactNode }) {
  const text = useText();
  return (
    <Card aria-label={text('clv.crm.empty.title')}>
      <Flex direction="column" alignItems="flex-start" gap={4} maxWidth="72rem">
        <Typography tag="h3" variant="beta">
          {text('clv.crm.empty.title')}
        </Typography>
        <Typography textColor="neutral700">{text('clv.crm.empty')}</Typography>
        {children || <Typography textColor="neutral600">{text('clv.crm.empty.ask')}</Typography>}
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
