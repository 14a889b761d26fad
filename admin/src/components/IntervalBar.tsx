import { Flex, Typography } from '@strapi/design-system';
import { styled, useTheme } from 'styled-components';
import type { RankedItem } from '../../../server/src/ranking/api-types';
import { useFormats } from '../format';
import { useText } from '../text';
import { place, reach, type Scale } from './interval-scale';
import { LOOK } from './verdict-look';

const HEIGHT = 28;
const MIDDLE = HEIGHT / 2;
/** Longer than the bar is high: in a table the lines of all rows join into one. */
const LINE = { y1: -100, y2: HEIGHT + 100 };
const percent = (share: number) => `${share * 100}%`;

export type BarItem = Pick<RankedItem, 'difference' | 'differenceLow' | 'differenceHigh' | 'verdict'>;

interface BarProps {
  item: BarItem;
  scale: Scale;
  currency: string;
}

/** Says in words what the bar shows. */
function useDescription({ item, scale, currency }: BarProps): string {
  const text = useText();
  const format = useFormats();
  const { difference, differenceLow: low, differenceHigh: high } = item;
  if (difference === null) return text('clv.bar.none');
  const beside = reach(scale);
  const values = { difference: format.signedMoney(difference, currency, beside) };
  if (low === null || high === null) return text('clv.bar.point', values);
  const where = low > 0 ? 'clv.bar.above' : high < 0 ? 'clv.bar.below' : 'clv.bar.across';
  return text(where, {
    ...values,
    low: format.signedMoney(low, currency, beside),
    high: format.signedMoney(high, currency, beside),
  });
}

/** A difference (dot) with its 95 % interval (bar) on the common scale; an arrow where the interval runs off it. */
export function IntervalBar(props: BarProps) {
  const { item, scale } = props;
  const { colors } = useTheme();
  const description = useDescription(props);
  const color = colors[`${LOOK[item.verdict].tone}600`];
  const { difference, differenceLow: low, differenceHigh: high } = item;
  const at = (value: number) => percent(place(scale, value));

  return (
    <Svg role="img" aria-label={description} width="100%" height={HEIGHT}>
      {scale.ticks.map((tick) => (
        <line key={tick} x1={at(tick)} x2={at(tick)} {...LINE} stroke={colors.neutral150} />
      ))}
      <line x1={at(0)} x2={at(0)} {...LINE} stroke={colors.neutral400} />
      {low !== null && high !== null && (
        <>
          <line
            x1={at(low)}
            x2={at(high)}
            y1={MIDDLE}
            y2={MIDDLE}
            stroke={color}
            strokeWidth={4}
            opacity={0.45}
          />
          {low < scale.min && <Arrow x="0" direction={-1} color={color} />}
          {high > scale.max && <Arrow x="100%" direction={1} color={color} />}
        </>
      )}
      {difference !== null && (
        <circle
          cx={at(difference)}
          cy={MIDDLE}
          r={5}
          fill={color}
          stroke={colors.neutral0}
          strokeWidth={1.5}
        />
      )}
    </Svg>
  );
}

const Svg = styled.svg`
  display: block;
  overflow: visible;
  /* Leaves room for arrows and dots at the sides. A table that joins the lines of its rows lifts it. */
  clip-path: inset(0 -0.8rem);
`;

function Arrow({ x, direction, color }: { x: string; direction: 1 | -1; color: string }) {
  return (
    <svg x={x} y={MIDDLE} overflow="visible" aria-hidden="true">
      <path d={`M 0 -5 L ${6 * direction} 0 L 0 5 Z`} fill={color} />
    </svg>
  );
}

/** Room for the figures beside a bar, and for the gap between. */
export const LABEL_WIDTH = '13.6rem';

/** The bar with its amount and interval in figures beside it. */
export function LabelledInterval({ item, scale, currency }: BarProps) {
  const text = useText();
  const format = useFormats();
  const { difference, differenceLow: low, differenceHigh: high } = item;
  if (difference === null) return null;
  const beside = reach(scale);
  return (
    <Labelled>
      <IntervalBar item={item} scale={scale} currency={currency} />
      {/* The bar's description says the same. */}
      <Flex direction="column" alignItems="flex-end" aria-hidden>
        <Typography fontWeight="bold" textColor="neutral800">
          {format.signedMoney(difference, currency, beside)}
        </Typography>
        {low !== null && high !== null && (
          <Typography variant="pi" textColor="neutral600">
            {text('clv.interval', {
              low: format.money(low, currency, beside),
              high: format.money(high, currency, beside),
            })}
          </Typography>
        )}
      </Flex>
    </Labelled>
  );
}

const Labelled = styled.div`
  display: grid;
  grid-template-columns: minmax(9rem, 1fr) ${LABEL_WIDTH};
  align-items: center;
`;

interface AxisProps {
  scale: Scale;
  currency: string;
  /** Names at most every other of many ticks, where there is little room. */
  sparse?: boolean;
}

/** The axis above a column of bars. Decoration: every bar says its own figures. */
export function Axis({ scale, currency, sparse = false }: AxisProps) {
  const format = useFormats();
  const zero = scale.ticks.indexOf(0);
  const named = scale.ticks.filter(
    (_, index, { length }) => !sparse || length < 4 || (index - zero) % 2 === 0,
  );
  return (
    <AxisBox aria-hidden>
      {named.map((tick) => (
        <Tick key={tick} style={{ left: percent(place(scale, tick)) }}>
          {tick === 0 ? '0' : format.shortMoney(tick, currency)}
        </Tick>
      ))}
    </AxisBox>
  );
}

const AxisBox = styled.div`
  position: relative;
  height: 1.4rem;
`;
const Tick = styled.span`
  position: absolute;
  transform: translateX(-50%);
  white-space: nowrap;
  font-size: 1.1rem;
  line-height: 1.4rem;
  font-weight: 400;
  color: ${({ theme }) => theme.colors.neutral600};
`;
