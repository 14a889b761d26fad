import type { Inner } from './Plot';
import { usePalette } from './palette';

export interface Tick {
  /** Pixels from the left or the top of the plot. */
  at: number;
  label: string;
}

/** Horizontal grid lines with their figures on the left. */
export function LeftAxis({ ticks, inner }: { ticks: Tick[]; inner: Inner }) {
  const palette = usePalette();
  return (
    <g aria-hidden>
      {ticks.map(({ at, label }) => (
        <g key={at}>
          <line x1={0} x2={inner.width} y1={at} y2={at} stroke={palette.grid} />
          <text x={-8} y={at} dy="0.32em" textAnchor="end" fill={palette.words}>
            {label}
          </text>
        </g>
      ))}
    </g>
  );
}

/** Width of a letter, and what a label may stand out at either side, in pixels. */
const LETTER = 6.2;
const ROOM = 8;
/** The least between two labels. */
const GAP = 6;

/** Figures below the plot; the outermost ones stay within it. `title` says what they count. */
export function BottomAxis({ ticks, inner, title }: { ticks: Tick[]; inner: Inner; title?: string }) {
  const palette = usePalette();
  const labels = apart(ticks.map((tick) => placed(tick, inner.width)));
  return (
    <g aria-hidden>
      <line x1={0} x2={inner.width} y1={inner.height} y2={inner.height} stroke={palette.axis} />
      {labels.map((tick) => (
        <text key={tick.at} x={tick.at} y={inner.height + 17} textAnchor={tick.anchor} fill={palette.words}>
          {tick.label}
        </text>
      ))}
      {title && (
        <text x={inner.width / 2} y={inner.height + 34} textAnchor="middle" fill={palette.words}>
          {title}
        </text>
      )}
    </g>
  );
}

interface Placed extends Tick {
  anchor: 'start' | 'middle' | 'end';
  from: number;
  to: number;
}

/** Where the label of a tick lies, so that it stays within the plot. */
function placed(tick: Tick, width: number): Placed {
  const length = tick.label.length * LETTER;
  if (tick.at < length / 2 - ROOM) return { ...tick, anchor: 'start', from: tick.at, to: tick.at + length };
  if (tick.at > width - length / 2 + ROOM)
    return { ...tick, anchor: 'end', from: tick.at - length, to: tick.at };
  return { ...tick, anchor: 'middle', from: tick.at - length / 2, to: tick.at + length / 2 };
}

/** Those that do not cover each other, the last one first of all. */
function apart(labels: Placed[]): Placed[] {
  const kept: Placed[] = [];
  let end = Number.POSITIVE_INFINITY;
  for (const label of [...labels].sort((a, b) => b.at - a.at)) {
    if (label.to + GAP > end) continue;
    kept.unshift(label);
    end = label.from;
  }
  return kept;
}

/** At most `most` of evenly spaced things, the last always among them. */
export function thinned<T>(all: T[], most: number): T[] {
  const step = Math.max(1, Math.ceil(all.length / Math.max(most, 1)));
  return all.filter((_, index) => (all.length - 1 - index) % step === 0);
}
