import { Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import type { Figure } from '../../../../server/src/clv/api-types';
import { Card } from '../../components/charts/ChartFrame';
import { isEstimate, type Unit, useFigureWords } from '../../figure';
import { useFormats } from '../../format';
import { type MessageId, useText } from '../../text';
import type { CustomerProps } from './CustomerPage';

interface Line {
  name: MessageId;
  value: string;
  interval?: string;
}

/** What this one person may do: intervals of one life, much wider than those of a mean. */
export function Predictions({ detail: { customer, predictions, run }, currency, timezone }: CustomerProps) {
  const text = useText();
  const format = useFormats();
  const words = useFigureWords(currency);
  const { nextOrderAt } = predictions;
  const line = (name: MessageId, figure: Figure | null, unit: Unit): Line[] =>
    figure === null
      ? []
      : [
          {
            name,
            value: words.figure(figure, unit),
            interval: isEstimate(figure) ? words.interval(figure, unit) : undefined,
          },
        ];
  const share = (name: MessageId, value: number | null): Line[] =>
    value === null ? [] : [{ name, value: format.percent(value) }];
  const orders = predictions.expectedOrders;
  const lines: Line[] = [
    ...share('clv.person.alive', predictions.pAlive),
    ...share('clv.person.buys', customer.buyProbability),
    ...(isEstimate(orders)
      ? [
          {
            name: 'clv.person.orders' as const,
            value: format.score(orders.value),
            interval:
              orders.low === null || orders.high === null
                ? undefined
                : text('clv.interval', { low: format.score(orders.low), high: format.score(orders.high) }),
          },
        ]
      : line('clv.person.orders', orders, 'count')),
    ...line('clv.column.predicted', predictions.predicted, 'money'),
    ...(nextOrderAt
      ? [
          {
            name: 'clv.person.next' as const,
            value: format.day(nextOrderAt.median, timezone),
            interval: text('clv.interval', {
              low: format.day(nextOrderAt.low, timezone),
              high: format.day(nextOrderAt.high, timezone),
            }),
          },
        ]
      : []),
    ...line('clv.person.lifetime', predictions.remainingLifetimeDays, 'days'),
  ];
  return (
    <Card aria-label={text('clv.person.predictions')}>
      <div>
        <Typography tag="h3" variant="delta">
          {text('clv.person.predictions')}
        </Typography>
        <Typography tag="p" textColor="neutral700" paddingTop={1}>
          {lines.length === 0 || !run
            ? text('clv.person.no-predictions')
            : text('clv.person.predictions.what', { horizon: format.duration(run.horizonDays, 'day') })}
        </Typography>
      </div>
      {lines.length > 0 && (
        <List>
          {lines.map(({ name, value, interval }) => (
            <div key={name}>
              <dt>{text(name)}</dt>
              <dd>
                <b>{value}</b>
                {interval && <small>{interval}</small>}
              </dd>
            </div>
          ))}
        </List>
      )}
    </Card>
  );
}

const List = styled.dl`
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr));
  gap: 1.6rem 2.4rem;
  margin: 0;
  font-size: 1.2rem;
  line-height: 1.7rem;
  color: ${({ theme }) => theme.colors.neutral600};

  dd {
    margin: 0;
  }

  b {
    display: block;
    font-size: 1.8rem;
    line-height: 2.6rem;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    color: ${({ theme }) => theme.colors.neutral800};
  }

  small {
    font-size: 1.2rem;
    font-variant-numeric: tabular-nums;
  }
`;
