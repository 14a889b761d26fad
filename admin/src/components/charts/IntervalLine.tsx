import { scaleLinear } from '@visx/scale';
import { LinePath } from '@visx/shape';
import { BottomAxis, LeftAxis, thinned } from './Axes';
import { Plot } from './Plot';
import { usePalette } from './palette';

export interface IntervalPoint {
  key: string;
  name: string;
  value: number | null;
  low: number | null;
  high: number | null;
}

interface IntervalLineProps {
  label: string;
  points: IntervalPoint[];
  ticksOf: (min: number, max: number) => number[];
  yTick: (value: number) => string;
}

const ROOM_FOR_A_NAME = 64;

/** The course of a figure, each point with its interval, against zero. */
export function IntervalLine({ label, points, ticksOf, yTick }: IntervalLineProps) {
  const palette = usePalette();
  const margin = { top: 12, right: 24, bottom: 26, left: 56 };
  const all = points.flatMap(({ value, low, high }) =>
    [value, low, high].flatMap((one) => (one === null ? [] : [one])),
  );
  const [least, most] = [Math.min(0, ...all), Math.max(0, ...all)];
  const edge = (most - least) * 0.08 || 0.1;
  const domain: [number, number] = [least - edge, most + edge];
  return (
    <Plot label={label} height={220} margin={margin}>
      {(inner) => {
        const x = scaleLinear({ domain: [0, Math.max(points.length - 1, 1)], range: [10, inner.width - 10] });
        const y = scaleLinear({ domain, range: [inner.height, 0] });
        const named = thinned(
          points.map(({ name }, k) => ({ at: x(k), label: name })),
          inner.width / ROOM_FOR_A_NAME,
        );
        return (
          <>
            <LeftAxis
              ticks={ticksOf(...domain).map((tick) => ({ at: y(tick), label: yTick(tick) }))}
              inner={inner}
            />
            <BottomAxis ticks={named} inner={inner} />
            <line x1={0} x2={inner.width} y1={y(0)} y2={y(0)} stroke={palette.axis} />
            {points.map(({ key, low, high }, k) =>
              low === null || high === null ? null : (
                <line
                  key={key}
                  x1={x(k)}
                  x2={x(k)}
                  y1={y(low)}
                  y2={y(high)}
                  stroke={palette.first}
                  strokeWidth={4}
                  opacity={0.35}
                />
              ),
            )}
            <LinePath
              data={points.map((point, k) => ({ ...point, k }))}
              defined={({ value }) => value !== null}
              x={({ k }) => x(k)}
              y={({ value }) => y(value!)}
              stroke={palette.first}
              strokeWidth={1.5}
            />
            {points.map(({ key, value }, k) =>
              value === null ? null : (
                <circle
                  key={key}
                  cx={x(k)}
                  cy={y(value)}
                  r={4}
                  fill={palette.first}
                  stroke={palette.ground}
                />
              ),
            )}
          </>
        );
      }}
    </Plot>
  );
}
