import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import type { GroupFigures, GroupPage, SnapshotHead } from '../../../../server/src/ranking/api-types';
import { Card } from '../../components/charts/ChartFrame';
import { Axis, LABEL_WIDTH, LabelledInterval } from '../../components/IntervalBar';
import type { Scale } from '../../components/interval-scale';
import { VerdictBadge } from '../../components/VerdictBadge';
import { kindName, useFormats } from '../../format';
import { excessMeasure, type Measure } from '../../measure';
import { PLUGIN_ID } from '../../plugin';
import { useText } from '../../text';

interface GroupTableProps {
  page: GroupPage;
  snapshot: SnapshotHead;
}

/** Groups of items, each with the mean of what its items exceed the typical one by. */
export function GroupTable({ page, snapshot }: GroupTableProps) {
  const text = useText();
  const format = useFormats();
  const measure = excessMeasure(format);
  const scale = measure.scale(page.groups.map(intervalOf));
  return (
    <Card aria-label={text('clv.groups.title')}>
      <What>{text('clv.groups.what')}</What>
      <List>
        <li aria-hidden className="axis">
          <span />
          <div style={{ paddingRight: LABEL_WIDTH }}>
            <Axis scale={scale} measure={measure} sparse />
          </div>
          <span />
        </li>
        {page.groups.map((group) => (
          <Group
            key={group.value}
            group={group}
            by={page.by}
            snapshot={snapshot}
            scale={scale}
            measure={measure}
          />
        ))}
      </List>
      <What>
        {page.ungrouped > 0 && text('clv.groups.ungrouped', { n: page.ungrouped })} {text('clv.association')}
      </What>
    </Card>
  );
}

const intervalOf = ({ excess: value, excessLow: low, excessHigh: high }: GroupFigures) => ({
  value,
  low,
  high,
});

interface GroupProps {
  group: GroupFigures;
  by: string;
  snapshot: SnapshotHead;
  scale: Scale;
  measure: Measure;
}

function Group({ group, by, snapshot, scale, measure }: GroupProps) {
  const text = useText();
  const format = useFormats();
  const name =
    by === 'kind' ? kindName(group.value) : by === 'locale' ? format.languageName(group.value) : group.value;
  const interval = intervalOf(group);
  const filter: Record<string, string> =
    by === 'kind' || by === 'locale' ? { [by]: group.value } : { group: `${by}:${group.value}` };
  const { landmark, sliceOf, slice } = snapshot;
  const to = new URLSearchParams({
    landmark,
    ...(sliceOf ? { slice: `${sliceOf}:${slice}` } : {}),
    ...filter,
  });
  return (
    <li>
      <div>
        <Link to={`/plugins/${PLUGIN_ID}?${to}`}>{name || text('clv.by.unknown')}</Link>
        <small>
          {text('clv.groups.items', {
            n: group.items,
            associated: group.associated,
            below: group.belowTypical,
          })}
        </small>
      </div>
      {interval.value === null ? (
        <em>{text('clv.groups.few', { has: group.comparable, needed: group.needed })}</em>
      ) : (
        <LabelledInterval interval={interval} verdict={group.verdict} scale={scale} measure={measure} />
      )}
      <div>
        <VerdictBadge verdict={group.verdict} />
        {group.qValue !== null && <small>q {format.probability(group.qValue)}</small>}
      </div>
    </li>
  );
}

const What = styled.p`
  max-width: 80rem;
  font-size: 1.3rem;
  line-height: 1.9rem;
  color: ${({ theme }) => theme.colors.neutral700};
`;

const List = styled.ul`
  margin: 0;
  padding: 0;
  list-style: none;
  font-size: 1.4rem;
  line-height: 2rem;
  color: ${({ theme }) => theme.colors.neutral800};

  li {
    display: grid;
    grid-template-columns: minmax(10rem, 24rem) minmax(0, 1fr) 16rem;
    gap: 0.4rem 1.6rem;
    align-items: center;
    padding: 0.8rem 0;
    border-top: 1px solid ${({ theme }) => theme.colors.neutral150};
  }

  .axis {
    padding: 0;
    border: 0;
  }

  a {
    color: ${({ theme }) => theme.colors.neutral800};
    overflow-wrap: anywhere;
  }

  a:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    border-radius: 2px;
  }

  small {
    display: block;
    font-size: 1.2rem;
    line-height: 1.6rem;
    color: ${({ theme }) => theme.colors.neutral600};
  }

  em {
    font-style: normal;
    color: ${({ theme }) => theme.colors.neutral600};
  }

  svg {
    clip-path: inset(-0.8rem -0.8rem);
  }

  @media (max-width: 800px) {
    li {
      grid-template-columns: minmax(0, 1fr);
    }

    svg {
      clip-path: inset(0 -0.8rem);
    }
  }
`;
