import { Flex, LinkButton, Typography } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import type { TriggerList } from '../../../../server/src/activation/triggers/api-types';
import { Card } from '../../components/charts/ChartFrame';
import { ErrorState } from '../../components/ErrorState';
import { Note } from '../../components/Note';
import { PluginPage } from '../../components/PluginPage';
import { CardSkeleton } from '../../components/Skeleton';
import { StarterCards } from '../../components/StarterCards';
import { useAllowed } from '../../plugin';
import { useLast, useResource } from '../../resource';
import { useText } from '../../text';
import { STARTERS } from './kinds';
import { TriggerCard } from './TriggerCard';
import { TRIGGERS, triggers } from './triggers-api';
import { Views } from './Views';

/** The triggers, each with what it is for, what it did of late, and its switch. */
export function ListPage() {
  const text = useText();
  const allowed = useAllowed();
  const { data, error, reload } = useResource('triggers', triggers.list);
  const list = useLast(data);
  const some = list !== undefined && list.triggers.length > 0;
  return (
    <PluginPage
      title={text('clv.nav.triggers')}
      subtitle={text('clv.triggers.subtitle')}
      actions={
        some &&
        allowed.triggersManage && (
          <LinkButton tag={Link} to={`${TRIGGERS}/new`} startIcon={<Plus />}>
            {text('clv.triggers.new')}
          </LinkButton>
        )
      }
    >
      <Views dead={deadIn(list)} />
      {error && !list ? (
        <ErrorState title={text('clv.triggers.failed')} error={error} retry={reload} />
      ) : !list ? (
        <CardSkeleton cards={3} />
      ) : (
        <>
          {!list.valued && <Note tone="info">{text('clv.triggers.not-valued')}</Note>}
          {some ? (
            <List>
              {list.triggers.map((trigger) => (
                <li key={trigger.id}>
                  <TriggerCard trigger={trigger} list={list} onChange={reload} />
                </li>
              ))}
            </List>
          ) : (
            <Empty />
          )}
        </>
      )}
    </PluginPage>
  );
}

/** How many messages were given up on their way to webhooks. */
export const deadIn = (list: TriggerList | undefined): number =>
  list?.endpoints.reduce((sum, { dead }) => sum + dead, 0) ?? 0;

/** What triggers are for, where there is none yet, and three to begin with. */
function Empty() {
  const text = useText();
  const allowed = useAllowed();
  return (
    <Card aria-label={text('clv.triggers.empty.title')}>
      <Flex direction="column" alignItems="flex-start" gap={2} maxWidth="72rem">
        <Typography tag="h3" variant="beta">
          {text('clv.triggers.empty.title')}
        </Typography>
        <Typography textColor="neutral700">{text('clv.triggers.empty')}</Typography>
      </Flex>
      {allowed.triggersManage ? (
        <>
          <StarterCards
            label={text('clv.triggers.starters')}
            starters={STARTERS.map(({ kind, name, what }) => ({
              to: `${TRIGGERS}/new?kind=${kind}`,
              name: text(name),
              what: text(what),
            }))}
          />
          <div>
            <LinkButton tag={Link} to={`${TRIGGERS}/new`} variant="tertiary" startIcon={<Plus />}>
              {text('clv.triggers.new.other')}
            </LinkButton>
          </div>
        </>
      ) : (
        <Typography textColor="neutral600">{text('clv.triggers.empty.ask')}</Typography>
      )}
    </Card>
  );
}

const List = styled.ul`
  display: flex;
  flex-direction: column;
  gap: 1.2rem;
  margin: 0;
  padding: 0;
  list-style: none;
`;
