import { styled } from 'styled-components';
import type { AttributionReport, Disagreement } from '../../../../server/src/ranking/attribution/api-types';
import { ChartFrame } from '../../components/charts/ChartFrame';
import { useFormats } from '../../format';
import { useText } from '../../text';
import { MODEL_NAME } from './model-words';

/** The items whose credit depends most on the model, from the least that any model gives to the most. */
export function Disagreements({ report }: { report: AttributionReport }) {
  const text = useText();
  const format = useFormats();
  const rows = report.disagreements.filter(({ most, least }) => most.share - least.share > 0);
  const [first] = rows;
  if (!first) return null;
  const low = Math.min(0, ...rows.map(({ least }) => least.share));
  const high = Math.max(...rows.map(({ most }) => most.share));
  const at = (share: number) => `${(100 * (share - low)) / (high - low)}%`;
  return (
    <ChartFrame
      title={text('clv.attribution.differ')}
      summary={text('clv.attribution.differ.most', {
        title: first.item.title,
        most: format.percent(first.most.share),
        least: format.percent(first.least.share),
        mostModel: text(MODEL_NAME[first.most.model]),
        leastModel: text(MODEL_NAME[first.least.model]),
      })}
      table={{
        columns: [
          { label: text('clv.attribution.item'), wrap: true },
          { label: text('clv.attribution.differ.least') },
          { label: text('clv.attribution.share'), end: true },
          { label: text('clv.attribution.differ.highest') },
          { label: text('clv.attribution.share'), end: true },
        ],
        rows: rows.map(({ item, most, least }) => [
          item.title,
          text(MODEL_NAME[least.model]),
          format.percent(least.share),
          text(MODEL_NAME[most.model]),
          format.percent(most.share),
        ]),
      }}
    >
      <List aria-label={text('clv.attribution.differ')}>
        {rows.map((row) => (
          <Row key={row.item.contentId} row={row} at={at} />
        ))}
      </List>
    </ChartFrame>
  );
}

function Row({ row: { item, most, least }, at }: { row: Disagreement; at: (share: number) => string }) {
  const text = useText();
  const format = useFormats();
  const end = ({ model, share }: Disagreement['most']) => (
    <>
      {text(MODEL_NAME[model])} <b>{format.percent(share)}</b>
    </>
  );
  return (
    <li>
      <span className="title" dir="auto" title={item.title}>
        {item.title}
      </span>
      <svg aria-hidden="true" width="100%" height="16">
        <line x1="0" x2="100%" y1="8" y2="8" className="track" />
        <line x1={at(least.share)} x2={at(most.share)} y1="8" y2="8" className="span" />
        <circle cx={at(least.share)} cy="8" r="5" className="least" />
        <circle cx={at(most.share)} cy="8" r="5.5" className="most" />
      </svg>
      <span className="ends">
        <span>{end(least)}</span>
        <span aria-hidden>→</span>
        <span>{end(most)}</span>
      </span>
    </li>
  );
}

const List = styled.ul`
  display: grid;
  gap: 1rem;
  margin: 0;
  padding: 0;
  list-style: none;
  font-size: 1.3rem;
  line-height: 1.8rem;
  font-variant-numeric: tabular-nums;
  color: ${({ theme }) => theme.colors.neutral800};

  li {
    display: grid;
    grid-template-columns: minmax(12rem, 28rem) minmax(8rem, 1fr) minmax(20rem, 30rem);
    gap: 0.4rem 2rem;
    align-items: center;
  }

  .title {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .ends {
    display: flex;
    flex-wrap: wrap;
    gap: 0 0.8rem;
    font-size: 1.2rem;
    color: ${({ theme }) => theme.colors.neutral600};
  }

  b {
    font-weight: 600;
    color: ${({ theme }) => theme.colors.neutral800};
  }

  svg {
    display: block;
    overflow: visible;
  }

  .track {
    stroke: ${({ theme }) => theme.colors.neutral150};
    stroke-width: 2;
  }

  .span {
    stroke: ${({ theme }) => theme.colors.primary600};
    stroke-width: 4;
    opacity: 0.45;
  }

  .least {
    fill: ${({ theme }) => theme.colors.neutral0};
    stroke: ${({ theme }) => theme.colors.primary600};
    stroke-width: 2;
  }

  .most {
    fill: ${({ theme }) => theme.colors.primary600};
  }

  @media (max-width: 900px) {
    li {
      grid-template-columns: minmax(0, 1fr);
      padding: 0 0.6rem;
    }
  }
`;
