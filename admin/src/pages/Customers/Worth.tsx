import { Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import { Card } from '../../components/charts/ChartFrame';
import { useFormats } from '../../format';
import { type MessageId, useText } from '../../text';
import type { CustomerProps } from './CustomerPage';

/** What the person was worth and will be, as a sum to be followed. */
export function Worth({ detail: { customer, value }, currency }: CustomerProps) {
  const text = useText();
  const format = useFormats();
  const money = (amount: number | null) => format.money(amount, currency, 0);
  const lines: [name: MessageId, amount: number | null, sum?: boolean][] = [
    ['clv.column.revenue', value.revenue],
    ['clv.column.cost', -value.cost],
    ['clv.column.service', -value.service],
    ['clv.column.acquisition', -value.acquisition],
    ['clv.column.clv', value.clv, true],
    ['clv.column.predicted', customer.predicted],
    ['clv.people.total', customer.total, true],
  ];
  return (
    <Card aria-label={text('clv.person.worth')}>
      <div>
        <Typography tag="h3" variant="delta">
          {text('clv.person.worth')}
        </Typography>
        <Typography tag="p" textColor="neutral700" paddingTop={1}>
          {text('clv.person.worth.what', { n: customer.orders })}
        </Typography>
      </div>
      <Sum>
        <tbody>
          {lines.map(([name, amount, sum], index) => (
            <tr key={name} className={sum ? 'sum' : undefined}>
              <th scope="row">{text(name)}</th>
              <td>
                {!sum && index > 0 && amount !== null && amount >= 0 && name === 'clv.column.predicted'
                  ? '+ '
                  : ''}
                {money(amount)}
              </td>
            </tr>
          ))}
        </tbody>
      </Sum>
    </Card>
  );
}

const Sum = styled.table`
  width: 100%;
  max-width: 48rem;
  border-collapse: collapse;
  font-size: 1.4rem;
  line-height: 2rem;
  font-variant-numeric: tabular-nums;
  color: ${({ theme }) => theme.colors.neutral800};

  th,
  td {
    padding: 0.5rem 0;
    font-weight: 400;
    text-align: start;
  }

  td {
    text-align: end;
  }

  .sum th,
  .sum td {
    padding-bottom: 1.2rem;
    font-weight: 600;
    border-top: 1px solid ${({ theme }) => theme.colors.neutral300};
  }

  .sum:last-child th,
  .sum:last-child td {
    padding-bottom: 0;
  }
`;
