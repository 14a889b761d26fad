import { Button, Flex, Typography } from '@strapi/design-system';
import { useState } from 'react';
import { styled } from 'styled-components';
import type { Endpoint, EndpointMade } from '../../../../../server/src/activation/triggers/api-types';
import { Card } from '../../../components/charts/ChartFrame';
import { Note } from '../../../components/Note';
import { useFormats } from '../../../format';
import { useAllowed } from '../../../plugin';
import { useAttempt } from '../../../problem';
import { useText } from '../../../text';
import { ConfirmButton } from '../../Crm/connection/ConfirmButton';
import { OnOff } from '../OnOff';
import { triggers } from '../triggers-api';
import { DeadNote } from './DeadNote';
import { EndpointForm } from './EndpointForm';
import { TestButton } from './TestButton';

interface EndpointCardProps {
  endpoint: Endpoint;
  onChange: () => void;
  /** A new secret was made: it is shown once. */
  onSecret: (made: EndpointMade) => void;
}

/** One program that takes messages: how it fares, and what can be done with it. */
export function EndpointCard({ endpoint, onChange, onSecret }: EndpointCardProps) {
  const text = useText();
  const allowed = useAllowed();
  const attempt = useAttempt();
  const [editing, setEditing] = useState(false);
  const { id, name, url, enabled } = endpoint;

  const turn = (on: boolean) =>
    attempt(async () => {
      await triggers.changeEndpoint(id, { name, url, enabled: on });
      onChange();
    });
  const remove = () =>
    attempt(async () => {
      await triggers.removeEndpoint(id);
      onChange();
    });
  const rotate = () => attempt(async () => onSecret(await triggers.rotateSecret(id)));

  return (
    <Card aria-label={name}>
      <Flex justifyContent="space-between" alignItems="flex-start" gap={4}>
        <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
          <Typography tag="h3" variant="delta">
            <bdi>{name}</bdi>
          </Typography>
          <Typography tag="p" variant="pi" textColor="neutral600">
            {url}
          </Typography>
        </div>
        <OnOff label={name} on={enabled} disabled={!allowed.triggersManage} onChange={turn} />
      </Flex>
      <State endpoint={endpoint} />
      {endpoint.dead > 0 && <DeadNote endpoint={endpoint} onChange={onChange} />}
      {allowed.triggersManage && (
        <Actions>
          <TestButton endpoint={endpoint} />
          <Flex gap={2} wrap="wrap">
            <Button size="S" variant="tertiary" onClick={() => setEditing(true)}>
              {text('clv.segments.change')}
            </Button>
            <ConfirmButton
              size="S"
              variant="tertiary"
              label={text('clv.triggers.rotate')}
              title={text('clv.triggers.rotate.title', { name })}
              onConfirm={rotate}
            >
              {text('clv.triggers.rotate.what')}
            </ConfirmButton>
            <ConfirmButton
              size="S"
              variant="danger-light"
              danger
              label={text('clv.triggers.endpoint.delete')}
              title={text('clv.triggers.endpoint.delete.title', { name })}
              onConfirm={remove}
            >
              {text('clv.triggers.endpoint.delete.what')}
            </ConfirmButton>
          </Flex>
        </Actions>
      )}
      {editing && <EndpointForm endpoint={endpoint} onClose={() => setEditing(false)} onSaved={onChange} />}
    </Card>
  );
}

/** Whether messages get through, and if not since when and why. */
function State({ endpoint: { enabled, waiting, restsUntil, lastError } }: { endpoint: Endpoint }) {
  const text = useText();
  const format = useFormats();
  if (!enabled)
    return (
      <Typography textColor="neutral700">{text('clv.triggers.endpoint.is-off', { n: waiting })}</Typography>
    );
  if (restsUntil !== null && restsUntil > Date.now())
    return (
      <Note tone="warning" title={text('clv.triggers.endpoint.rests', { ago: format.ago(restsUntil) })}>
        <span style={{ overflowWrap: 'anywhere' }}>
          {text('clv.triggers.endpoint.rests.what', { n: waiting })} {lastError}
        </span>
      </Note>
    );
  return <Typography textColor="neutral700">{text('clv.triggers.endpoint.well', { n: waiting })}</Typography>;
}

const Actions = styled.div`
  display: flex;
  flex-direction: column;
  gap: 0.8rem;
`;
