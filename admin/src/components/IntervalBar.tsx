import { Flex, Typography } from '@strapi/design-system';
import { styled, useTheme } from 'styled-components';
import type { Verdict } from '../../../server/src/ranking/api-types';
import type { Measure } from '../measure';
import { useText } from '../text';
import { apart, type Interval, place, reach, type Scale } from './interval-scale';
import { LOOK } from './verdict-look';

const HEIGHT = 28;
const MIDDLE = HEIGHT / 2;
/** Longer than the bar is high: in a table the lines of all rows join into one. */
const LINE = { y1: -100, y2: HEIGHT + 100 };
const percent = (share: number) => `${share * 100}%`;

export interface BarProps {
  interval: Interval;
  verdict: Verdict;
  scale: Scale;
  measure: Measure;
}

/** Says in words what the bar shows. */
function useDescription({ interval: { value, low, high }, scale, measure }: BarProps): string {
  const text = useText();
  if (value === null) return text('clv.bar.none');
  const beside = reach(scale);
  const what = text(measure.name);
  const figure = measure.write(value, beside);
  if (low === null || high === null) return text('clv.bar.point', { what, figure });
  const where = low > 0 ? 'clv.bar.above' : high < 0 ? 'clv.bar.below' : 'clv.bar.across';
  return text(where, { what, figure, low: measure.write(low, beside), high: measure.write(high, beside) });
}

/** A figure (dot) with its 95 % interval (bar) on the common scale; an arrow where the interval runs off it. */
export function IntervalBar(props: BarProps) {
  const { interval, verdict, scale } = props;
  const { colors } = useTheme();
  const description = useDescription(props);
  const color = colors[`${LOOK[verdict].tone}600`];
  const { value, low, high } = interval;
  const at = (figure: number) => percent(place(scale, figure));

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
      {value !== null && (
        <circle cx={at(value)} cy={MIDDLE} r={5} fill={color} stroke={colors.neutral0} strokeWidth={1.5} />
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

/** The bar with its figure and interval in words beside it. */
export function LabelledInterval(props: BarProps) {
  const text = useText();
  const { interval, scale, measure } = props;
  const { value, low, high } = interval;
  if (value === null) return null;
  const beside = reach(scale);
  return (
    <Labelled>
      <IntervalBar {...props} />
      {/* The bar's description says the same. */}
      <Flex direction="column" alignItems="flex-end" aria-hidden>
        <Typography fontWeight="bold" textColor="neutral800">
          {measure.write(value, beside)}
        </Typography>
        {low !== null && high !== null && (
          <Typography variant="pi" textColor="neutral600">
            {text('clv.interval', { low: measure.end(low, beside), high: measure.end(high, beside) })}
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
  measure: Measure;
  /** There is little room for names. */
  sparse?: boolean;
}

/** What the name of a tick takes of the axis' length, with the gap to the next. */
const NAME = 0.17;
const NAME_WHERE_SPARSE = 0.28;

/** The axis above a column of bars. Decoration: every bar says its own figures. */
export function Axis({ scale, measure, sparse = false }: AxisProps) {
  return (
    <AxisBox aria-hidden>
      {apart(scale.ticks, (tick) => place(scale, tick), sparse ? NAME_WHERE_SPARSE : NAME).map((tick) => (
        <Tick key={tick} style={{ left: percent(place(scale, tick)) }}>
          {measure.tick(tick)}
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
