import { Flex, TextButton } from '@strapi/design-system';
import { useState } from 'react';
import { styled } from 'styled-components';
import type { LoggedMessage } from '../../../../../server/src/activation/triggers/api-types';
import { Badge } from '../../../components/Badge';
import { useFormats } from '../../../format';
import { useAllowed } from '../../../plugin';
import { useAttempt } from '../../../problem';
import { type Text, useText } from '../../../text';
import { STATE } from '../states';
import { type Deliveries, triggers } from '../triggers-api';

type OneDelivery = LoggedMessage['deliveries'][number];

/** Where a message went: by name, or what is left of it when that is gone. */
function placeName({ destination, name }: OneDelivery, text: Text): string {
  if (destination === 'strapi') return 'Strapi';
  return name ?? text('clv.triggers.place.gone');
}

interface DeliveryProps {
  messageId: string;
  delivery: OneDelivery;
  onChange: () => void;
}

/** One way that a message went: how it stands, how often it was tried, and why it failed. */
export function Delivery({ messageId, delivery, onChange }: DeliveryProps) {
  const text = useText();
  const format = useFormats();
  const allowed = useAllowed();
  const attempt = useAttempt();
  const [busy, setBusy] = useState(false);
  const { destination, state, attempts, nextAt, reason } = delivery;
  const { tone, sign, name } = STATE[state];
  const place = placeName(delivery, text);
  const which = { deliveries: [{ messageId, destination }] };

  async function act(action: (which: Deliveries) => Promise<unknown>) {
    setBusy(true);
    await attempt(() => action(which));
    onChange();
    setBusy(false);
  }

  return (
    <>
      <Flex gap={2} wrap="wrap">
        <Badge $tone={tone}>
          <span aria-hidden>{sign}</span> {text(name)}
        </Badge>
        <bdi>{place}</bdi>
        {attempts > 1 && <Small>{text('clv.triggers.attempts', { n: attempts })}</Small>}
        {state === 'waiting' && nextAt !== null && attempts > 0 && (
          <Small>{text('clv.triggers.next', { ago: format.ago(nextAt) })}</Small>
        )}
      </Flex>
      {reason && state !== 'sent' && <Reason>{reason}</Reason>}
      {state !== 'sent' && allowed.triggersManage && (
        <Flex gap={4} paddingTop={1}>
          <TextButton
            disabled={busy}
            aria-label={text('clv.triggers.retry.to', { place })}
            onClick={() => act(triggers.retry)}
          >
            {text('clv.triggers.retry')}
          </TextButton>
          <TextButton
            disabled={busy}
            aria-label={text('clv.triggers.drop.to', { place })}
            onClick={() => act(triggers.drop)}
          >
            {text('clv.triggers.drop')}
          </TextButton>
        </Flex>
      )}
    </>
  );
}

const Small = styled.span`
  font-size: 1.2rem;
  color: ${({ theme }) => theme.colors.neutral600};
`;

const Reason = styled.p`
  margin: 0.2rem 0 0;
  max-width: 40rem;
  white-space: normal;
  overflow-wrap: anywhere;
  font-size: 1.2rem;
  line-height: 1.6rem;
  color: ${({ theme }) => theme.colors.neutral700};
`;
