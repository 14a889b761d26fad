import { styled } from 'styled-components';
import { ChartFrame } from '../../components/charts/ChartFrame';
import { type Row, Rows } from '../../components/charts/Rows';
import { shareTicks } from '../../components/interval-scale';
import { useFormats } from '../../format';
import { useText } from '../../text';
import type { RankedProps } from './ItemView';

/** What becomes of the difference once like is compared with like, and once the typical piece is taken off. */
export function EffectsCard({ ranked: { item, detail, snapshot } }: RankedProps) {
  const text = useText();
  const format = useFormats();
  const { currency } = snapshot;
  const range = (low: string, high: string) => text('clv.interval', { low, high });
  const money = (
    key: 'plain' | 'adjusted',
    value: number | null,
    low: number | null,
    high: number | null,
  ): Row => ({
    key,
    name: text(key === 'plain' ? 'clv.step.plain' : 'clv.step.adjusted'),
    value,
    low,
    high,
    figure: value === null ? text('clv.item.none') : format.signedMoney(value, currency),
    interval:
      low === null || high === null
        ? undefined
        : range(format.money(low, currency, value ?? 0), format.money(high, currency, value ?? 0)),
    color: key === 'plain' ? 'plain' : 'first',
    striped: key === 'plain',
  });
  const { excess, excessLow, excessHigh } = item;
  const typical = detail?.typical ?? null;
  const shares: Row[] =
    excess === null || typical === null
      ? []
      : [
          {
            key: 'adjusted',
            name: text('clv.item.effect'),
            note: text('clv.item.effect.note'),
            value: excess + typical,
            figure: format.share(excess + typical),
          },
          {
            key: 'typical',
            name: text('clv.item.typical'),
            note: text('clv.item.typical.note'),
            value: typical,
            figure: format.share(typical),
            color: 'plain',
            striped: true,
          },
          {
            key: 'excess',
            name: text('clv.step.excess'),
            value: excess,
            low: excessLow,
            high: excessHigh,
            figure: format.share(excess),
            interval: range(format.share(excessLow, excess), format.share(excessHigh, excess)),
            color: 'first',
          },
        ];
  const left =
    item.difference && item.adjustedDifference !== null ? item.adjustedDifference / item.difference : null;
  return (
    <ChartFrame
      title={text('clv.item.effects')}
      summary={
        left !== null && left >= 0 && left <= 1
          ? text('clv.item.effects.left', { left: format.wholePercent(left) })
          : text('clv.item.effects.what')
      }
    >
      <Part>{text('clv.item.effects.money', { currency })}</Part>
      <Rows
        label={text('clv.item.effects.money', { currency })}
        rows={[
          money('plain', item.difference, item.differenceLow, item.differenceHigh),
          money('adjusted', item.adjustedDifference, item.adjustedDifferenceLow, item.adjustedDifferenceHigh),
        ]}
        mark="dot"
        tick={(value) => (value === 0 ? '0' : format.shortMoney(value, currency))}
      />
      {shares.length > 0 && (
        <>
          <Part>{text('clv.item.effects.share')}</Part>
          <Rows
            label={text('clv.item.effects.share')}
            rows={shares}
            mark="dot"
            tick={(value) => (value === 0 ? '0' : format.share(value))}
            ticksOf={shareTicks}
          />
        </>
      )}
    </ChartFrame>
  );
}

const Part = styled.h4`
  padding-top: 0.8rem;
  font-size: 1.2rem;
  line-height: 1.6rem;
  font-weight: 600;
  color: ${({ theme }) => theme.colors.neutral600};
`;
