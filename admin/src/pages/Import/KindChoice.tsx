import { useId } from 'react';
import { styled } from 'styled-components';
import type { ImportKind } from '../../../../server/src/crm/api-types';
import { type MessageId, useText } from '../../text';

const KINDS: { kind: ImportKind; name: MessageId; what: MessageId; columns: string }[] = [
  {
    kind: 'orders',
    name: 'clv.import.orders',
    what: 'clv.import.orders.what',
    columns: 'order_id, customer_id, ordered_at, amount, currency',
  },
  {
    kind: 'customers',
    name: 'clv.import.customers',
    what: 'clv.import.customers.what',
    columns: 'customer_id',
  },
  {
    kind: 'subscriptions',
    name: 'clv.import.subscriptions',
    what: 'clv.import.subscriptions.what',
    columns: 'subscription_id, customer_id, started_at, mrr, currency',
  },
  {
    kind: 'costs',
    name: 'clv.import.costs',
    what: 'clv.import.costs.what',
    columns: 'month, channel, amount, currency',
  },
];

/** The kind of files that an address names; orders otherwise. */
export const kindNamed = (name: string | null): ImportKind =>
  KINDS.find(({ kind }) => kind === name)?.kind ?? 'orders';

/** What the file holds. */
export function KindChoice({ kind, onKind }: { kind: ImportKind; onKind: (kind: ImportKind) => void }) {
  const text = useText();
  const name = useId();
  return (
    <Choices>
      <legend>{text('clv.import.kind')}</legend>
      {KINDS.map((choice) => (
        <label key={choice.kind}>
          <input
            type="radio"
            name={name}
            checked={choice.kind === kind}
            onChange={() => onKind(choice.kind)}
          />
          <span>
            <b>{text(choice.name)}</b>
            {text(choice.what)}
            <small>{text('clv.import.needs', { columns: choice.columns })}</small>
          </span>
        </label>
      ))}
    </Choices>
  );
}

const Choices = styled.fieldset`
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(36rem, 100%), 1fr));
  gap: 1.2rem;
  margin: 0;
  padding: 0;
  border: 0;
  font-size: 1.4rem;
  line-height: 2rem;
  color: ${({ theme }) => theme.colors.neutral700};

  legend {
    margin-bottom: 0.8rem;
    font-weight: 600;
    color: ${({ theme }) => theme.colors.neutral800};
  }

  label {
    display: flex;
    gap: 1.2rem;
    padding: 1.6rem;
    border: 1px solid ${({ theme }) => theme.colors.neutral200};
    border-radius: 6px;
    cursor: pointer;
  }

  label:has(:checked) {
    border-color: ${({ theme }) => theme.colors.primary600};
    background: ${({ theme }) => theme.colors.primary100};
  }

  label:has(:focus-visible) {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: 1px;
  }

  input {
    flex: none;
    width: 1.6rem;
    height: 1.6rem;
    margin: 0.2rem 0 0;
    accent-color: ${({ theme }) => theme.colors.primary600};
    outline: none;
  }

  b {
    display: block;
    font-weight: 600;
    color: ${({ theme }) => theme.colors.neutral800};
  }

  small {
    display: block;
    margin-top: 0.4rem;
    font-size: 1.2rem;
    line-height: 1.6rem;
    color: ${({ theme }) => theme.colors.neutral600};
    overflow-wrap: anywhere;
  }
`;
