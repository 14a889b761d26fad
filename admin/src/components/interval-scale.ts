/** One axis for many intervals, so that bars can be compared with each other and with zero. */
export interface Scale {
  min: number;
  max: number;
  ticks: number[];
}

export interface Interval {
  difference: number | null;
  differenceLow: number | null;
  differenceHigh: number | null;
}

const MARGIN = 0.04;

/** A step of 1, 2 or 5 times a power of ten that divides `span` into about `parts`. */
function niceStep(span: number, parts: number): number {
  const rough = span / parts;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((multiple) => rough <= multiple * power) ?? 10;
  return factor * power;
}

/**
 * The axis that shows every difference and zero. An interval may run off it: one item with a handful of readers
 * must not press all the others into a line.
 */
export function commonScale(intervals: Interval[]): Scale {
  const points = intervals.flatMap(({ difference }) => (difference === null ? [] : [difference]));
  const ends = intervals.flatMap(({ differenceLow, differenceHigh }) =>
    differenceLow === null || differenceHigh === null ? [] : [differenceLow, differenceHigh],
  );
  const reach = 2 * Math.max(...points.map(Math.abs), 0);
  let min = Math.max(Math.min(...points, ...ends, 0), -reach);
  let max = Math.min(Math.max(...points, ...ends, 0), reach);
  if (min === max) {
    min = -1;
    max = 1;
  }
  const margin = (max - min) * MARGIN;
  min -= margin;
  max += margin;
  const step = niceStep(max - min, 4);
  const ticks: number[] = [];
  for (let tick = Math.ceil(min / step); tick <= Math.floor(max / step); tick += 1) ticks.push(tick * step);
  return { min, max, ticks };
}

/** Where a value stands on the axis: 0 at its start, 1 at its end; values beyond stop at the edge. */
export function place(scale: Scale, value: number): number {
  return Math.min(Math.max((value - scale.min) / (scale.max - scale.min), 0), 1);
}
