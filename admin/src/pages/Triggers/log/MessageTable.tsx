import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import type { LoggedMessage } from '../../../../../server/src/activation/triggers/api-types';
import { Badge } from '../../../components/Badge';
import { Card } from '../../../components/charts/ChartFrame';
import { PlainTable } from '../../../components/PlainTable';
import { useFormats } from '../../../format';
import { PLUGIN_ID, useAllowed } from '../../../plugin';
import { useText } from '../../../text';
import { personName } from '../../Customers/CustomersTable';
import { changeWords } from '../words';
import { Delivery } from './Delivery';

interface MessageTableProps {
  messages: LoggedMessage[];
  onChange: () => void;
}

/** Messages, the newest first. */
export function MessageTable({ messages, onChange }: MessageTableProps) {
  const text = useText();
  return (
    <Card as="div">
      <PlainTable label={text('clv.triggers.log')}>
        <thead>
          <tr>
            <th scope="col">{text('clv.triggers.log.when')}</th>
            <th scope="col">{text('clv.triggers.trigger')}</th>
            <th scope="col">{text('clv.people.customer')}</th>
            <th scope="col">{text('clv.triggers.log.change')}</th>
            <th scope="col">{text('clv.triggers.log.deliveries')}</th>
          </tr>
        </thead>
        <tbody>
          {messages.map((message) => (
            <Row key={message.id} message={message} onChange={onChange} />
          ))}
        </tbody>
      </PlainTable>
    </Card>
  );
}

function Row({ message, onChange }: { message: LoggedMessage; onChange: () => void }) {
  const text = useText();
  const format = useFormats();
  const allowed = useAllowed();
  const { triggerName, personId, createdAt, arm, deliveries } = message;
  const person = <bdi>{personName(message, text)}</bdi>;
  return (
    <tr>
      <td title={format.dateTime(createdAt)}>{format.ago(createdAt)}</td>
      <Words className="wrap">
        <bdi>{triggerName}</bdi>
      </Words>
      <Words>
        {allowed.customers ? (
          <Link to={`/plugins/${PLUGIN_ID}/customers/${encodeURIComponent(personId)}`}>{person}</Link>
        ) : (
          person
        )}
      </Words>
      <Words className={message.content ? 'wrap' : undefined}>
        <bdi>{changeWords(message, { text, format })}</bdi>
      </Words>
      <td>
        {arm === 'holdout' ? (
          <Badge $tone="neutral">
            <span aria-hidden>○</span> {text('clv.triggers.held-out')}
          </Badge>
        ) : (
          <Ways>
            {deliveries.map((delivery) => (
              <li key={delivery.destination}>
                <Delivery messageId={message.id} delivery={delivery} onChange={onChange} />
              </li>
            ))}
          </Ways>
        )}
      </td>
    </tr>
  );
}

const Words = styled.td`
  overflow-wrap: anywhere;

  a {
    color: ${({ theme }) => theme.colors.primary600};
    text-decoration: none;
  }

  a:hover {
    text-decoration: underline;
  }

  a:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: 2px;
    border-radius: 2px;
  }
`;

const Ways = styled.ul`
  display: flex;
  flex-direction: column;
  gap: 0.8rem;
  min-width: 24rem;
  max-width: 40rem;
  white-space: normal;
  overflow-wrap: anywhere;
  margin: 0;
  padding: 0;
  list-style: none;
`;
