import { styled } from 'styled-components';
import type { ItemCreditOf } from '../../../../server/src/ranking/attribution/api-types';
import { useFormats } from '../../format';
import { useText } from '../../text';

interface CreditProps {
  credit: ItemCreditOf | null;
  currency: string;
  /** The largest amount of any model, which the whole length of a bar stands for. */
  largest: number;
}

/** Half a 95 % interval, in standard errors. */
const NORMAL = 1.96;

/** An item's credit by one model: the amount, its 95 % interval where it is an estimate, and a bar on the scale that all models
 * share. */
export function Credit({ credit, currency, largest }: CreditProps) {
  const text = useText();
  const format = useFormats();
  if (!credit)
    return <Quiet title={text('clv.attribution.in-others.hint')}>{text('clv.attribution.in-others')}</Quiet>;
  const { revenue, share, standardError } = credit;
  const hint = [
    share !== null && text('clv.attribution.share-of', { share: format.percent(share) }),
    text('clv.attribution.conversions', { n: format.tenths(credit.conversions, 1) }),
  ];
  return (
    <span title={hint.filter(Boolean).join(' · ')}>
      {format.money(revenue, currency, largest)}
      {standardError !== null && <Margin>±{format.money(NORMAL * standardError, currency, largest)}</Margin>}
      <CreditBar amount={revenue} largest={largest} />
    </span>
  );
}

/** As long as the amount is large; an amount below zero in another colour. */
export function CreditBar({ amount, largest }: { amount: number; largest: number }) {
  const length = largest > 0 ? Math.min(1, Math.abs(amount) / largest) : 0;
  return (
    <Track aria-hidden>
      {amount !== 0 && <Bar $below={amount < 0} style={{ width: `${100 * length}%` }} />}
    </Track>
  );
}

const Margin = styled.small`
  display: block;
  font-size: 1.1rem;
  line-height: 1.4rem;
  font-weight: 400;
  color: ${({ theme }) => theme.colors.neutral600};
`;

const Quiet = styled.span`
  font-size: 1.1rem;
  color: ${({ theme }) => theme.colors.neutral600};
`;

const Track = styled.span`
  display: block;
  height: 0.4rem;
  margin-top: 0.4rem;
  border-radius: 2px;
  overflow: hidden;
  background: ${({ theme }) => theme.colors.neutral150};
`;

const Bar = styled.span<{ $below: boolean }>`
  display: block;
  min-width: 2px;
  height: 100%;
  border-radius: 2px;
  background: ${({ theme, $below }) => ($below ? theme.colors.danger600 : theme.colors.primary600)};
`;
