import { scaleBand, scaleLinear } from '@visx/scale';
import { Bar } from '@visx/shape';
import { BottomAxis, LeftAxis, thinned } from './Axes';
import { Legend } from './Legend';
import { Plot } from './Plot';
import { type SeriesColor, usePalette } from './palette';

export interface ColumnBar {
  name: string;
  /** Above the line. */
  up: number;
  /** Below the line. */
  down?: number;
}

interface ColumnsProps {
  label: string;
  bars: ColumnBar[];
  /** What is above and what is below the line. */
  names?: [up: string, down: string];
  yTick: (value: number) => string;
  xTitle?: string;
  color?: SeriesColor;
  height?: number;
}

const ROOM_FOR_A_NAME = 56;

/** Columns side by side, with those of the second kind below the line. */
export function Columns({ label, bars, names, yTick, xTitle, color = 'first', height = 220 }: ColumnsProps) {
  const palette = usePalette();
  const margin = { top: 10, right: 14, bottom: xTitle ? 42 : 26, left: 44 };
  const [most, least] = [
    Math.max(...bars.map(({ up }) => up)),
    Math.max(...bars.map(({ down }) => down ?? 0)),
  ];
  const plot = (
    <Plot label={label} height={height} margin={margin}>
      {(inner) => {
        const x = scaleBand({ domain: bars.map(({ name }) => name), range: [0, inner.width], padding: 0.25 });
        const y = scaleLinear({ domain: [-least, most || 1], range: [inner.height, 0], nice: true });
        const ticks = y.ticks(5).filter(Number.isInteger);
        const middle = (name: string) => x(name)! + x.bandwidth() / 2;
        return (
          <>
            <LeftAxis
              ticks={ticks.map((tick) => ({ at: y(tick), label: yTick(Math.abs(tick)) }))}
              inner={inner}
            />
            <BottomAxis
              ticks={thinned(bars, inner.width / ROOM_FOR_A_NAME).map(({ name }) => ({
                at: middle(name),
                label: name,
              }))}
              inner={inner}
              title={xTitle}
            />
            {bars.map(({ name, up, down = 0 }) => (
              <g key={name}>
                <Bar
                  x={x(name)}
                  width={x.bandwidth()}
                  y={y(up)}
                  height={y(0) - y(up)}
                  fill={palette[color]}
                />
                {down > 0 && (
                  <Bar
                    x={x(name)! + 0.75}
                    width={Math.max(x.bandwidth() - 1.5, 1)}
                    y={y(0)}
                    height={y(-down) - y(0)}
                    fill={palette.ground}
                    stroke={palette.bad}
                    strokeWidth={1.5}
                  />
                )}
              </g>
            ))}
            <line x1={0} x2={inner.width} y1={y(0)} y2={y(0)} stroke={palette.axis} />
          </>
        );
      }}
    </Plot>
  );
  if (!names) return plot;
  return (
    <>
      <Legend
        entries={[
          { name: names[0], color, look: 'filled' },
          { name: names[1], color: 'bad', look: 'hollow' },
        ]}
      />
      {plot}
    </>
  );
}
