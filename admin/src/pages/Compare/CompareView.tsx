import { IconButton } from '@strapi/design-system';
import { Cross } from '@strapi/icons';
import { styled } from 'styled-components';
import type { SnapshotHead } from '../../../../server/src/ranking/api-types';
import { Card } from '../../components/charts/ChartFrame';
import { Axis, LABEL_WIDTH, LabelledInterval } from '../../components/IntervalBar';
import { VerdictBadge } from '../../components/VerdictBadge';
import { useFormats } from '../../format';
import { adjustedMeasure, excessMeasure, type Measure } from '../../measure';
import { useText } from '../../text';
import { shortfall, verdictReason } from '../Rankings/explain';
import { ItemTitle } from '../Rankings/ItemTitle';
import { FiguresBeside } from './FiguresBeside';
import { PairList } from './PairList';
import type { Compared } from './pairs';

interface CompareViewProps {
  items: Compared[];
  snapshot: SnapshotHead;
  onRemove: (contentId: number) => void;
}

/** Items beside each other: on one scale, pair by pair, and in every figure. */
export function CompareView({ items, snapshot, onRemove }: CompareViewProps) {
  const text = useText();
  const format = useFormats();
  const measures = [excessMeasure(format), adjustedMeasure(format, snapshot.currency)];
  return (
    <>
      <Card aria-label={text('clv.compare.title')}>
        <List>
          {items.map(({ item }) => (
            <li key={item.contentId}>
              <div>
                <ItemTitle item={item} landmark={snapshot.landmark} />
                <p>
                  <VerdictBadge verdict={item.verdict} /> {verdictReason(item, snapshot, text, format)}
                </p>
              </div>
              <IconButton
                label={text('clv.compare.remove', { title: item.title })}
                onClick={() => onRemove(item.contentId)}
                variant="ghost"
              >
                <Cross />
              </IconButton>
            </li>
          ))}
        </List>
      </Card>
      {measures.map((measure) => (
        <Intervals key={measure.kind} measure={measure} items={items} snapshot={snapshot} />
      ))}
      {items.length > 1 && <PairList items={items} />}
      <FiguresBeside items={items} snapshot={snapshot} />
    </>
  );
}

/** One figure of every item, on the scale that they share. */
function Intervals({
  measure,
  items,
  snapshot,
}: {
  measure: Measure;
  items: Compared[];
  snapshot: SnapshotHead;
}) {
  const text = useText();
  const intervals = items.map(({ item }) => measure.of(item));
  const scale = measure.scale(intervals);
  if (intervals.every(({ value }) => value === null)) return null;
  return (
    <Card aria-label={text(measure.name)}>
      <div>
        <Name>{text(measure.name)}</Name>
        <Meaning>{text(measure.meaning)}</Meaning>
      </div>
      <Bars>
        <li aria-hidden className="axis">
          <span />
          <div style={{ paddingRight: LABEL_WIDTH }}>
            <Axis scale={scale} measure={measure} sparse />
          </div>
        </li>
        {items.map(({ item }, k) => (
          <li key={item.contentId}>
            <span title={item.title}>{item.title}</span>
            {intervals[k]!.value === null ? (
              <em>{shortfall(item, snapshot, text)}</em>
            ) : (
              <LabelledInterval
                interval={intervals[k]!}
                verdict={item.verdict}
                scale={scale}
                measure={measure}
              />
            )}
          </li>
        ))}
      </Bars>
    </Card>
  );
}

const Name = styled.h3`
  font-size: 1.8rem;
  line-height: 2.2rem;
  font-weight: 500;
  color: ${({ theme }) => theme.colors.neutral800};
`;

const Meaning = styled.p`
  max-width: 72rem;
  padding-top: 0.4rem;
  font-size: 1.4rem;
  line-height: 2rem;
  color: ${({ theme }) => theme.colors.neutral700};
`;

const List = styled.ol`
  display: grid;
  gap: 1.6rem;
  margin: 0;
  padding: 0;
  list-style: none;

  li {
    display: flex;
    gap: 1.2rem;
    justify-content: space-between;
    align-items: flex-start;
  }

  p {
    padding-top: 0.6rem;
    font-size: 1.3rem;
    line-height: 2rem;
    color: ${({ theme }) => theme.colors.neutral700};
  }
`;

const Bars = styled.ul`
  margin: 0;
  padding: 0;
  list-style: none;
  font-size: 1.3rem;
  line-height: 1.8rem;
  color: ${({ theme }) => theme.colors.neutral800};

  li {
    display: grid;
    grid-template-columns: minmax(8rem, 26rem) minmax(0, 1fr);
    gap: 0.4rem 1.6rem;
    align-items: center;
    padding: 0.4rem 0;
  }

  /* The grid lines of all rows join. */
  svg {
    clip-path: inset(-0.4rem -0.8rem);
  }

  li > span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  em {
    font-style: normal;
    color: ${({ theme }) => theme.colors.neutral600};
  }

  @media (max-width: 600px) {
    li {
      grid-template-columns: minmax(0, 1fr);
    }

    svg {
      clip-path: inset(0 -0.8rem);
    }
  }
`;
