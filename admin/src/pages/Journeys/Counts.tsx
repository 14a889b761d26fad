import { styled } from 'styled-components';
import type { JourneysReport } from '../../../../server/src/ranking/journeys/api-types';
import { useFormats } from '../../format';
import { useText } from '../../text';

/** How many people the journeys are of, and how these stand. */
export function Counts({ report: { counts, readingDays } }: { report: JourneysReport }) {
  const text = useText();
  const format = useFormats();
  const share = (n: number) => format.percent(counts.readers > 0 ? n / counts.readers : null);
  const entries = [
    [text('clv.journeys.count.readers'), counts.readers, text('clv.journeys.count.readers.hint')],
    [text('clv.journeys.ordered'), counts.ordered, share(counts.ordered)],
    [
      text('clv.journeys.reading'),
      counts.reading,
      `${share(counts.reading)} · ${text('clv.journeys.count.reading.hint', { days: readingDays })}`,
    ],
    [text('clv.journeys.left'), counts.left, share(counts.left)],
    [text('clv.journeys.count.unread'), counts.orderedUnread, text('clv.journeys.count.unread.hint')],
  ] as const;
  return (
    <List>
      {entries.map(([name, count, hint]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <b>{format.integer(count)}</b>
            <small>{hint}</small>
          </dd>
        </div>
      ))}
    </List>
  );
}

const List = styled.dl`
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(13.4rem, 100%), 1fr));
  gap: 1.2rem;
  margin: 0;
  font-size: 1.3rem;
  line-height: 1.8rem;

  > div {
    padding: 1.4rem 1.6rem;
    border-radius: 4px;
    background: ${({ theme }) => theme.colors.neutral0};
    box-shadow: ${({ theme }) => theme.shadows.tableShadow};
  }

  dt {
    font-weight: 600;
    color: ${({ theme }) => theme.colors.neutral800};
  }

  dd {
    margin: 0;
  }

  b {
    display: block;
    padding: 0.2rem 0;
    font-size: 2.2rem;
    line-height: 2.8rem;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    color: ${({ theme }) => theme.colors.neutral800};
  }

  small {
    font-size: 1.2rem;
    line-height: 1.6rem;
    color: ${({ theme }) => theme.colors.neutral600};
  }
`;
