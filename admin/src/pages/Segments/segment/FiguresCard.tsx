import { styled } from 'styled-components';
import type { SegmentDetail } from '../../../../../server/src/activation/segments/api-types';
import { Note } from '../../../components/Note';
import { useFormats } from '../../../format';
import { useText } from '../../../text';

/** How many are in a segment, and what they are worth together and each. */
export function FiguresCard({ detail: { figures } }: { detail: SegmentDetail }) {
  const text = useText();
  const format = useFormats();
  if (!figures) return <Note tone="info">{text('clv.segments.not-valued')}</Note>;
  const { members, population, customers, total, predicted, currency } = figures;
  const tiles = [
    {
      name: text('clv.segments.members'),
      value: format.integer(members),
      what: text('clv.segments.share', {
        share: format.percent(population === 0 ? 0 : members / population),
        population: format.integer(population),
      }),
    },
    {
      name: text('clv.segments.fact.customers'),
      value: format.integer(customers),
      what: text('clv.segments.fact.customers.what'),
    },
    {
      name: text('clv.segments.fact.total'),
      value: members === 0 ? '–' : format.money(total.mean, currency),
      what: text('clv.segments.fact.together', { sum: format.money(total.sum, currency) }),
    },
    {
      name: text('clv.segments.fact.predicted'),
      value: format.money(predicted?.mean ?? null, currency),
      what: predicted
        ? text('clv.segments.fact.predicted.of', {
            sum: format.money(predicted.sum, currency),
            n: predicted.n,
          })
        : text('clv.segments.fact.predicted.none'),
    },
  ];
  return (
    <Tiles aria-label={text('clv.segments.figures')}>
      {tiles.map(({ name, value, what }) => (
        <li key={name}>
          <h3>{name}</h3>
          <b>{value}</b>
          <p>{what}</p>
        </li>
      ))}
    </Tiles>
  );
}

const Tiles = styled.ul`
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr));
  gap: 1.2rem;
  margin: 0;
  padding: 0;
  list-style: none;
  font-size: 1.2rem;
  line-height: 1.6rem;
  color: ${({ theme }) => theme.colors.neutral600};

  li {
    padding: 1.4rem 1.6rem;
    border-radius: 4px;
    background: ${({ theme }) => theme.colors.neutral0};
    box-shadow: ${({ theme }) => theme.shadows.tableShadow};
  }

  h3 {
    margin: 0;
    font-size: 1.3rem;
    line-height: 1.8rem;
    font-weight: 600;
    color: ${({ theme }) => theme.colors.neutral800};
  }

  b {
    display: block;
    padding: 0.4rem 0;
    font-size: 2.2rem;
    line-height: 2.8rem;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    color: ${({ theme }) => theme.colors.neutral800};
  }

  p {
    margin: 0;
  }
`;
