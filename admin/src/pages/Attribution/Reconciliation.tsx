import { Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import type { AttributionReport } from '../../../../server/src/ranking/attribution/api-types';
import { Card } from '../../components/charts/ChartFrame';
import { useFormats } from '../../format';
import { useText } from '../../text';

/** What was earned, and how much of it reading came before: the sum that every model divides. */
export function Reconciliation({ report }: { report: AttributionReport }) {
  const text = useText();
  const format = useFormats();
  const { currency, totals, lookbackDays, windowDays, from, before, timezone } = report;
  const { revenue, revenueWithContent, revenueWithout, orders, ordersWithContent } = totals;
  // To the cent: these three are meant to be added up.
  const money = (amount: number) => format.money(amount, currency, 0);
  const share = revenue > 0 ? Math.min(1, Math.max(0, revenueWithContent / revenue)) : 0;
  return (
    <Card aria-label={text('clv.attribution.sum')}>
      <Equation>
        <Term>
          <dt>
            <Swatch $of="content" aria-hidden />
            {text('clv.attribution.credited')}
          </dt>
          <dd>{money(revenueWithContent)}</dd>
        </Term>
        <Sign aria-hidden>+</Sign>
        <Term>
          <dt>
            <Swatch $of="none" aria-hidden />
            {text('clv.attribution.without')}
          </dt>
          <dd>{money(revenueWithout)}</dd>
        </Term>
        <Sign aria-hidden>=</Sign>
        <Term>
          <dt>{text('clv.attribution.revenue')}</dt>
          <dd>{money(revenue)}</dd>
        </Term>
      </Equation>
      <Track aria-hidden>
        <span style={{ width: `${100 * share}%` }} />
      </Track>
      <Typography tag="p" textColor="neutral700">
        {text('clv.attribution.sum.orders', {
          with: format.integer(ordersWithContent),
          orders: format.integer(orders),
          days: lookbackDays,
        })}{' '}
        {text('clv.attribution.sum.window', {
          days: windowDays,
          from: format.day(from, timezone),
          to: format.day(before, timezone),
        })}
      </Typography>
      <Typography tag="p" variant="pi" textColor="neutral600">
        {text('clv.attribution.sum.refunds')}
      </Typography>
    </Card>
  );
}

const Equation = styled.dl`
  display: flex;
  flex-wrap: wrap;
  align-items: end;
  gap: 0.8rem 2rem;
  margin: 0;
  font-variant-numeric: tabular-nums;
`;

const Term = styled.div`
  dt {
    display: flex;
    align-items: center;
    gap: 0.8rem;
    font-size: 1.2rem;
    line-height: 1.8rem;
    color: ${({ theme }) => theme.colors.neutral600};
  }

  dd {
    margin: 0;
    font-size: 2.2rem;
    line-height: 3.2rem;
    font-weight: 600;
    color: ${({ theme }) => theme.colors.neutral800};
  }
`;

const Sign = styled.span`
  font-size: 2rem;
  line-height: 3.2rem;
  color: ${({ theme }) => theme.colors.neutral600};
`;

const Swatch = styled.span<{ $of: 'content' | 'none' }>`
  width: 1rem;
  height: 1rem;
  border-radius: 2px;
  background: ${({ theme, $of }) => ($of === 'content' ? theme.colors.primary600 : theme.colors.neutral300)};
`;

const Track = styled.div`
  height: 0.8rem;
  overflow: hidden;
  border-radius: 4px;
  background: ${({ theme }) => theme.colors.neutral300};

  span {
    display: block;
    height: 100%;
    background: ${({ theme }) => theme.colors.primary600};
  }
`;
