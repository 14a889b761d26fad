import { scaleLinear } from '@visx/scale';
import { LinePath } from '@visx/shape';
import { BottomAxis, LeftAxis } from './Axes';
import { Legend } from './Legend';
import { Plot } from './Plot';
import { DASHES, type SeriesColor, usePalette } from './palette';
import { spread } from './spread';

export interface Series {
  name: string;
  color: SeriesColor;
  points: { x: number; y: number | null }[];
  /** Dots on the line, where there are few points. */
  dots?: boolean;
}

export interface ReferenceLine {
  at: number;
  label: string;
}

interface LineChartProps {
  label: string;
  series: Series[];
  /** Ticks below: where they stand and what they are called. */
  xTicks: { x: number; label: string }[];
  xTitle?: string;
  yTick: (value: number) => string;
  /** From the lowest to the highest value that must be seen; from zero to the largest unless said. */
  yDomain?: [number, number];
  /** Width of the figures on the left, in pixels. */
  left?: number;
  /** Width of the names of the series on the right, in pixels. */
  right?: number;
  target?: ReferenceLine;
  /** Where something begins, such as the holdout. */
  since?: ReferenceLine;
  height?: number;
  /** Names above the lines rather than at their ends, where these meet. */
  legend?: boolean;
}

const LABEL_HEIGHT = 14;

/** Lines over numbers or time, each with its name at its end. */
export function LineChart(props: LineChartProps) {
  const { label, series, xTicks, xTitle, yTick, left = 44, right = 92, height = 240, legend = false } = props;
  const palette = usePalette();
  // One line needs no name but the title's.
  const named = series.length > 1 && !legend;
  const margin = { top: 18, right, bottom: xTitle ? 42 : 26, left };
  const xs = series.flatMap(({ points }) => points.map(({ x }) => x));
  const ys = series.flatMap(({ points }) => points.flatMap(({ y }) => (y === null ? [] : [y])));
  const domain = props.yDomain ?? [Math.min(0, ...ys), Math.max(...ys, props.target?.at ?? 0)];

  const plot = (
    <Plot label={label} height={height} margin={margin}>
      {(inner) => {
        const x = scaleLinear({ domain: [Math.min(...xs), Math.max(...xs)], range: [0, inner.width] });
        const y = scaleLinear({
          domain: domain[0] === domain[1] ? [0, 1] : domain,
          range: [inner.height, 0],
          nice: !props.yDomain,
        });
        const last = series.map(({ points }) => points.filter((point) => point.y !== null).at(-1));
        const places = spread(
          last.map((point) => (point ? y(point.y!) : 0)),
          LABEL_HEIGHT,
          inner.height,
        );
        return (
          <>
            <LeftAxis ticks={y.ticks(5).map((tick) => ({ at: y(tick), label: yTick(tick) }))} inner={inner} />
            <BottomAxis
              ticks={xTicks.map((tick) => ({ at: x(tick.x), label: tick.label }))}
              inner={inner}
              title={xTitle}
            />
            {props.since && (
              <>
                <line
                  x1={x(props.since.at)}
                  x2={x(props.since.at)}
                  y1={-6}
                  y2={inner.height}
                  stroke={palette.axis}
                  strokeDasharray="3 3"
                />
                <text x={x(props.since.at) + 5} y={2} fill={palette.words}>
                  {props.since.label}
                </text>
              </>
            )}
            {props.target && (
              <>
                <line
                  x1={0}
                  x2={inner.width}
                  y1={y(props.target.at)}
                  y2={y(props.target.at)}
                  stroke={palette.strong}
                  strokeDasharray="4 3"
                />
                <text x={4} y={y(props.target.at) - 5} fill={palette.strong}>
                  {props.target.label}
                </text>
              </>
            )}
            {series.map(({ name, color, points, dots }, index) => (
              <g key={name}>
                <LinePath
                  data={points}
                  defined={(point) => point.y !== null}
                  x={(point) => x(point.x)}
                  y={(point) => y(point.y!)}
                  stroke={palette[color]}
                  strokeWidth={2}
                  strokeDasharray={DASHES[index]}
                  strokeLinejoin="round"
                />
                {dots &&
                  points.map(
                    (point) =>
                      point.y !== null && (
                        <circle
                          key={point.x}
                          cx={x(point.x)}
                          cy={y(point.y)}
                          r={3}
                          fill={palette[color]}
                          stroke={palette.ground}
                          strokeWidth={1}
                        />
                      ),
                  )}
                {last[index] && named && (
                  <text x={x(last[index].x) + 8} y={places[index]} dy="0.32em" fill={palette.strong}>
                    {name}
                  </text>
                )}
              </g>
            ))}
          </>
        );
      }}
    </Plot>
  );
  if (!legend) return plot;
  return (
    <>
      <Legend entries={series.map(({ name, color }) => ({ name, color, look: 'line' }))} />
      {plot}
    </>
  );
}
