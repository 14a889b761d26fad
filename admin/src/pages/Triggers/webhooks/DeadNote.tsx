import { Button, Flex } from '@strapi/design-system';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import type { Endpoint } from '../../../../../server/src/activation/triggers/api-types';
import { Note } from '../../../components/Note';
import { useAllowed } from '../../../plugin';
import { useAttempt } from '../../../problem';
import { useText } from '../../../text';
import { ConfirmButton } from '../../Crm/connection/ConfirmButton';
import { TRIGGERS, triggers } from '../triggers-api';

/** Messages that a program refused for good, or too often: to be sent again once it takes them, or dropped. */
export function DeadNote({
  endpoint: { id, dead, lastError },
  onChange,
}: {
  endpoint: Endpoint;
  onChange: () => void;
}) {
  const text = useText();
  const allowed = useAllowed();
  const attempt = useAttempt();
  const [busy, setBusy] = useState(false);
  const which = { destination: `webhook:${id}` };

  async function act(action: typeof triggers.retry) {
    setBusy(true);
    await attempt(() => action(which));
    onChange();
    setBusy(false);
  }

  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      <Note tone="danger" title={text('clv.triggers.dead', { n: dead })}>
        <span style={{ overflowWrap: 'anywhere' }}>{lastError}</span>{' '}
        <See to={`${TRIGGERS}/log?state=dead`}>{text('clv.triggers.dead.see')}</See>
      </Note>
      {allowed.triggersManage && (
        <Flex gap={2} wrap="wrap">
          <Button size="S" variant="secondary" disabled={busy} onClick={() => act(triggers.retry)}>
            {text('clv.crm.dead.replay-all', { n: dead })}
          </Button>
          <ConfirmButton
            size="S"
            variant="tertiary"
            disabled={busy}
            danger
            label={text('clv.crm.dead.drop-all', { n: dead })}
            title={text('clv.crm.dead.drop.title', { n: dead })}
            onConfirm={() => act(triggers.drop)}
          >
            {text('clv.triggers.dead.drop.what')}
          </ConfirmButton>
        </Flex>
      )}
    </Flex>
  );
}

const See = styled(Link)`
  color: ${({ theme }) => theme.colors.primary600};

  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: 2px;
    border-radius: 2px;
  }
`;
