import { scaleLinear } from '@visx/scale';
import { BottomAxis, LeftAxis, type Tick } from './Axes';
import { Legend } from './Legend';
import { Plot } from './Plot';
import { usePalette } from './palette';

export interface HistogramBin {
  /** Share of the first group, and of the second. */
  first: number;
  second: number;
}

interface HistogramsProps {
  label: string;
  names: [first: string, second: string];
  /** Bins that stand apart on the left, such as those who are worth nothing. */
  apart: (HistogramBin & { name: string })[];
  bins: HistogramBin[];
  /** Places on the axis that have a name, in bins from the start of the first. */
  ends: { end: number; label: string }[];
  yTick: (value: number) => string;
  xTitle: string;
}

/** Widths in bins: of one that stands apart, and of the gap after it. */
const APART = 2.6;
const GAP = 0.8;

/** Two groups in the same bins: the first as filled bars, the second as an outline over them. */
export function Histograms({ label, names, apart, bins, ends, yTick, xTitle }: HistogramsProps) {
  const palette = usePalette();
  const margin = { top: 10, right: 14, bottom: 42, left: 48 };
  const most = Math.max(...[...apart, ...bins].flatMap(({ first, second }) => [first, second]), 0.01);
  const from = apart.length * (APART + GAP);
  return (
    <>
      <Legend
        entries={[
          { name: names[0], color: 'first', look: 'filled' },
          { name: names[1], color: 'second', look: 'hollow' },
        ]}
      />
      <Plot label={label} height={230} margin={margin}>
        {(inner) => {
          const x = scaleLinear({ domain: [0, from + bins.length], range: [0, inner.width] });
          const y = scaleLinear({ domain: [0, most], range: [inner.height, 0], nice: true });
          const places = [
            ...apart.map((bin, k) => ({ ...bin, at: k * (APART + GAP), width: APART })),
            ...bins.map((bin, k) => ({ ...bin, at: from + k, width: 1 })),
          ];
          const ticks: Tick[] = [
            ...apart.map(({ name }, k) => ({ at: x(k * (APART + GAP) + APART / 2), label: name })),
            ...ends.map(({ end, label: name }) => ({ at: x(from + end), label: name })),
          ];
          return (
            <>
              <LeftAxis
                ticks={y.ticks(4).map((tick) => ({ at: y(tick), label: yTick(tick) }))}
                inner={inner}
              />
              <BottomAxis ticks={ticks} inner={inner} title={xTitle} />
              {places.map(({ at, width, first, second }) => (
                <g key={at}>
                  <rect
                    x={x(at) + 0.5}
                    width={Math.max(x(width) - 1, 1)}
                    y={y(first)}
                    height={inner.height - y(first)}
                    fill={palette.first}
                    opacity={0.75}
                  />
                  <rect
                    x={x(at) + 1}
                    width={Math.max(x(width) - 2, 1)}
                    y={y(second)}
                    height={inner.height - y(second)}
                    fill="none"
                    stroke={palette.second}
                    strokeWidth={1.5}
                  />
                </g>
              ))}
            </>
          );
        }}
      </Plot>
    </>
  );
}
