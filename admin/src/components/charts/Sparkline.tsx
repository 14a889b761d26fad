import { scaleLinear } from '@visx/scale';
import { LinePath } from '@visx/shape';
import { usePalette } from './palette';

const WIDTH = 96;
const HEIGHT = 28;
const EDGE = 3;

/** The course of a figure in little, its last point marked. Decoration: whoever shows it says it in words. */
export function Sparkline({ values }: { values: (number | null)[] }) {
  const palette = usePalette();
  const known = values.flatMap((value) => (value === null ? [] : [value]));
  if (known.length < 2) return null;
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const x = scaleLinear({ domain: [0, values.length - 1], range: [EDGE, WIDTH - EDGE] });
  const y = scaleLinear({
    domain: low === high ? [low - 1, high + 1] : [low, high],
    range: [HEIGHT - EDGE, EDGE],
  });
  const points = values.map((value, index) => ({ value, index }));
  const last = points.filter(({ value }) => value !== null).at(-1)!;
  return (
    <svg width={WIDTH} height={HEIGHT} aria-hidden="true">
      <LinePath
        data={points}
        defined={({ value }) => value !== null}
        x={({ index }) => x(index)}
        y={({ value }) => y(value!)}
        stroke={palette.plain}
        strokeWidth={1.5}
      />
      <circle cx={x(last.index)} cy={y(last.value!)} r={2.5} fill={palette.first} />
    </svg>
  );
}
