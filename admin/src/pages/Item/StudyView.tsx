import { Typography } from '@strapi/design-system';
import { useState } from 'react';
import { styled } from 'styled-components';
import type { Dose, ItemStudy } from '../../../../server/src/ranking/study/api-types';
import { type Row, Rows } from '../../components/charts/Rows';
import { shareTicks } from '../../components/interval-scale';
import { Segments } from '../../components/Segments';
import { type Formats, useFormats } from '../../format';
import { type MessageId, type Text, useText } from '../../text';
import { BalancePlot, BalanceWords } from './BalanceCard';
import type { RankedProps } from './ItemView';

const REFUSED: Record<NonNullable<ItemStudy['refused']>['reason'], MessageId> = {
  'too few exposed': 'clv.study.refused.readers',
  'too few unexposed': 'clv.study.refused.others',
  'no overlap': 'clv.study.refused.overlap',
  'does not vary': 'clv.study.refused.varies',
};

/** What a study found: the difference by a second method, what could explain it away, and value by dose. */
export function StudyView({ page, ranked, study }: RankedProps & { study: ItemStudy }) {
  const text = useText();
  if (study.refused) {
    const { reason, has, needed } = study.refused;
    return <Typography>{text(REFUSED[reason], { has: Math.floor(has), needed })}</Typography>;
  }
  return (
    <Columns>
      <section>
        <Heading>{text('clv.study.difference')}</Heading>
        <Difference ranked={ranked} study={study} />
        <Heading>{text('clv.study.hidden')}</Heading>
        <Hidden study={study} excess={page.excessEValue} />
      </section>
      <section>
        <Heading>{text('clv.study.doses')}</Heading>
        <Doses study={study} />
        <Heading>{text('clv.item.balance')}</Heading>
        <p>
          <BalanceWords balance={study.balance} />
        </p>
        <BalancePlot balance={study.balance} />
      </section>
    </Columns>
  );
}

function Difference({ ranked: { detail }, study }: { ranked: RankedProps['ranked']; study: ItemStudy }) {
  const text = useText();
  const format = useFormats();
  const { difference, low, high, n, exposed, effective, clipped } = study;
  const typical = detail?.typical ?? null;
  const rows: Row[] = [
    {
      key: 'study',
      name: text('clv.study.method'),
      value: difference,
      low,
      high,
      figure: format.share(difference),
      interval:
        low === null || high === null
          ? undefined
          : text('clv.interval', {
              low: format.share(low, difference ?? 0),
              high: format.share(high, difference ?? 0),
            }),
    },
    ...(typical === null
      ? []
      : [
          {
            key: 'typical',
            name: text('clv.item.typical'),
            value: typical,
            figure: format.share(typical),
            color: 'plain' as const,
            striped: true,
          },
        ]),
  ];
  return (
    <>
      <Rows label={text('clv.study.difference')} rows={rows} mark="dot" />
      <p>
        {text('clv.study.basis', {
          n: format.integer(n),
          exposed: format.integer(exposed),
          readers: format.integer(Math.round(effective.exposed)),
          others: format.integer(Math.round(effective.unexposed)),
          clipped: format.percent(clipped),
        })}
      </p>
    </>
  );
}

function Hidden({ study, excess }: { study: ItemStudy; excess: ItemStudy['eValue'] }) {
  const text = useText();
  const format = useFormats();
  const words = (what: MessageId, value: ItemStudy['eValue']) =>
    value && (
      <p>
        {text(what, {
          estimate: format.coefficient(value.estimate),
          bound: format.coefficient(value.bound),
        })}
      </p>
    );
  return (
    <>
      {words('clv.study.e-value', study.eValue)}
      {words('clv.study.e-value.excess', excess)}
      {!study.eValue && !excess && <p>{text('clv.study.e-value.none')}</p>}
    </>
  );
}

const DOSES: [Dose, MessageId][] = [
  ['touches', 'clv.dose.touches'],
  ['seconds', 'clv.dose.seconds'],
  ['depth', 'clv.dose.depth'],
];

function Doses({ study: { doses } }: { study: ItemStudy }) {
  const text = useText();
  const format = useFormats();
  const measured = DOSES.filter(([dose]) => doses[dose] !== null);
  const [chosen, choose] = useState<Dose>(measured[0]?.[0] ?? 'touches');
  const curve = doses[chosen];
  if (!curve) return <p>{text('clv.study.doses.none')}</p>;
  const { groups, unexposed, trend, refused } = curve;
  const rows: Row[] = [
    { ...rowOf(unexposed, format, text), key: 'none', name: text('clv.study.doses.unread'), color: 'plain' },
    ...groups.map((group) => ({
      ...rowOf(group, format, text),
      key: `${group.from}`,
      name: doseName(chosen, group.from, group.to, format, text),
    })),
  ];
  return (
    <>
      {measured.length > 1 && (
        <Segments
          label={text('clv.study.doses')}
          value={chosen}
          options={measured.map(([dose, name]) => [dose, text(name)])}
          onChange={choose}
        />
      )}
      {refused ? (
        <p>{text('clv.study.refused.readers', { has: refused.has, needed: refused.needed })}</p>
      ) : (
        <Rows
          label={text('clv.study.doses')}
          rows={rows}
          mark="dot"
          tick={(value) => (value === 0 ? '0' : format.share(value))}
          ticksOf={shareTicks}
        />
      )}
      <p>
        {trend
          ? text(trendWords(trend), {
              rho: format.coefficient(trend.rho),
              low: format.coefficient(trend.low),
              high: format.coefficient(trend.high),
              n: trend.n,
            })
          : text('clv.study.trend.none')}{' '}
        {text('clv.study.doses.what')}
      </p>
    </>
  );
}

function trendWords({ low, high }: { low: number | null; high: number | null }): MessageId {
  if (low !== null && low > 0) return 'clv.study.trend.up';
  return high !== null && high < 0 ? 'clv.study.trend.down' : 'clv.study.trend.flat';
}

function rowOf(
  { n, mean, low, high }: { n: number; mean: number | null; low: number | null; high: number | null },
  format: Formats,
  text: Text,
): Omit<Row, 'key' | 'name'> {
  return {
    note: text('clv.population.people', { n }),
    value: mean,
    low,
    high,
    figure: mean === null ? text('clv.item.none') : format.share(mean),
    interval:
      mean === null || low === null || high === null
        ? undefined
        : text('clv.interval', { low: format.share(low, mean), high: format.share(high, mean) }),
  };
}

/** "2 to 4 visits", "30 s", "75 %". */
function doseName(dose: Dose, from: number, to: number, format: Formats, text: Text): string {
  const write = (value: number) => (dose === 'depth' ? format.percent(value / 100) : format.integer(value));
  const range = from === to ? write(from) : text('clv.interval', { low: write(from), high: write(to) });
  if (dose === 'touches') return text('clv.dose.visits', { range, n: to });
  return dose === 'seconds' ? text('clv.dose.in-seconds', { range }) : range;
}

const Columns = styled.div`
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(36rem, 100%), 1fr));
  gap: 2.4rem 3.2rem;
  font-size: 1.3rem;
  line-height: 1.9rem;
  color: ${({ theme }) => theme.colors.neutral700};

  section {
    display: flex;
    flex-direction: column;
    gap: 0.8rem;
    min-width: 0;
  }

  fieldset {
    align-self: flex-start;
  }
`;

const Heading = styled.h4`
  padding-top: 0.4rem;
  font-size: 1.4rem;
  font-weight: 600;
  color: ${({ theme }) => theme.colors.neutral800};
`;
