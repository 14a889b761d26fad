import { Button, Flex, Typography } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { useState } from 'react';
import { styled } from 'styled-components';
import type { EndpointMade } from '../../../../../server/src/activation/triggers/api-types';
import { Card } from '../../../components/charts/ChartFrame';
import { ErrorState } from '../../../components/ErrorState';
import { PluginPage } from '../../../components/PluginPage';
import { CardSkeleton } from '../../../components/Skeleton';
import { useAllowed } from '../../../plugin';
import { useLast, useResource } from '../../../resource';
import { useText } from '../../../text';
import { deadIn } from '../ListPage';
import { triggers } from '../triggers-api';
import { Views } from '../Views';
import { EndpointCard } from './EndpointCard';
import { EndpointForm } from './EndpointForm';
import { SecretDialog } from './SecretDialog';

/** The programs that take messages. */
export function WebhooksPage() {
  const text = useText();
  const allowed = useAllowed();
  const { data, error, reload } = useResource('triggers', triggers.list);
  const list = useLast(data);
  const [adding, setAdding] = useState(false);
  /** Its secret is to be shown, this once. */
  const [made, setMade] = useState<EndpointMade | null>(null);

  function show(next: EndpointMade) {
    setAdding(false);
    setMade(next);
    reload();
  }
  const add = (
    <Button startIcon={<Plus />} onClick={() => setAdding(true)}>
      {text('clv.triggers.endpoint.add')}
    </Button>
  );
  return (
    <PluginPage
      title={text('clv.triggers.webhooks')}
      subtitle={text('clv.triggers.webhooks.what')}
      actions={allowed.triggersManage && list && list.endpoints.length > 0 && add}
    >
      <Views dead={deadIn(list)} />
      {error && !list ? (
        <ErrorState title={text('clv.triggers.webhooks.failed')} error={error} retry={reload} />
      ) : !list ? (
        <CardSkeleton cards={2} />
      ) : list.endpoints.length === 0 ? (
        <Card aria-label={text('clv.triggers.webhooks.empty.title')}>
          <Flex direction="column" alignItems="flex-start" gap={4} maxWidth="72rem">
            <Typography tag="h3" variant="beta">
              {text('clv.triggers.webhooks.empty.title')}
            </Typography>
            <Typography textColor="neutral700">{text('clv.triggers.webhooks.empty')}</Typography>
            {allowed.triggersManage && add}
          </Flex>
        </Card>
      ) : (
        <List>
          {list.endpoints.map((endpoint) => (
            <li key={endpoint.id}>
              <EndpointCard endpoint={endpoint} onChange={reload} onSecret={show} />
            </li>
          ))}
        </List>
      )}
      {adding && <EndpointForm onClose={() => setAdding(false)} onMade={show} onSaved={reload} />}
      {made && <SecretDialog made={made} onClose={() => setMade(null)} />}
    </PluginPage>
  );
}

const List = styled.ul`
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(46rem, 100%), 1fr));
  gap: 1.6rem;
  margin: 0;
  padding: 0;
  list-style: none;

  align-items: start;

  li,
  li > * {
    min-width: 0;
  }
`;
