import { scaleLinear, scaleLog } from '@visx/scale';
import { styled } from 'styled-components';
import { apart } from '../interval-scale';
import { type SeriesColor, usePalette } from './palette';

export interface Row {
  key: string;
  name: string;
  /** A second, quieter line below the name. */
  note?: string;
  value: number | null;
  low?: number | null;
  high?: number | null;
  /** The figure in words; what is said instead where there is none. */
  figure: string;
  /** Its interval in words. */
  interval?: string;
  color?: SeriesColor;
  /** Drawn with stripes: told apart without colour. */
  striped?: boolean;
}

interface RowsProps {
  label: string;
  rows: Row[];
  /** A bar from the reference to the value, or a dot at the value. */
  mark: 'bar' | 'dot';
  /** What every row is held against; zero unless said. */
  reference?: number;
  /** A line across all rows, such as 3 for CLV:CAC. */
  target?: { at: number; label: string };
  /** Multiples: as far from 1 up as down. */
  log?: boolean;
  tick?: (value: number) => string;
  /** Round figures between two ends, where those of the scale are not round to read. */
  ticksOf?: (from: number, to: number) => number[];
}

/** What the name of a tick takes of the axis. */
const NAMES_APART = 0.14;
const HEIGHT = 30;
const MIDDLE = HEIGHT / 2;
const LINE = { y1: -40, y2: HEIGHT + 40 };

/** Named figures under each other on one scale, as bars or dots with their intervals. */
export function Rows({ label, rows, mark, reference = 0, target, log = false, tick, ticksOf }: RowsProps) {
  const palette = usePalette();
  const domain = rangeOf(rows, reference, target?.at, log);
  const scale = log
    ? scaleLog({ domain, range: [0, 100] })
    : scaleLinear({ domain, range: [0, 100], nice: mark === 'bar' });
  const [first, last] = scale.domain() as [number, number];
  const at = (value: number) => `${scale(Math.min(Math.max(value, first), last))}%`;
  const ticks = !tick ? [] : log ? multiples(first, last) : (ticksOf?.(first, last) ?? scale.ticks(4));

  return (
    <List aria-label={label}>
      {(target || ticks.length > 0) && (
        <Head aria-hidden>
          <div>
            {target ? (
              <span style={{ left: at(target.at) }}>{target.label}</span>
            ) : (
              apart(ticks, (value) => Number.parseFloat(at(value)) / 100, NAMES_APART).map((value) => (
                <span key={value} style={{ left: at(value) }}>
                  {tick!(value)}
                </span>
              ))
            )}
          </div>
        </Head>
      )}
      {rows.map(({ key, name, note, value, low, high, figure, interval, color = 'first', striped }) => (
        <Item key={key}>
          <Name title={name}>
            <span dir="auto">{name}</span>
            {note && <small>{note}</small>}
          </Name>
          <svg aria-hidden="true" width="100%" height={HEIGHT}>
            {ticks.map((one) => (
              <line key={one} x1={at(one)} x2={at(one)} {...LINE} stroke={palette.grid} />
            ))}
            <line x1={at(reference)} x2={at(reference)} {...LINE} stroke={palette.axis} />
            {target && (
              <line
                x1={at(target.at)}
                x2={at(target.at)}
                {...LINE}
                stroke={palette.strong}
                strokeDasharray="4 3"
              />
            )}
            {value !== null && mark === 'bar' && (
              <BarMark from={at(reference)} to={at(value)} color={palette[color]} striped={striped} />
            )}
            {low != null && high != null && (
              <line
                x1={at(low)}
                x2={at(high)}
                y1={MIDDLE}
                y2={MIDDLE}
                stroke={mark === 'bar' ? palette.strong : palette[color]}
                strokeWidth={mark === 'bar' ? 1.5 : 4}
                opacity={mark === 'bar' ? 1 : 0.45}
              />
            )}
            {low != null && high != null && mark === 'bar' && (
              <>
                <Cap x={at(low)} color={palette.strong} />
                <Cap x={at(high)} color={palette.strong} />
              </>
            )}
            {value !== null && mark === 'dot' && (
              <circle
                cx={at(value)}
                cy={MIDDLE}
                r={5}
                fill={striped ? palette.ground : palette[color]}
                stroke={striped ? palette[color] : palette.ground}
                strokeWidth={striped ? 2 : 1.5}
              />
            )}
          </svg>
          <Value $missing={value === null}>
            {figure}
            {interval && <small>{interval}</small>}
          </Value>
        </Item>
      ))}
    </List>
  );
}

const FINE = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2];
const COARSE = [0.01, 0.1, 0.25, 0.5, 1, 2, 4, 10, 100];

/** Multiples that people know, as far as they are seen. */
const multiples = (from: number, to: number) =>
  (to > 2.5 ? COARSE : FINE).filter((value) => value >= from && value <= to);

/** The narrowest interval, which is always seen whole; with one row that is its own. */
function clearest(rows: Row[]): number[] {
  const intervals = rows.flatMap(({ low, high }) => (low == null || high == null ? [] : [[low, high]]));
  intervals.sort(([a, b], [c, d]) => b! - a! - (d! - c!));
  return intervals[0] ?? [];
}

/** From the lowest to the highest that must be seen. An interval may run off: a small group must not press all others together. */
function rangeOf(rows: Row[], reference: number, target: number | undefined, log: boolean): [number, number] {
  const values = rows.flatMap(({ value }) => (value === null ? [] : [value]));
  const ends = rows.flatMap(({ low, high }) => (low == null || high == null ? [] : [low, high]));
  if (log) {
    const far = Math.max(1.05, ...[...values, ...ends].filter((v) => v > 0).map((v) => (v < 1 ? 1 / v : v)));
    const near = Math.min(far, Math.max(1.05, ...values.map((v) => (v < 1 ? 1 / v : v))) ** 2);
    return [1 / near, near];
  }
  const points = [...values, reference, target ?? reference, ...clearest(rows)];
  const [low, high] = [Math.min(...points), Math.max(...points)];
  const reach = (high - low) * 0.6;
  const from = Math.max(Math.min(low, ...ends), low - reach);
  const to = Math.min(Math.max(high, ...ends), high + reach);
  const edge = (to - from) * 0.04 || 1;
  return [from < reference ? from - edge : from, to > reference ? to + edge : to];
}

function BarMark({
  from,
  to,
  color,
  striped,
}: {
  from: string;
  to: string;
  color: string;
  striped?: boolean;
}) {
  const [a, b] = [Number.parseFloat(from), Number.parseFloat(to)];
  const place = { x: `${Math.min(a, b)}%`, width: `${Math.abs(b - a)}%`, y: 7, height: HEIGHT - 14 };
  const id = `stripes-${color.replace(/\W/g, '')}`;
  return (
    <>
      {striped && (
        <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="6" height="6" fill={color} opacity="0.25" />
          <rect width="3" height="6" fill={color} />
        </pattern>
      )}
      <rect {...place} rx={2} fill={striped ? `url(#${id})` : color} />
    </>
  );
}

const Cap = ({ x, color }: { x: string; color: string }) => (
  <line x1={x} x2={x} y1={MIDDLE - 4} y2={MIDDLE + 4} stroke={color} strokeWidth={1.5} />
);

const NAME = 'minmax(7rem, 16rem)';
const FIGURE = 'minmax(8rem, 12rem)';
/** Names and figures above their bars. */
const NARROW = '@media (max-width: 600px)';

const List = styled.ul`
  margin: 0;
  padding: 0;
  list-style: none;
  font-size: 1.3rem;
  line-height: 1.6rem;
  color: ${({ theme }) => theme.colors.neutral800};
  font-variant-numeric: tabular-nums;

  small {
    display: block;
    font-size: 1.1rem;
    line-height: 1.4rem;
    color: ${({ theme }) => theme.colors.neutral600};
  }
`;

const Item = styled.li`
  display: grid;
  grid-template-columns: ${NAME} minmax(6rem, 1fr) ${FIGURE};
  gap: 1.2rem;
  align-items: center;
  min-height: 3.8rem;
  padding: 0.2rem 0;

  svg {
    display: block;
    overflow: visible;
    /* The lines of all rows join; arrows and dots at the sides have room. */
    clip-path: inset(-0.9rem -0.8rem);
  }

  ${NARROW} {
    grid-template-columns: minmax(0, 1fr) auto;
    padding-bottom: 0.8rem;

    svg {
      grid-row: 2;
      grid-column: 1 / -1;
      clip-path: inset(0 -0.8rem);
    }
  }
`;

const Head = styled.li`
  display: grid;
  grid-template-columns: ${NAME} minmax(6rem, 1fr) ${FIGURE};
  gap: 1.2rem;
  height: 1.8rem;

  div {
    position: relative;
    grid-column: 2;
  }

  ${NARROW} {
    grid-template-columns: 1fr;

    div {
      grid-column: 1;
    }
  }

  span {
    position: absolute;
    transform: translateX(-50%);
    white-space: nowrap;
    font-size: 1.1rem;
    line-height: 1.4rem;
    color: ${({ theme }) => theme.colors.neutral600};
  }
`;

const Name = styled.div`
  min-width: 0;
  overflow: hidden;

  span,
  small {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
`;

const Value = styled.div<{ $missing: boolean }>`
  text-align: end;
  font-weight: ${({ $missing }) => ($missing ? 400 : 600)};
  font-size: ${({ $missing }) => ($missing ? '1.2rem' : 'inherit')};
  color: ${({ theme, $missing }) => ($missing ? theme.colors.neutral600 : theme.colors.neutral800)};

  small {
    font-weight: 400;
  }
`;
