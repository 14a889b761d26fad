import { styled } from 'styled-components';
import type { RankedItem, SnapshotHead } from '../../../../server/src/ranking/api-types';
import { useFormats } from '../../format';
import { useText } from '../../text';
import { stepsOf } from './figures';

interface ComparisonStepsProps {
  item: Omit<RankedItem, 'previousPosition'>;
  snapshot: Pick<SnapshotHead, 'currency' | 'report'>;
}

/** Plain, adjusted, over the typical piece: what is left of a difference once like is compared with like. */
export function ComparisonSteps({ item, snapshot }: ComparisonStepsProps) {
  const text = useText();
  const format = useFormats();
  return (
    <Steps>
      {stepsOf(item, snapshot, text, format).map(({ name, value, interval, meaning }) => (
        <li key={name}>
          <h4>{text(name)}</h4>
          <b>{value}</b>
          {interval && <span>{text('clv.figure.interval', { interval })}</span>}
          <p>{meaning}</p>
        </li>
      ))}
    </Steps>
  );
}

const Steps = styled.ol`
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(18rem, 100%), 1fr));
  gap: 1.2rem;
  margin: 0;
  padding: 0;
  list-style: none;
  font-size: 1.2rem;
  line-height: 1.7rem;
  color: ${({ theme }) => theme.colors.neutral600};

  li {
    padding: 1.2rem 1.6rem;
    border: 1px solid ${({ theme }) => theme.colors.neutral200};
    border-radius: 4px;
    background: ${({ theme }) => theme.colors.neutral0};
  }

  li:last-child {
    border-color: ${({ theme }) => theme.colors.primary200};
    background: ${({ theme }) => theme.colors.primary100};
  }

  li:last-child p,
  li:last-child span {
    color: ${({ theme }) => theme.colors.neutral700};
  }

  h4 {
    font-weight: 600;
    color: ${({ theme }) => theme.colors.neutral700};
  }

  b {
    display: block;
    font-size: 2rem;
    line-height: 2.8rem;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    color: ${({ theme }) => theme.colors.neutral800};
  }

  p {
    margin-top: 0.4rem;
  }
`;
