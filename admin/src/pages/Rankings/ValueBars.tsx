import { styled } from 'styled-components';
import type { RankedItem } from '../../../../server/src/ranking/api-types';
import { useFormats } from '../../format';
import { type MessageId, useText } from '../../text';

type Group = 'readers' | 'others';

/** Mean and median value of the readers beside those of everyone else, as bars on one scale. */
export function ValueBars({ item, currency }: { item: RankedItem; currency: string }) {
  const text = useText();
  const format = useFormats();
  const charts: { name: MessageId; meaning: MessageId; values: [Group, number | null][] }[] = [
    {
      name: 'clv.figure.mean',
      meaning: 'clv.figure.mean.meaning',
      values: [
        ['readers', item.meanExposed],
        ['others', item.meanUnexposed],
      ],
    },
    {
      name: 'clv.figure.median',
      meaning: 'clv.figure.median.meaning',
      values: [
        ['readers', item.medianExposed],
        ['others', item.medianUnexposed],
      ],
    },
  ];
  const all = charts.flatMap(({ values }) => values.map(([, value]) => value ?? 0));
  const most = Math.max(...all, 0);
  const people = { readers: item.exposed, others: item.unexposed };
  const shown = charts.filter(({ values }) => values.some(([, value]) => value !== null));

  return (
    <Charts>
      {shown.map(({ name, meaning, values }) => (
        <div key={name}>
          <h3>{text(name)}</h3>
          <dl>
            {values.map(([group, value]) => (
              <div key={group}>
                <dt>
                  {text(group === 'readers' ? 'clv.group.readers' : 'clv.group.others', { n: people[group] })}
                </dt>
                <dd>
                  <Track aria-hidden>
                    <Bar
                      $group={group}
                      style={{ width: most > 0 ? `${(100 * Math.max(value ?? 0, 0)) / most}%` : 0 }}
                    />
                  </Track>
                  <b>{format.money(value, currency)}</b>
                </dd>
              </div>
            ))}
          </dl>
          <p>{text(meaning)}</p>
        </div>
      ))}
    </Charts>
  );
}

const Charts = styled.div`
  display: grid;
  gap: 2rem;
  font-size: 1.2rem;
  line-height: 1.7rem;
  color: ${({ theme }) => theme.colors.neutral600};

  h3 {
    margin-bottom: 0.6rem;
    font-weight: 600;
    color: ${({ theme }) => theme.colors.neutral700};
  }

  dl {
    display: grid;
    gap: 0.4rem;
    margin: 0 0 0.6rem;
  }

  dl > div {
    display: grid;
    grid-template-columns: 9rem 1fr;
    align-items: center;
    gap: 0.8rem;
  }

  dd {
    display: flex;
    align-items: center;
    gap: 0.8rem;
    margin: 0;
  }

  b {
    flex: none;
    min-width: 6rem;
    text-align: right;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    color: ${({ theme }) => theme.colors.neutral800};
  }
`;

const Track = styled.span`
  flex: 1;
  height: 0.8rem;
`;

const Bar = styled.span<{ $group: Group }>`
  display: block;
  min-width: 2px;
  height: 100%;
  border-radius: 2px;
  background: ${({ theme, $group }) => ($group === 'readers' ? theme.colors.primary600 : theme.colors.neutral300)};
`;
