import { usePalette } from '../../components/charts/palette';
import { useFormats } from '../../format';
import { BAR, type PlacedNode } from './flow-layout';
import type { Names } from './names';

/** Width of a letter, and what the names of the last bars may take, in pixels. */
const LETTER = 6;
export const LAST_NAME = 128;

interface BarNameProps {
  node: PlacedNode;
  names: Names;
  room: number;
  isLast: boolean;
}

/** The name at the right of a bar; an outcome is named once, at the end. */
export function BarName({ node, names, room, isLast }: BarNameProps) {
  const palette = usePalette();
  const format = useFormats();
  const isOutcome = node.key === 'ordered' || node.key === 'reading' || node.key === 'left';
  if (isOutcome && !isLast) return null;
  const count = format.integer(node.persons);
  const width = isLast ? LAST_NAME : room;
  const isTall = node.height >= 30;
  const letters = Math.floor((width - 14) / LETTER) - (isTall ? 0 : count.length + 1);
  const name = names.key(node.key);
  const short = name.length > letters ? `${name.slice(0, Math.max(letters - 1, 1)).trimEnd()}…` : name;
  const x = node.x + BAR + 6;
  const y = node.y + node.height / 2;
  return (
    <text
      x={x}
      y={isTall ? y - 7 : y}
      dy="0.32em"
      fill={palette.strong}
      stroke={palette.ground}
      className="name"
      aria-hidden
    >
      <title>{name}</title>
      {short}
      <tspan fill={palette.words} {...(isTall ? { x, dy: '1.3em' } : { dx: '0.4em' })}>
        {count}
      </tspan>
    </text>
  );
}
